"""The course of cases: those of one's body, one with what may be done, figures of a month."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator

from sqlalchemy import func, select

from market.accounts import queries as accounts
from market.cases.models import Case
from market.cases.permissions import MAY
from market.cases.queries import steering
from market.cases.rules import COURSE, NUMBERED, CaseState, Order, Result, Source
from market.db import Work, under_lock
from market.kernel.errors import NotFound
from market.kernel.permits import holds
from market.kernel.shown import Parts
from market.windows import queries as windows_queries
from market.windows.queries import Due
from market.windows.rules import LIVE

AT_ONCE = 200
EVERYBODYS = frozenset({"authority", "inspection"})
"""Kinds of bodies that read cases of all: the managing authority calls back, the inspection reads."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Card:
    """A case as its body and those who call back see it."""

    number: str
    source: Source
    source_number: str
    matter: str
    body_id: int
    body: str
    party_name: str
    phone: str
    page: str
    order_kind: Order | None
    said: str
    state: CaseState
    opened_at: dt.datetime
    assigned_to: int | None
    assigned: str
    contact_note: str
    contacted_at: dt.datetime | None
    complex_reason: str
    answer: str
    rectified_at: dt.datetime | None
    result: Result | None
    call_note: str
    called_at: dt.datetime | None
    closed_at: dt.datetime | None
    again: int
    due: Due | None
    deeds: tuple[str, ...]


PLAIN = {field.name for field in dataclasses.fields(Card)} - {"body", "assigned", "due", "deeds"}
BESIDE = ("report_back", "supervise", "meet", "assign")
"""What may be done about a case in whatever state it goes on."""
BY_STATE = {
    CaseState.OPEN: ("contact", "transfer", *BESIDE),
    CaseState.CONTACTED: ("rectify", "extend", "transfer", *BESIDE),
    CaseState.TRANSFERRED: ("take_back", *BESIDE),
    CaseState.RECTIFIED: ("call_back", *BESIDE),
}
NEEDS = {
    "contact": "case.handle",
    "rectify": "case.handle",
    "extend": "case.handle",
    "transfer": "case.handle",
    "take_back": "case.handle",
    "report_back": "case.handle",
    "supervise": "case.supervise",
    "meet": "case.meet",
    "assign": "case.assign",
    "call_back": "case.call_back",
}
FROM_ABOVE = frozenset({"supervise", "meet"})
"""Deeds of whoever reads the case, not of its body alone."""


def row(work: Work, number: str, *, for_update: bool = False) -> Case:
    """A case by its number AJ-... Refuses `case.none`."""
    asked = select(Case).where(Case.number == number)
    if for_update:
        asked = under_lock(asked)
    found = work.session.scalar(asked)
    if found is None:
        raise NotFound("case.none")
    return found


def case(work: Work, number: str) -> Card:
    """A case that the actor may read: of his body, any for those who read all. Refuses `case.none`."""
    found = row(work, number)
    if not reaches(work, found):
        raise NotFound("case.none")
    return _card(work, found)


def sent_as(work: Work, key: str) -> str | None:
    """The case that a form's key has opened."""
    return work.session.scalar(select(Case.number).where(Case.submission_key == key))


def order_known(work: Work, source: Source, order_number: str) -> str | None:
    """The case of an order with this number, if it was typed in before; numbers of elsewhere (a survey,
    a visit) may stand on many cases.
    """
    if source not in NUMBERED:
        return None
    asked = select(Case.number).where(Case.source == source, Case.source_number == order_number)
    return work.session.scalar(asked.limit(1))


def counts(work: Work) -> dict[Source, tuple[int, int]]:
    """Of each source how many cases that the actor may read go on, and how many there are."""
    going = func.count().filter(Case.state != CaseState.CLOSED)
    asked = select(Case.source, going, func.count()).group_by(Case.source)
    if work.actor.kind not in EVERYBODYS:
        asked = asked.where(Case.body_id == work.actor.organisation_id)
    found = {source: (goes, whole) for source, goes, whole in work.session.execute(asked)}
    return {source: found.get(source, (0, 0)) for source in Source}


def reaches(work: Work, found: Case) -> bool:
    """Whether a case is the actor's to read."""
    return work.actor.kind in EVERYBODYS or found.body_id == work.actor.organisation_id


