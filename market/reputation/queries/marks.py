"""Marks of agencies: one agency's with every line that made them, and what a newcomer is given."""

import dataclasses
from collections.abc import Mapping

from sqlalchemy import select

from market.agencies import queries as agencies
from market.agencies.queries import AgencyCard
from market.db import Work
from market.kernel.errors import NotFound
from market.reputation.models import CreditEvent
from market.reputation.queries.records import Record, of_party
from market.reputation.rules import (
    LIVING,
    PUBLIC_GRADES,
    Counted,
    Grade,
    Party,
    Score,
    is_suspended,
    mean,
    months_after,
    score,
)
from market.rulebook import queries as rulebooks

NEWCOMER_MONTHS = 24


@dataclasses.dataclass(frozen=True, kw_only=True)
class Entry:
    """One record in force with what it adds today (hundredths), and why it adds nothing."""

    record: Record
    marks: int
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Report:
    """One agency's page. `score` is None where the place has not switched marks on; `hidden` is the
    sum (hundredths) of the records that are not shown to this reader; `mean` that of all agencies
    with a record, which a newcomer is given.
    """

    agency: AgencyCard
    score: Score | None
    entries: tuple[Entry, ...]
    hidden: int
    mean: int | None
    is_whole: bool


def own_report(work: Work) -> Report:
    """The report of the actor's own agency, with everything. Refuses `agency.none`."""
    card = agencies.of_organisation(work, work.actor.organisation_id)
    if card is None or card.ref is None:
        raise NotFound("agency.none")
    return _report(work, card, is_whole=True)


def public_report(work: Work, uscc: str) -> Report:
    """What everybody may read of an agency: serious, grave and merit records in force; a minor one
    is not public. Refuses `agency.none`.
    """
    card = agencies.agency(work, uscc)
    if not card.is_public:
        raise NotFound("agency.none")
    return _report(work, card, is_whole=False)


def _report(work: Work, card: AgencyCard, *, is_whole: bool) -> Report:
    grades = frozenset(Grade) if is_whole else PUBLIC_GRADES
    records = of_party(work, card.organisation_id, *sorted(LIVING))
    found = score(
        [_counted(record) for record in records], work.today, is_new=_is_new(work, card, records)
    )
    lines = {line.key: line for line in found.lines}
    entries = [
        Entry(record=record, marks=lines[record.number].marks, reason=lines[record.number].reason)
        for record in records
    ]
    shown = [entry for entry in entries if entry.record.grade in grades]
    return Report(
        agency=card,
        score=found if rulebooks.in_force(work).credit_marks else None,
        entries=tuple(shown),
        hidden=sum(entry.marks for entry in entries if entry.record.grade not in grades),
        mean=mean(list(conducts(work).values())),
        is_whole=is_whole,
    )


def conducts(work: Work) -> Mapping[int, int]:
    """The marks (hundredths) today of every agency with a record in force, by its organisation: read
    in one pass.
    """
    rows = work.session.scalars(
        select(CreditEvent).where(CreditEvent.party == Party.AGENCY, CreditEvent.state.in_(LIVING))
    )
    acts: dict[int, list[Counted]] = {}
    for row in rows:
        acts.setdefault(row.organisation_id, []).append(_counted(row))
    return {organisation: score(of, work.today).marks for organisation, of in acts.items()}


def _counted(of: Record | CreditEvent) -> Counted:
    if of.counts_from is None:
        raise AssertionError("a living record has its days")
    return Counted(
        key=of.number,
        points=of.points,
        on=of.counts_from,
        months=of.months,
        is_suspended=is_suspended(of.points, of.state),
    )


def _is_new(work: Work, card: AgencyCard, records: list[Record]) -> bool:
    """No record in force, and enrolled within 24 months."""
    if records or card.enrolled_at is None:
        return False
    return work.today < months_after(card.enrolled_at.date(), NEWCOMER_MONTHS)
