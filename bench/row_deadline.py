"""One deadline of 15 working days: ours, exceptions and make-up days included, against
numpy.busday_offset.
"""

import datetime as dt
import itertools
from collections.abc import Iterator

import numpy as np

from bench.harness import Result, at_most, cpu
from market.kernel.clock import CHINA
from market.workdays.rules import Unit, WorkCalendar, deadline
from market.workdays.shipped import arrangements

TIMES = 20_000
DAYS = 15
FIRST = dt.datetime(2019, 1, 2, 10, tzinfo=CHINA)


def _weekdays() -> np.busdaycalendar:
    """The holidays of the arrangements as numpy knows them: it has no make-up Saturdays."""
    return np.busdaycalendar(
        holidays=[
            day.date
            for one in arrangements()
            for day in one.days
            if not day.is_working and day.date.weekday() < 5
        ]
    )


def run(quick: bool) -> Iterator[Result]:
    """Rows: the bare day look-up, and the whole deadline (zone, due, certainty, sources), each
    against one numpy call.
    """
    calendar = WorkCalendar("360481", arrangements())
    triggers = [FIRST + dt.timedelta(hours=7 * number) for number in range(8_000)]
    dates = [trigger.date() for trigger in triggers]
    numpy_days = [np.datetime64(date) for date in dates]
    weekdays = _weekdays()
    times = TIMES // 5 if quick else TIMES
    turn = itertools.cycle(triggers)
    day_turn = itertools.cycle(dates)
    floor_turn = itertools.cycle(numpy_days)

    def floor() -> None:
        np.busday_offset(next(floor_turn), DAYS, roll="backward", busdaycal=weekdays)

    def last_day() -> None:
        calendar.nth_after(next(day_turn), DAYS)

    def whole() -> None:
        deadline(next(turn), DAYS, Unit.WORKING_DAY, calendar)

    def whole_anew() -> None:
        calendar.deadlines.clear()  # what it remembers of earlier questions
        deadline(next(turn), DAYS, Unit.WORKING_DAY, calendar)

    name = "deadline of 15 working days against numpy.busday_offset"
    for what, act, most in (
        ("last day", last_day, 1),
        ("instant, certainty, sources", whole, 1),
        ("the same, nothing remembered", whole_anew, 3),
    ):
        ours = cpu(act, times)
        yield at_most(f"{name}: {what}", ours, cpu(floor, times), times=most, quick=quick)
