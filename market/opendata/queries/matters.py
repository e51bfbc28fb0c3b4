"""Rows of what follows the award: contracts, payments of public money, what both sides said of each other
once it is open, the ratings of bodies by months.
"""

from collections.abc import Iterable, Iterator, Sequence

from market.accounts.rules import organisation_ref
from market.contracts import queries as contracts
from market.db import Work
from market.evaluations import queries as evaluations
from market.ledger.queries import Entry
from market.opendata.queries.rows import Found
from market.owners import queries as owners
from market.ratings import queries as ratings

OWED_FROM = ("contract.accepted", "contract.changed")
"""With what money falls due: the acceptance, or an end that names what is paid."""
ENDS = ("end", "cancel", "settle")


def contract_rows(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    known = contracts.public_contracts(work, _contracts(births))
    buyers = owners.public_buyers(work, {each.owner_id for each in known.values()})
    for birth in births:
        one = known.get((birth.fields["contract"], birth.fields["winner"]))
        if one is None:
            continue
        buyer = buyers.get(one.owner_id)
        values = (
            one.number,
            one.notice_number,
            one.title,
            one.item_code,
            buyer.number if buyer else None,
            one.winner,
            one.state,
            one.amount_fen,
            one.signed_on,
            one.days,
            one.changes,
        )
        yield Found(birth.subject, birth.index, values)


def payment_rows(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    known = contracts.owed_by_owners(work, _contracts(births))
    buyers = owners.public_buyers(work, {each.owner_id for each in known.values()})
    for birth in births:
        one = known.get(birth.fields["contract"])
        if not _is_due(birth) or one is None or one.owner_id not in buyers:
            continue
        owed = one.owed
        values = (
            owed.matter,
            birth.subject,
            buyers[one.owner_id].number,
            owed.amount_fen,
            owed.paid_fen,
            owed.last_day,
            owed.paid_on,
            owed.state,
        )
        yield Found(birth.subject, birth.index, values)


def _is_due(birth: Entry) -> bool:
    """Whether money fell due with an entry, which it does once."""
    if birth.type == "contract.accepted":
        return True
    return birth.fields["change"] in ENDS and bool(birth.fields.get("amount_fen"))


def evaluation_rows(work: Work, births: Sequence[Entry]) -> Iterator[Found]:
    known = evaluations.opened(work, _contracts(births))
    buyers = owners.public_buyers(work, {each.owner_id for each in known.values()})
    for birth in births:
        one = known[birth.fields["contract"], birth.fields["by"]]
        buyer = buyers.get(one.owner_id)
        marks = one.marks
        values = (
            one.contract,
            one.by,
            birth.subject,
            buyer.number if buyer else None,
            one.winner,
            one.item_code,
            marks.quality,
            marks.timeliness,
            marks.attitude,
            marks.fees,
            marks.conduct,
            one.overall,
            one.given_at,
            one.opened_at,
            one.replied_at,
            one.followed_at,
            one.appeal,
            one.effect,
        )
        yield Found(birth.subject, birth.index, values)


def ratings_by_month(work: Work) -> Iterable[Found]:
    for body in ratings.figures(work):
        ref = organisation_ref(body.body_id)
        for month in body.months:
            values = (
                ref,
                month.month,
                month.finished,
                month.rated,
                month.good,
                month.bad,
                month.rectified,
                month.in_time,
                month.called,
                month.days,
            )
            yield Found(ref, None, values)


def _contracts(births: Iterable[Entry]) -> set[str]:
    return {birth.fields["contract"] for birth in births}
