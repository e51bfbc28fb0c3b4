"""A new or corrected calendar: what it changes, and the windows that it may move."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from sqlalchemy import Select, or_, select

from market.db import Work
from market.ledger import queries as ledger
from market.windows import rules
from market.windows.models import Doubt, Window
from market.windows.rules import Changed, Counted, Kind, State
from market.workdays import queries as workdays
from market.workdays.events import CalendarApproved
from market.workdays.rules import Certainty, Unit, WorkCalendar

READER = "windows"
AT_ONCE = 200
NEWS_MOST = 500


@dataclasses.dataclass(frozen=True)
class News:
    """Calendars that were approved since the windows were counted last: the days they change, and
    where the log is.
    """

    changed: Changed | None
    position: int


@dataclasses.dataclass(frozen=True)
class Move:
    """What a proposed calendar would do to one live window. `title` is the kind's, `due` exclusive."""

    subject: str
    title: str
    old_due: dt.datetime
    due: dt.datetime


def calendar_news(work: Work) -> News | None:
    """What the calendar's approvals on the log changed since the bookmark; None when there is none."""
    position = ledger.position(work, READER)
    entries = [
        entry
        for entry in ledger.latest(work, limit=NEWS_MOST, type=CalendarApproved.kind)
        if entry.index >= position
    ]
    if not entries:
        return None
    days = (dt.date.fromisoformat(day) for entry in entries for day in entry.fields["changed"])
    return News(Changed.over(days), entries[0].index + 1)


def counted(window: Window) -> Counted:
    """The pure form of a counted window's row."""
    return Counted(
        window.nature,
        window.trigger_at,
        window.n or 0,
        Unit(window.unit or ""),
        rules.spans(window.stops),
        window.due_at,
        Certainty(window.certainty),
    )


def to_recount(after: int, changed: Changed | None) -> Select[Window]:
    """The next live windows that a new calendar may move: those that are provisional or span a
    changed day.
    """
    return _by_calendar(after, Certainty.PROVISIONAL, changed).where(
        Window.state.in_([State.OPEN, State.HELD]), Window.overdue_at.is_(None)
    )


def to_doubt(after: int, changed: Changed | None) -> Select[Window]:
    """The next windows that ended by their due, or are noted overdue, span a changed day and are
    not listed yet.
    """
    ended = or_(Window.state == State.EXPIRED, Window.overdue_at.is_not(None))
    listed = select(Doubt.id).where(Doubt.window_id == Window.id).exists()
    return _by_calendar(after, None, changed).where(ended, ~listed)


def _by_calendar(
    after: int, certainty: Certainty | None, changed: Changed | None
) -> Select[Window]:
    """Windows counted in days: of this certainty, or with a changed day between trigger and due."""
    touched = [Window.certainty == certainty] if certainty else []
    if changed:
        touched.append((Window.due_at > changed.first) & (Window.trigger_at < changed.end))
    in_days = [unit.value for unit in Unit if unit not in rules.EXACT]
    return (
        select(Window)
        .where(Window.id > after, Window.unit.in_(in_days), or_(False, *touched))
        .order_by(Window.id)
        .limit(AT_ONCE)
        .execution_options(populate_existing=True)
    )


def moves(work: Work, kinds: Mapping[str, Kind], after: WorkCalendar) -> list[Move]:
    """The live windows whose due a proposed calendar would move, soonest first: the preview of an
    import.
    """
    mine = workdays.calendar(work)
    here = WorkCalendar(work.division, (*mine.arrangements, *after.arrangements))
    changed = Changed.over(change.date for change in mine.changes(here))
    found: list[Move] = []
    last = 0
    while rows := list(work.session.scalars(to_recount(last, changed))):
        for row in rows:
            new = rules.moved(counted(row), here, work.now)
            if new is not None and new.due_at != row.due_at:
                title = kinds[row.kind].title if row.kind in kinds else row.kind
                found.append(Move(row.subject, title, row.due_at, new.due_at))
        last = rows[-1].id
    return sorted(found, key=lambda move: (move.due, move.subject))
