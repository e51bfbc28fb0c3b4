"""Counting a window: from the instant of a real event to the instant at which it is over (R1-R8,
民法典 200-204).
"""

import calendar as gregorian
import dataclasses
import datetime as dt
import enum
import functools
from collections.abc import Callable, Sequence
from typing import cast

from market.kernel.clock import CHINA, local_date
from market.kernel.errors import Invalid, Refusal
from market.workdays.rules.calendar import FIRST, LAST, WorkCalendar

INSTANT = dt.timedelta(microseconds=1)
MOST = 10_000
"""No rule counts further than that; a greater number is a slip of the hand."""
REMEMBERED = 20_000
"""How many deadlines a calendar remembers: a page of windows asks for the same few again and again."""


class Unit(enum.StrEnum):
    """What a window counts."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    HOUR = "hour"
    MINUTE = "minute"


class End(enum.StrEnum):
    """When the last day is over: at 24:00, or at a counter's hour of closing (民法典 203)."""

    MIDNIGHT = "midnight"
    BUSINESS_CLOSE = "business_close"


class Certainty(enum.StrEnum):
    """Provisional (暂定): the calendar for the last day is not published yet; such a window never
    ends by itself.
    """

    CONFIRMED = "confirmed"
    PROVISIONAL = "provisional"


EXACT = {Unit.HOUR: dt.timedelta(hours=1), Unit.MINUTE: dt.timedelta(minutes=1)}


@dataclasses.dataclass(frozen=True, slots=True)
class Deadline:
    """When a window is over. `due_at` is an aware UTC instant and exclusive: in time is what is
    received before it.
    """

    last_day: dt.date
    due_at: dt.datetime
    certainty: Certainty
    arrangements: tuple[str, ...]
    _spans: tuple[tuple[dt.date, int], ...] = ()
    _calendar: WorkCalendar | None = dataclasses.field(default=None, compare=False, repr=False)

    @property
    def counted_days(self) -> tuple[dt.date, ...]:
        """The working days that were counted, in order; empty for other units."""
        if self._calendar is None:
            return ()
        return tuple(
            self._calendar.nth_after(start, place)
            for start, n in self._spans
            for place in range(1, n + 1)
        )


def deadline(
    trigger_at: dt.datetime,
    n: int,
    unit: Unit,
    calendar: WorkCalendar,
    end: End = End.MIDNIGHT,
    close: dt.time | None = None,
) -> Deadline:
    """The deadline of a window of `n` units that a real event opened at `trigger_at` (aware).

    The trigger's local day is never counted, be it a rest day (R2, R3). A make-up Saturday is a
    working day like any other (WorkCalendar._index). Calendar days and months
    that would end on a rest day end on the next working day (R5). Hours and minutes are exact and
    never provisional (R6). `close` is the local hour of closing, with `end` business_close and only
    then.
    Refused: `workdays.naive_instant`, `workdays.n_out_of_range`, `workdays.end_without_close`,
    `workdays.exact_unit_has_no_close`, `workdays.outside_calendar`.
    """
    _check_trigger(trigger_at)
    if unit in EXACT:
        _check(n, unit, end, close)
        return _exact(trigger_at + n * EXACT[unit])
    window = (local_date(trigger_at), n, unit, end, close)
    known = cast(Deadline | None, calendar.deadlines.get(window))
    if known is None:
        _check(n, unit, end, close)
        if len(calendar.deadlines) >= REMEMBERED:
            calendar.deadlines.clear()
        known = calendar.deadlines[window] = _counted(window[0], n, unit, calendar, close)
    return known


def _check_resumed(
    trigger_at: dt.datetime, n: int, unit: Unit, end: End, close: dt.time | None
) -> None:
    """What `deadline` asks, and that the span can stand still at all: months cannot."""
    if unit == Unit.MONTH:
        raise Invalid("workdays.months_cannot_stop")
    _check_trigger(trigger_at)
    _check(n, unit, end, close)


def _check_stop(start: dt.datetime, stop: dt.datetime, go: dt.datetime, due: dt.datetime) -> None:
    """A stop lies after the counting began, before the due, and ends later than it began."""
    if not start <= stop <= go:
        raise Invalid("workdays.stop_out_of_order")
    if not is_in_time(stop, due):
        raise Invalid("workdays.stopped_after_due")


