"""The releases of the Open Contracting Data Standard, in the order of the log."""

import dataclasses
import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence

from market.accounts import queries as accounts
from market.accounts.rules import organisation_ref
from market.agencies import queries as agencies
from market.agencies.queries import AgencyCard
from market.agencies.rules import Type
from market.catalogue import queries as catalogue
from market.complaints import queries as complaints
from market.contracts import queries as contracts
from market.db import Work
from market.kernel.ids import Prefix
from market.kernel.plain import Json
from market.ledger.queries import Entry, along
from market.opendata.queries.portions import AT_ONCE, told
from market.opendata.queries.rows import PUBLIC_BODIES
from market.opendata.rules import ocds
from market.opendata.rules.ocds import COMPLAINING, OF_TYPES, Bid, Fact, Facts, Party
from market.owners import queries as owners
from market.owners.queries import OwnerCard
from market.selection.results import queries as result_queries

ANNOUNCED = ("result.published",)
OFFERED = ("award.offered", "award.issued")
"""Entries that name the rank of an award."""
FILED = "complaint.filed"
SOCIAL = "social"
LISTED = "listed"
ROLES = {
    "office": ("administrativeEntity", "reviewBody"),
    "regulator": ("reviewBody",),
    "authority": ("reviewBody",),
}


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
    subjects = [number, *complaints.about_notices(work, [number])]
    found = _made(work, prefix, along.about(work, subjects, tuple(OF_TYPES)))
    return {"ocid": process, "releases": found} if found else None


def _made(work: Work, prefix: str | None, entries: Sequence[Entry]) -> list[Json]:
    courses = _courses(work, entries)
    notices = {each.subject: _notice(each, courses) for each in entries}
    numbers = {notice for notice in notices.values() if notice}
    awards = along.about(work, numbers, (*ANNOUNCED, *OFFERED))
    facts = _facts(work, numbers, [*entries, *awards])
    made = []
    for entry in entries:
        number = notices[entry.subject]
        if number not in facts:
            continue
        said = (
            _complained(entry, courses[entry.subject], number, awards)
            if entry.type in COMPLAINING
            else _said(entry, awards)
        )
        one = ocds.release(prefix, Fact(entry.index, entry.type, entry.at, said), facts[number])
        if one is not None:
            made.append(one)
    return made


def _courses(work: Work, entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Every entry about the complaints that are spoken of, by complaint, oldest first."""
    numbers = {each.subject for each in entries if each.type in COMPLAINING}
    found: dict[str, list[Entry]] = {number: [] for number in numbers}
    for each in along.about(work, numbers, tuple(COMPLAINING)):
        found[each.subject].append(each)
    return found


def _notice(entry: Entry, courses: Mapping[str, Sequence[Entry]]) -> str:
    """The notice that an entry is about, itself or by its complaint; "" for none."""
    if entry.type not in COMPLAINING:
        return entry.subject
    filed = [each for each in courses[entry.subject] if each.type == FILED]
    return str(filed[0].fields.get("notice") or "") if filed else ""


def _complained(
    entry: Entry, course: Sequence[Entry], notice: str, awards: Sequence[Entry]
) -> Json:
    """What had been said of a complaint when an entry about it was made."""
    so_far = {each.type: each for each in course if each.index <= entry.index}
    filed = so_far[FILED]
    named = [each.fields["body"] for each in so_far.values() if "body" in each.fields]
    accepted = so_far.get("complaint.accepted")
    decided = so_far.get("complaint.decided")
    return {
        "complaint": entry.subject,
        "about": filed.fields["about"],
        "submitted": told(filed.at),
        "accepted": told(accepted.at) if accepted else None,
        "decided": told(decided.at) if decided else None,
        "outcome": decided.fields["outcome"] if decided else None,
        "body": named[-1],
        "is_awarded": any(
            each.subject == notice and each.index < entry.index and each.type in ANNOUNCED
            for each in awards
        ),
    }


def _said(entry: Entry, awards: Sequence[Entry]) -> Json:
    """An entry's fields, with rank, winner and amount (`award_fen`) of the award that it speaks of: that
    of its winner, else the last one before it.
    """
    said = entry.fields
    wanted = OFFERED if entry.type == "award.declined" else ANNOUNCED
    for award in reversed(awards):
        is_before = award.index < entry.index
        is_meant = said["winner"] == award.fields["winner"] if "winner" in said else is_before
        if award.subject == entry.subject and is_before and is_meant and award.type in wanted:
            of = award.fields
            known = {"rank": of["rank"], "winner": of["winner"]}
            return {**known, "award_fen": of.get("amount_fen"), **said}
    return {"rank": 1, **said}


def _facts(work: Work, numbers: Collection[str], entries: Sequence[Entry]) -> dict[str, Facts]:
    notices = result_queries.public_notices(work, numbers)
    buyers = owners.public_buyers(work, {each.owner_id for each in notices.values()})
    items = catalogue.by_code(work)
    entrants = result_queries.public_entrants(work, numbers, unopened=True)
    known = agencies.by_refs(work, {*_named(entries), *(each.ref for each in entrants)})
    parties = {ref: _agency(card) for ref, card in known.items()}
    opened = {
        number: list(each) for number, each in itertools.groupby(entrants, lambda e: e.notice)
    }
    bodies = _bodies(work)
    matters = {each.fields["contract"] for each in entries if "contract" in each.fields}
    payments = contracts.settled_payments(work, matters) if matters else {}
    return {
        number: Facts(
            number=number,
            title=each.title,
            predecessor=each.predecessor,
            buyer=_buyer(buyers.get(each.owner_id)),
            item_names=[items[code].name for code in each.items.codes],
            bids=[_bid(entrant, parties) for entrant in opened.get(number, [])],
            agencies=parties,
            is_public_money=each.fund != SOCIAL,
            bodies=bodies,
            payments=payments,
        )
        for number, each in notices.items()
    }


def _named(entries: Sequence[Entry]) -> set[str]:
    """The agencies that entries name."""
    found = {each.fields["winner"] for each in entries if "winner" in each.fields}
    for each in entries:
        for name in ("entrants", "excluded"):
            rows = each.fields.get(name)
            if isinstance(rows, list):  # a result says how many there were, a list who they are
                found |= {row["ref"] for row in rows}
    return found


def _bodies(work: Work) -> dict[str, Party]:
    return {
        organisation_ref(one.id): Party(
            organisation_ref(one.id), one.name, one.uscc, ROLES.get(kind, ("reviewBody",))
        )
        for kind in PUBLIC_BODIES
        for one in accounts.organisations(work, kind)
    }


def _buyer(card: OwnerCard | None) -> Party | None:
    return Party(card.number, card.name, card.uscc) if card else None


def _agency(card: AgencyCard) -> Party:
    code = None if card.type is Type.INDIVIDUAL else card.uscc
    return Party(card.ref or "", card.name, code)


def _bid(entrant: result_queries.PublicEntrant, parties: dict[str, Party]) -> Bid:
    return Bid(
        no=entrant.no,
        number=entrant.receipt,
        agency=parties[entrant.ref],
        is_listed=entrant.state == LISTED,
        amount_fen=entrant.quote_fen,
        at=entrant.received_at,
    )