def desk(work: Work) -> list[Card]:
    """The cases that the actor may read, those that go on first."""
    asked = select(Case).order_by(Case.state == CaseState.CLOSED, Case.id.desc()).limit(AT_ONCE)
    if work.actor.kind not in EVERYBODYS:
        asked = asked.where(Case.body_id == work.actor.organisation_id)
    return [_card(work, each) for each in work.session.scalars(asked)]


def orders(work: Work) -> Iterator[Card]:
    """The hotline's orders that the actor may read, oldest first."""
    asked = select(Case).where(Case.source == Source.HOTLINE).order_by(Case.id)
    if work.actor.kind not in EVERYBODYS:
        asked = asked.where(Case.body_id == work.actor.organisation_id)
    return (_card(work, each) for each in work.session.scalars(asked).all())


def order(work: Work, order_number: str) -> Card:
    """A hotline's order by its number there. Refuses `case.none`, also for what is not the actor's to
    read.
    """
    asked = select(Case).where(Case.source == Source.HOTLINE, Case.source_number == order_number)
    found = work.session.scalar(asked)
    if found is None or not reaches(work, found):
        raise NotFound("case.none")
    return _card(work, found)


def orders_after(work: Work, after: int, limit: int) -> tuple[list[Card], int, bool]:
    """The hotline's orders that the actor may read behind a place, in the order in which they came:
    some of them, where to read on, and whether there are more.
    """
    asked = select(Case).where(Case.source == Source.HOTLINE, Case.id > after).order_by(Case.id)
    if work.actor.kind not in EVERYBODYS:
        asked = asked.where(Case.body_id == work.actor.organisation_id)
    rows = list(work.session.scalars(asked.limit(limit + 1)))
    shown = rows[:limit]
    place = shown[-1].id if shown else after
    return [_card(work, each) for each in shown], place, len(rows) > limit


def handlers(work: Work, found: Case) -> frozenset[int]:
    """Who worked on a case, passed it on or took it back, or reported of it to who ordered it: none of
    them calls back.
    """
    own = {found.contacted_by, found.rectified_by, found.assigned_to}
    worked = own | steering.had_a_hand(work, found.id)
    return frozenset(each for each in worked if each is not None)


def _card(work: Work, found: Case) -> Card:
    live = [each for each in windows_queries.of_subject(work, found.number) if each.state in LIVE]
    keeper = found.assigned_to
    return Card(
        **{name: getattr(found, name) for name in PLAIN},
        body=accounts.organisation(work, found.body_id).name,
        assigned=accounts.person(work, keeper).name if keeper is not None else "",
        due=min(live, key=lambda each: each.due_at, default=None),
        deeds=tuple(name for name in BY_STATE.get(found.state, ()) if _may(work, found, name)),
    )


def _may(work: Work, found: Case, name: str) -> bool:
    actor = work.actor
    if not holds(actor, MAY[NEEDS[name]]):
        return False
    if name == "call_back":
        return reaches(work, found) and actor.person_id not in handlers(work, found)
    if name == "extend" and found.complex_reason:
        return False
    if name in ("supervise", "report_back"):
        is_ordered = steering.order_waiting(work, found.id) is not None
        if is_ordered is (name == "supervise"):
            return False
    if name == "supervise" and actor.person_id in handlers(work, found):
        return False
    return found.body_id == actor.organisation_id or (name in FROM_ABOVE and reaches(work, found))


def shown(work: Work, number: str) -> Parts:
    """A case as its page shows it to who calls back."""
    found = row(work, number)
    return {
        "service_case.number": found.number,
        "service_case.state": found.state.value,
        "service_case.contact": found.contact_note,
        "service_case.answer": found.answer,
        "service_case.again": found.again,
    }


@dataclasses.dataclass(frozen=True)
class Course:
    """How one case went, for figures."""

    opened_at: dt.datetime
    rectified_at: dt.datetime | None
    closed_at: dt.datetime | None
    was_late: bool


def courses(work: Work, numbers: Collection[str]) -> dict[str, Course]:
    """How cases went; late is one whose contact or rectification was ever overdue."""
    rows = list(work.session.scalars(select(Case).where(Case.number.in_(numbers))))
    late = {
        due.subject
        for kind in COURSE
        for due in windows_queries.of_kind(work, kind, [each.number for each in rows])
        if due.overdue_at is not None
    }
    return {
        each.number: Course(each.opened_at, each.rectified_at, each.closed_at, each.number in late)
        for each in rows
    }