def resume(
    trigger_at: dt.datetime,
    n: int,
    unit: Unit,
    calendar: WorkCalendar,
    *,
    stopped_at: dt.datetime,
    resumed_at: dt.datetime,
    earlier: Sequence[tuple[dt.datetime, dt.datetime]] = (),
    end: End = End.MIDNIGHT,
    close: dt.time | None = None,
) -> Deadline:
    """The deadline of a window whose clock stood still from `stopped_at` to `resumed_at` (R8).

    `earlier` are the pairs of former stops, in order. Days counted before a stop stay; the day of
    the stop and the days until resumption are not counted; counting goes on the day after. Refused
    besides what `deadline` refuses: `workdays.stop_out_of_order`, `workdays.stopped_after_due`,
    `workdays.months_cannot_stop`.
    """
    _check_resumed(trigger_at, n, unit, end, close)
    spans = []
    start = trigger_at
    left = n
    for stop, go in (*earlier, (stopped_at, resumed_at)):
        _check_stop(start, stop, go, deadline(start, left, unit, calendar, end, close).due_at)
        if unit in EXACT:
            start += go - stop
            continue
        spent = _counted_before(start, stop, unit, calendar)
        spans.append((local_date(start), spent))
        start = go
        left = left - spent
    last = deadline(start, left, unit, calendar, end, close)
    return dataclasses.replace(
        last,
        arrangements=last.arrangements and calendar.keys(local_date(trigger_at), last.last_day),
        _spans=(*spans, *last._spans),
    )


def is_in_time(received_at: dt.datetime, due_at: dt.datetime) -> bool:
    """Whether what was received at one instant met a due: before it, never at it (R4)."""
    return received_at < due_at


def last_day(due_at: dt.datetime) -> dt.date:
    """The local day whose end, or an hour of which, is the due."""
    return local_date(due_at - INSTANT)


def working_days_left(now: dt.datetime, due_at: dt.datetime, calendar: WorkCalendar) -> int:
    """How many working days are left after today, the last one included; 0 on the last day,
    negative when overdue.
    """
    return calendar.count(local_date(now), last_day(due_at))


def reminders(
    trigger_at: dt.datetime, due_at: dt.datetime, unit: Unit, calendar: WorkCalendar
) -> tuple[dt.datetime, ...]:
    """When to remind the body on duty: at half time and at the start of the working day before the
    last (R10).

    Instants after the trigger, in order; exact units have only their half time.
    """
    moments = {trigger_at + (due_at - trigger_at) / 2}
    if unit not in EXACT:
        moments.add(_midnight_before(calendar.nth_before(last_day(due_at), 1)))
    return tuple(sorted(moment for moment in moments if moment > trigger_at))


def _check_trigger(trigger_at: dt.datetime) -> None:
    if trigger_at.tzinfo is None:
        raise Invalid("workdays.naive_instant", field="trigger")
    if not FIRST.year <= trigger_at.year <= LAST.year:
        raise Refusal("workdays.outside_calendar", field="trigger", first=FIRST, last=LAST)


def _check(n: int, unit: Unit, end: End, close: dt.time | None) -> None:
    if not 1 <= n <= MOST:
        raise Invalid("workdays.n_out_of_range", field="n", least=1, most=MOST)
    if (end == End.BUSINESS_CLOSE) != (close is not None):
        raise Invalid("workdays.end_without_close", field="close")
    if close is not None and unit in EXACT:
        raise Invalid("workdays.exact_unit_has_no_close", field="end")


def _exact(due_at: dt.datetime) -> Deadline:
    return Deadline(last_day(due_at), due_at.astimezone(dt.UTC), Certainty.CONFIRMED, ())


def _counted(
    start: dt.date, n: int, unit: Unit, calendar: WorkCalendar, close: dt.time | None
) -> Deadline:
    last = LAST_DAY[unit](start, n, calendar)
    due_at = _midnight_before(last + dt.timedelta(days=1)) if close is None else _local(last, close)
    certainty = Certainty.CONFIRMED if last <= calendar.confirmed_through else Certainty.PROVISIONAL
    if unit != Unit.WORKING_DAY:
        return Deadline(last, due_at, certainty, calendar.keys(start, last))
    return Deadline(last, due_at, certainty, calendar.keys(start, last), ((start, n),), calendar)


def _same_day_of_month(start: dt.date, months: int) -> dt.date:
    """The corresponding day some months later, else that month's end (民法典 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, min(start.day, gregorian.monthrange(year, month + 1)[1]))


LAST_DAY: dict[Unit, Callable[[dt.date, int, WorkCalendar], dt.date]] = {
    Unit.WORKING_DAY: lambda start, n, calendar: calendar.nth_after(start, n),
    Unit.CALENDAR_DAY: lambda start, n, calendar: calendar.first_from(start + dt.timedelta(days=n)),
    Unit.MONTH: lambda start, n, calendar: calendar.first_from(_same_day_of_month(start, n)),
}


def _counted_before(
    start: dt.datetime, stopped_at: dt.datetime, unit: Unit, calendar: WorkCalendar
) -> int:
    """How many units were full before the day of the stop."""
    first = local_date(start)
    stop = local_date(stopped_at)
    if stop <= first:
        return 0
    eve = stop - dt.timedelta(days=1)
    return calendar.count(first, eve) if unit == Unit.WORKING_DAY else (eve - first).days


def _local(day: dt.date, hour: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, hour, CHINA).astimezone(dt.UTC)


@functools.lru_cache(maxsize=REMEMBERED)
def _midnight_before(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=CHINA).astimezone(dt.UTC)
