"""The releases of the Open Contracting Data Standard, in the order of the log."""

import dataclasses
import itertools
from collections.abc import Collection, Iterator, Sequence

from market.agencies import queries as agencies
from market.agencies.queries import AgencyCard
from market.agencies.rules import Type
from market.catalogue import queries as catalogue
from market.db import Work
from market.kernel.ids import Prefix
from market.kernel.plain import Json
from market.ledger.queries import Entry, along
from market.opendata.queries.portions import AT_ONCE
from market.opendata.rules import ocds
from market.opendata.rules.ocds import OF_TYPES, Bid, Fact, Facts, Party
from market.owners import queries as owners
from market.owners.queries import OwnerCard
from market.selection.results import queries as result_queries

ANNOUNCED = ("result.published",)
OFFERED = ("award.offered", "award.issued")
"""Entries that name the rank of an award."""


@dataclasses.dataclass(frozen=True)
class Releases:
    """Some releases, and from which entry on the next come; None: there are none yet."""

    rows: list[Json]
    next: int | None


def releases(
    work: Work, prefix: str | None, first: int, end: int, limit: int = AT_ONCE
) -> Releases:
    """The releases of entries `first` <= index < `end`, or of the first `limit` of them."""
    entries = along.of_types(work, tuple(OF_TYPES), first, end, limit)
    following = entries[-1].index + 1 if len(entries) == limit else None
    return Releases(_made(work, prefix, entries), following)


def every_release(work: Work, prefix: str | None, end: int) -> Iterator[Json]:
    """All releases up to a size of the log."""
    first: int | None = 0
    while first is not None:
        some = releases(work, prefix, first, end)
        yield from some.rows
        first = some.next


def record(work: Work, prefix: str | None, process: str) -> Json | None:
    """A contracting process with all its releases; None where there is none of this number."""
    number = process.removeprefix(f"{prefix or ocds.UNREGISTERED}-")
    if process == number or not number.startswith(f"{Prefix.NOTICE}-"):
        return None
    found = _made(work, prefix, along.about(work, [number], tuple(OF_TYPES)))
    return {"ocid": process, "releases": found} if found else None


def _made(work: Work, prefix: str | None, entries: Sequence[Entry]) -> list[Json]:
    numbers = {entry.subject for entry in entries}
    facts = _facts(work, numbers)
    awards = along.about(work, numbers, (*ANNOUNCED, *OFFERED))
    made = []
    for entry in entries:
        if entry.subject not in facts:
            continue
        fact = Fact(entry.index, entry.type, entry.at, _said(entry, awards))
        one = ocds.release(prefix, fact, facts[entry.subject])
        if one is not None:
            made.append(one)
    return made


def _said(entry: Entry, awards: Sequence[Entry]) -> Json:
    """An entry's fields, with the rank of the award that it speaks of: that of its winner, else the
    last one before it.
    """
    said = entry.fields
    wanted = OFFERED if entry.type == "award.declined" else ANNOUNCED
    for award in reversed(awards):
        is_before = award.index < entry.index
        is_meant = said["winner"] == award.fields["winner"] if "winner" in said else is_before
        if award.subject == entry.subject and is_before and is_meant and award.type in wanted:
            return {"rank": award.fields["rank"], **said}
    return {"rank": 1, **said}


def _facts(work: Work, numbers: Collection[str]) -> dict[str, Facts]:
    notices = result_queries.public_notices(work, numbers)
    buyers = owners.public_buyers(work, {each.owner_id for each in notices.values()})
    items = catalogue.by_code(work)
    entrants = result_queries.public_entrants(work, numbers)
    known = agencies.by_refs(work, {each.ref for each in entrants})
    parties = {ref: _agency(card) for ref, card in known.items()}
    opened = {
        number: list(each) for number, each in itertools.groupby(entrants, lambda e: e.notice)
    }
    return {
        number: Facts(
            number=number,
            title=each.title,
            predecessor=each.predecessor,
            buyer=_buyer(buyers.get(each.owner_id)),
            item_name=items[each.item_code].name,
            bids=[_bid(entrant, parties) for entrant in opened.get(number, [])],
            agencies=parties,
        )
        for number, each in notices.items()
    }


def _buyer(card: OwnerCard | None) -> Party | None:
    return Party(card.number, card.name, card.uscc) if card else None


def _agency(card: AgencyCard) -> Party:
    code = None if card.type is Type.INDIVIDUAL else card.uscc
    return Party(card.ref or "", card.name, code)


def _bid(entrant: result_queries.PublicEntrant, parties: dict[str, Party]) -> Bid:
    return Bid(
        number=entrant.receipt,
        agency=parties[entrant.ref],
        is_listed=entrant.reason is None,
        amount_fen=entrant.quote_fen,
        at=entrant.received_at,
    )
