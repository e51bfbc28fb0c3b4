"""Reading windows: what is due, what waits for whom, what a matter's deadlines are."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    bindparam,
    func,
    or_,
    select,
    text,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute

from market.db import Instant, Work
from market.ledger import queries as ledger
from market.web.paging import Page, keyset
from market.windows import rules
from market.windows.models import AWAITED, TO_REMIND, Doubt, Feed, Window
from market.windows.queries.calendars import (
    AT_ONCE,
    READER,
    Move,
    News,
    calendar_news,
    counted,
    moves,
    to_doubt,
    to_recount,
)
from market.windows.queries.overdue import count_overdue, ended_for, ended_of, overdue_subjects
from market.windows.rules import Changed, Counted, Kind, Nature, Show, State
from market.workdays import queries as workdays
from market.workdays.events import CalendarApproved
from market.workdays.rules import Certainty, Unit, WorkCalendar

FEED_MOST = 500


@dataclasses.dataclass(frozen=True)
class Due:
    """One window as others see it. `due_at` is exclusive: shown as the last day's 24:00."""

    id: int
    kind: str
    nature: Nature
    subject: str
    matter: str
    trigger_at: dt.datetime
    due_at: dt.datetime
    last_day: dt.date | None
    certainty: str
    state: State
    overdue_at: dt.datetime | None
    closed_at: dt.datetime | None
    responsible_id: int | None
    person_id: int | None

    @property
    def is_provisional(self) -> bool:
        return self.certainty == "provisional"


def due_of(window: Window) -> Due:
    """The frozen view of a row."""
    return Due(**{field.name: getattr(window, field.name) for field in dataclasses.fields(Due)})


