"""What happened beside the course of a case, and which cases grow old."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from market.accounts import queries as accounts
from market.cases.models import Case, CaseMeeting, CaseSupervision, CaseTransfer
from market.cases.rules import CaseState, Source
from market.cases.rules.steering import AGES, Back, Elsewhere, age_of
from market.db import Work, under_lock
from market.kernel.clock import local_date
from market.workdays import queries as workdays


@dataclasses.dataclass(frozen=True, kw_only=True)
class Supervised:
    """An order from above, and the report to it."""

    no: int
    by: str
    ordered: str
    ordered_at: dt.datetime
    ordered_by: str
    due_at: dt.datetime
    report: str
    reported_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Met:
    """A joint meeting."""

    no: int
    held_on: dt.date
    present: str
    agreed: str
    recorded_by: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sent:
    """A way to a body outside, and back."""

    no: int
    to: Elsewhere
    to_name: str
    their_number: str
    reason: str
    sent_at: dt.datetime
    back: Back | None
    answer: str
    back_at: dt.datetime | None


@dataclasses.dataclass(frozen=True)
class Beside:
    """Everything beside the course of a case, in the order in which it happened."""

    orders: tuple[Supervised, ...]
    meetings: tuple[Met, ...]
    transfers: tuple[Sent, ...]


@dataclasses.dataclass(frozen=True)
class Old:
    """A case that goes on, and the working days since it was opened."""

    number: str
    source: Source
    state: CaseState
    body: str
    assigned: str
    opened_at: dt.datetime
    days: int

    @property
    def age(self) -> int:
        """The part of the list that it belongs to."""
        return age_of(self.days)


def beside(work: Work, number: str) -> Beside:
    """What happened beside the course of a case; the caller has held that the actor reads it."""
    case_id = select(Case.id).where(Case.number == number).scalar_subquery()
    orders = work.session.scalars(
        select(CaseSupervision)
        .where(CaseSupervision.case_id == case_id)
        .order_by(CaseSupervision.no)
    )
    meetings = work.session.scalars(
        select(CaseMeeting).where(CaseMeeting.case_id == case_id).order_by(CaseMeeting.no)
    )
    transfers = work.session.scalars(
        select(CaseTransfer).where(CaseTransfer.case_id == case_id).order_by(CaseTransfer.no)
    )
    return Beside(
        tuple(_order(work, row) for row in orders),
        tuple(_meeting(work, row) for row in meetings),
        tuple(_transfer(row) for row in transfers),
    )


def _order(work: Work, row: CaseSupervision) -> Supervised:
    return Supervised(
        no=row.no,
        by=accounts.organisation(work, row.body_id).name,
        ordered=row.ordered,
        ordered_at=row.ordered_at,
        ordered_by=accounts.person(work, row.ordered_by).name,
        due_at=row.due_at,
        report=row.report,
        reported_at=row.reported_at,
    )


def _meeting(work: Work, row: CaseMeeting) -> Met:
    return Met(
        no=row.no,
        held_on=row.held_on,
        present=row.present,
        agreed=row.agreed,
        recorded_by=accounts.person(work, row.recorded_by).name,
    )


def _transfer(row: CaseTransfer) -> Sent:
    return Sent(
        no=row.no,
        to=row.to,
        to_name=row.to_name,
        their_number=row.their_number,
        reason=row.reason,
        sent_at=row.sent_at,
        back=row.back,
        answer=row.answer,
        back_at=row.back_at,
    )


def order_waiting(work: Work, case_id: int, *, lock: bool = False) -> CaseSupervision | None:
    """The order from above that no report was made to yet."""
    asked = select(CaseSupervision).where(
        CaseSupervision.case_id == case_id, CaseSupervision.reported_at.is_(None)
    )
    return work.session.scalar(under_lock(asked) if lock else asked)


def away(work: Work, case_id: int) -> CaseTransfer | None:
    """The way on which a case has not come back yet, under lock."""
    asked = select(CaseTransfer).where(
        CaseTransfer.case_id == case_id, CaseTransfer.back_at.is_(None)
    )
    return work.session.scalar(under_lock(asked))


def had_a_hand(work: Work, case_id: int) -> set[int | None]:
    """Who passed a case on, took it back or reported of it to who ordered it."""
    ways = select(CaseTransfer.sent_by, CaseTransfer.back_by).where(CaseTransfer.case_id == case_id)
    reports = select(CaseSupervision.reported_by).where(CaseSupervision.case_id == case_id)
    passed = {person for row in work.session.execute(ways) for person in row}
    return passed | set(work.session.scalars(reports))


Numbered = type[CaseSupervision] | type[CaseMeeting] | type[CaseTransfer]


def next_no(work: Work, of: Numbered, case_id: int) -> int:
    """The number of the next thing of its kind about a case, whose row is under lock."""
    asked = select(func.max(of.no)).where(of.case_id == case_id)
    return int(work.session.scalar(asked) or 0) + 1


def last_meeting(work: Work, case_id: int) -> CaseMeeting | None:
    """The meeting about a case that was recorded last."""
    asked = select(CaseMeeting).where(CaseMeeting.case_id == case_id)
    return work.session.scalar(asked.order_by(CaseMeeting.no.desc()).limit(1))


def names_of(work: Work, ids: Collection[int]) -> dict[int, str]:
    """The names of bodies."""
    return {each: accounts.organisation(work, each).name for each in ids}


def ageing(work: Work, *, body_id: int | None) -> list[Old]:
    """The cases that go on, the oldest first; of one body, or of all (None)."""
    asked = select(Case).where(Case.state != CaseState.CLOSED).order_by(Case.opened_at, Case.id)
    if body_id is not None:
        asked = asked.where(Case.body_id == body_id)
    calendar = workdays.calendar(work)
    rows = work.session.scalars(asked).all()
    names = names_of(work, {row.body_id for row in rows})
    people = {row.assigned_to for row in rows if row.assigned_to is not None}
    keepers = {each: accounts.person(work, each).name for each in people}
    return [
        Old(
            number=row.number,
            source=row.source,
            state=row.state,
            body=names[row.body_id],
            assigned=keepers.get(row.assigned_to or 0, ""),
            opened_at=row.opened_at,
            days=calendar.count(local_date(row.opened_at), work.today),
        )
        for row in rows
    ]


def ages(old: Sequence[Old]) -> list[int]:
    """How many belong to each part of the ageing list, the youngest first."""
    found = Counter(each.age for each in old)
    return [found[part] for part in range(len(AGES) + 1)]
