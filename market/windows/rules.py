"""What a window is. Pure: counting is market.workdays.rules, what happens at a due is its kind's
handler.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable, Sequence

from market.kernel.clock import CHINA, epoch_ms, from_epoch_ms
from market.kernel.deadlines import Kind as Kind  # kinds are spoken of as this room's
from market.kernel.deadlines import Nature as Nature
from market.kernel.errors import Refusal
from market.kernel.states import move
from market.workdays.rules import (
    Certainty,
    Deadline,
    Unit,
    WorkCalendar,
    deadline,
    last_day,
    reminders,
    resume,
)


class State(enum.StrEnum):
    """A window is open until it is met (the act was done), expired (the due came), cancelled,
    paused (R8) or held.
    """

    OPEN = "open"
    PAUSED = "paused"
    # due, but counted on a calendar that was not published: it waits for the calendar (docs/rules.md#calendar)
    HELD = "held"
    MET = "met"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Show(enum.StrEnum):
    """What of all windows the board shows."""

    LIVE = "live"
    OVERDUE = "overdue"
    SOON = "soon"
    PROVISIONAL = "provisional"
    ENDED = "ended"


LIVE = frozenset({State.OPEN, State.PAUSED, State.HELD})
NEXT = {
    State.OPEN: {State.PAUSED, State.HELD, State.MET, State.EXPIRED, State.CANCELLED},
    State.PAUSED: {State.OPEN, State.MET, State.CANCELLED},
    State.HELD: {State.OPEN, State.MET, State.EXPIRED, State.CANCELLED},
}


def move_state(old: State, new: State) -> State:
    """The step, or the refusal `window.wrong_state`."""
    return move(NEXT, old, new, "window.wrong_state")


Stop = tuple[dt.datetime, dt.datetime]
"""From when to when the clock of a window stood still."""
EXACT = frozenset({Unit.HOUR, Unit.MINUTE})
"""Units that no calendar moves (R6)."""


@dataclasses.dataclass(frozen=True)
class Counted:
    """A window as it was counted, with the due that was announced. Pure twin of its row; `due_at`
    is exclusive.
    """

    nature: Nature
    trigger_at: dt.datetime
    n: int
    unit: Unit
    stops: tuple[Stop, ...]
    due_at: dt.datetime
    certainty: Certainty


@dataclasses.dataclass(frozen=True)
class Changed:
    """The instants between which lie all days that a new calendar changes: `first` included, `end`
    not.
    """

    first: dt.datetime
    end: dt.datetime

    @classmethod
    def over(cls, days: Iterable[dt.date]) -> "Changed | None":
        """From the first of these days to the last; None for no day."""
        known = sorted(days)
        return cls(_midnight(known[0]), end_of(known[-1])) if known else None


def recounted(window: Counted, calendar: WorkCalendar) -> Deadline | None:
    """The deadline of a window by a calendar, its stops left out (R8).

    None when this calendar puts a stop behind the due: then no day is left to count, and the
    announced due stands.
    """
    try:
        if not window.stops:
            return deadline(window.trigger_at, window.n, window.unit, calendar)
        *earlier, (stopped_at, resumed_at) = window.stops
        return resume(
            window.trigger_at,
            window.n,
            window.unit,
            calendar,
            stopped_at=stopped_at,
            resumed_at=resumed_at,
            earlier=earlier,
        )
    except Refusal as no:
        if no.code != "workdays.stopped_after_due":
            raise
        return None


def moved(window: Counted, calendar: WorkCalendar, now: dt.datetime) -> Deadline | None:
    """What a new or corrected calendar makes of a live window (docs/rules.md#calendar); None when
    nothing changes.

    A provisional one takes the new due. A confirmed one that becomes longer moves at once; one that
    becomes shorter moves when it is a body's duty, while a party keeps what was announced. No due
    is moved from the future into the past.
    """
    new = recounted(window, calendar)
    if new is None:
        return None
    shorter = new.due_at < window.due_at
    announced = window.certainty is Certainty.CONFIRMED and window.nature is not Nature.DUTY
    if shorter and (announced or new.due_at <= now < window.due_at):
        if window.certainty is new.certainty:
            return None
        new = dataclasses.replace(new, due_at=window.due_at, last_day=last_day(window.due_at))
    return None if (new.due_at, new.certainty) == (window.due_at, window.certainty) else new


def next_reminder(
    trigger_at: dt.datetime,
    due_at: dt.datetime,
    unit: Unit,
    calendar: WorkCalendar,
    now: dt.datetime,
    before: Sequence[int] | None = None,
) -> dt.datetime | None:
    """The next instant after `now` at which a duty is reminded: half time, then a working day
    before the last (R10); or at the start of the days that its kind names, so many working days
    `before`
    the last.
    """
    times = (
        reminders(trigger_at, due_at, unit, calendar)
        if before is None
        else days_before(due_at, before, calendar)
    )
    return next((time for time in times if now < time < due_at), None)


def days_before(
    due_at: dt.datetime, before: Sequence[int], calendar: WorkCalendar
) -> list[dt.datetime]:
    """The starts of the days that lie so many working days before the last day of a window, in
    their order.
    """
    last = last_day(due_at)
    return sorted(_midnight(calendar.nth_before(last, n) if n else last) for n in before)


def spans(stops: Sequence[Sequence[int]]) -> tuple[Stop, ...]:
    """Stops as a row keeps them, pairs of epoch milliseconds, as instants."""
    return tuple((from_epoch_ms(stopped), from_epoch_ms(resumed)) for stopped, resumed in stops)


def kept(stop: Stop) -> list[int]:
    """A stop as a row keeps it."""
    return [epoch_ms(instant) for instant in stop]


def end_of(day: dt.date) -> dt.datetime:
    """The instant at which a day of China is over."""
    return _midnight(day + dt.timedelta(days=1))


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=CHINA).astimezone(dt.UTC)