def is_due(now: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    """What makes a window due: the condition of the sweep and of each firing."""
    return Window.state == State.OPEN, Window.overdue_at.is_(None), Window.due_at <= now


def is_to_remind(now: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    """What makes a duty's reminder due."""
    return Window.state == State.OPEN, Window.remind_at <= now


NOW = bindparam("now", type_=Instant())
_SOME = select(
    select(Window.id).where(text(AWAITED), Window.due_at <= NOW).limit(1).exists(),
    select(Window.id).where(text(TO_REMIND), Window.remind_at <= NOW).limit(1).exists(),
)


def some(work: Work) -> tuple[bool, bool]:
    """Whether some window is due, and whether some reminder is: what an idle sweep asks, in one
    statement.
    """
    row = work.session.execute(_SOME, {"now": work.now}).one()
    return bool(row[0]), bool(row[1])


def due(
    work: Work, after: tuple[dt.datetime, int] | None = None, limit: int = AT_ONCE
) -> list[tuple[dt.datetime, int]]:
    """(due_at, id) of due windows in that order, after the last one seen."""
    asked = (
        select(Window.due_at, Window.id)
        .where(text(AWAITED), Window.due_at <= work.now)
        .order_by(Window.due_at, Window.id)
        .limit(limit)
    )
    if after is not None:
        # due_at >= in front, so that the index is entered there
        asked = asked.where(Window.due_at >= after[0], tuple_(Window.due_at, Window.id) > after)
    return [(row.due_at, row.id) for row in work.session.execute(asked)]


def to_remind(work: Work, limit: int = AT_ONCE) -> list[int]:
    """Ids of duties whose reminder is due."""
    return list(
        work.session.scalars(
            select(Window.id)
            .where(text(TO_REMIND), Window.remind_at <= work.now)
            .order_by(Window.remind_at, Window.id)
            .limit(limit)
        )
    )


def rows_of(work: Work, ids: Collection[int]) -> list[Window]:
    """Those of some windows that are due and that no other clock works on, locked, in the order of
    their dues.
    """
    return list(
        work.session.scalars(
            select(Window)
            .where(Window.id.in_(ids), *is_due(work.now))
            .order_by(Window.due_at, Window.id)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )
    )


def live_row(work: Work, kind: str, matter: str) -> Window | None:
    """The live window of a kind and matter, locked for a change."""
    return work.session.scalar(
        select(Window)
        .where(Window.kind == kind, Window.matter == matter, Window.state.in_(rules.LIVE))
        .with_for_update()
    )


def live(work: Work, kind: rules.Kind, matter: str) -> Due | None:
    """The live window of a kind and matter."""
    row = work.session.scalar(
        select(Window).where(
            Window.kind == kind.name, Window.matter == matter, Window.state.in_(rules.LIVE)
        )
    )
    return due_of(row) if row else None


def live_of(work: Work, kind: str, subject: str) -> Due | None:
    """The live window of a kind (by name) of a public number, whoever has it."""
    row = work.session.scalar(
        select(Window).where(
            Window.subject == subject, Window.kind == kind, Window.state.in_(rules.LIVE)
        )
    )
    return due_of(row) if row else None


def of_subject(work: Work, subject: str) -> list[Due]:
    """Every window of a public number, earliest due first."""
    return [
        due_of(row)
        for row in work.session.scalars(
            select(Window).where(Window.subject == subject).order_by(Window.due_at, Window.id)
        )
    ]


def soonest(work: Work, subjects: Collection[str]) -> dict[str, Due]:
    """Of each of some public numbers the live window that is due first, where one runs."""
    rows = work.session.scalars(
        select(Window)
        .where(Window.subject.in_(subjects), Window.state.in_(rules.LIVE))
        .order_by(Window.due_at.desc(), Window.id.desc())
    )
    return {row.subject: due_of(row) for row in rows}


def of_kind(work: Work, kind: rules.Kind, subjects: Collection[str]) -> list[Due]:
    """The windows of a kind of some public numbers, in the order in which they were opened."""
    return [
        due_of(row)
        for row in work.session.scalars(
            select(Window)
            .where(Window.subject.in_(subjects), Window.kind == kind.name)
            .order_by(Window.id)
        )
    ]


def answered_for(kinds: Collection[Kind]) -> Select[int | None, str, str, dt.datetime | None]:
    """Who was ever answerable for windows of these kinds, for a room to count: body, subject, kind,
    overdue_at.
    """
    return select(
        Window.responsible_id.label("body"), Window.subject, Window.kind, Window.overdue_at
    ).where(Window.kind.in_([kind.name for kind in kinds]), Window.responsible_id.is_not(None))


def next_due(
    subject: InstrumentedAttribute[str | None],
    kinds: Collection[str] | None = None,
    organisation_id: int | None = None,
) -> ScalarSelect[dt.datetime]:
    """The soonest live due of each subject, for a room to sort its rows by; of these kinds, and of one
    organisation's, alone when they are given.
    """
    asked = select(func.min(Window.due_at)).where(
        Window.subject == subject, Window.state.in_(rules.LIVE)
    )
    if kinds is not None:
        asked = asked.where(Window.kind.in_(kinds))
    if organisation_id is not None:
        asked = asked.where(Window.responsible_id == organisation_id)
    return asked.scalar_subquery()


def waiting_for(
    work: Work, organisation_id: int | None, person_id: int | None = None, limit: int = 200
) -> list[Due]:
    """Live duties and rights of an organisation, or of a person, soonest due first: what waits for
    me.
    """
    mine = (
        Window.responsible_id == organisation_id
        if organisation_id is not None
        else Window.person_id == person_id
    )
    return [
        due_of(row)
        for row in work.session.scalars(
            select(Window)
            .where(Window.state.in_(rules.LIVE), Window.nature != Nature.ACT, mine)
            .order_by(Window.due_at, Window.id)
            .limit(limit)
        )
    ]


def live_for(work: Work, person_id: int, organisation_ids: Collection[int]) -> list[Due]:
    """Every live window of a person and of the organisations he acts in, soonest due first: his
    calendar feed.
    """
    mine = or_(Window.person_id == person_id, Window.responsible_id.in_(organisation_ids))
    return [
        due_of(row)
        for row in work.session.scalars(
            select(Window)
            .where(Window.state.in_(rules.LIVE), mine)
            .order_by(Window.due_at, Window.id)
            .limit(FEED_MOST)
        )
    ]


def feed(work: Work, person_id: int) -> Feed | None:
    """The row of a person's calendar feed that has not ended."""
    return work.session.scalar(
        select(Feed).where(Feed.person_id == person_id, Feed.ended_at.is_(None))
    )


# --- the board ----------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Filter:
    """Which windows the board shows. `soon` is the instant before which a due is soon."""

    show: Show = Show.LIVE
    soon: dt.datetime | None = None
    kind: str | None = None
    body: int | None = None


def board(work: Work, wanted: Filter, after: str | None = None, limit: int = 50) -> Page[Due]:
    """Every window of the product that the filter lets through, soonest due first (ended ones
    latest first), as `Due`.
    """
    asked = select(Window).where(*_shown(wanted))
    if wanted.kind:
        asked = asked.where(Window.kind == wanted.kind)
    if wanted.body is not None:
        asked = asked.where(Window.responsible_id == wanted.body)
    ended = wanted.show is Show.ENDED
    order = [(column.desc() if ended else column.asc()) for column in (Window.due_at, Window.id)]
    return keyset(work.session, asked, order, after, limit).map(lambda row: due_of(row[0]))


def _shown(wanted: Filter) -> Sequence[ColumnElement[bool]]:
    live = Window.state.in_(rules.LIVE)
    if wanted.show is Show.OVERDUE:
        return live, Window.overdue_at.is_not(None)
    if wanted.show is Show.SOON:
        return Window.state == State.OPEN, Window.overdue_at.is_(None), Window.due_at <= wanted.soon
    if wanted.show is Show.PROVISIONAL:
        return live, Window.certainty == Certainty.PROVISIONAL
    return (Window.state.not_in(rules.LIVE),) if wanted.show is Show.ENDED else (live,)


def bodies(work: Work) -> list[int]:
    """The organisations that some live duty waits for."""
    return list(
        work.session.scalars(
            select(Window.responsible_id)
            .distinct()
            .where(
                Window.state.in_(rules.LIVE),
                Window.nature == Nature.DUTY,
                Window.responsible_id.is_not(None),
            )
            .order_by(Window.responsible_id)
        )
    )


@dataclasses.dataclass(frozen=True)
class Doubted:
    """A window that had ended when a new calendar made it longer; `due_at` is what that calendar
    makes of it.
    """

    id: int
    due: Due
    due_at: dt.datetime
    found_at: dt.datetime


def doubts(work: Work, limit: int = 200) -> list[Doubted]:
    """What a person has yet to look at, oldest first."""
    rows = work.session.execute(
        select(Doubt, Window)
        .join(Window, Window.id == Doubt.window_id)
        .where(Doubt.settled_at.is_(None))
        .order_by(Doubt.id)
        .limit(limit)
    )
    return [
        Doubted(doubt.id, due_of(window), doubt.due_at, doubt.found_at) for doubt, window in rows
    ]


__all__ = [
    "AT_ONCE",
    "FEED_MOST",
    "READER",
    "Doubted",
    "Due",
    "Filter",
    "Move",
    "News",
    "answered_for",
    "board",
    "bodies",
    "calendar_news",
    "count_overdue",
    "counted",
    "doubts",
    "due",
    "due_of",
    "ended_for",
    "ended_of",
    "feed",
    "is_due",
    "is_to_remind",
    "live",
    "live_for",
    "live_of",
    "live_row",
    "moves",
    "next_due",
    "of_kind",
    "of_subject",
    "overdue_subjects",
    "rows_of",
    "some",
    "to_doubt",
    "to_recount",
    "to_remind",
    "waiting_for",
]
