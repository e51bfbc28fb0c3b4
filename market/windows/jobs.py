"""The sweep: what the clock process does every few seconds. Several clocks may sweep at once."""
import datetime as dt

from flask import current_app

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.windows import queries, service

LOCK_TIME = dt.timedelta(milliseconds=50)


def sweep() -> int:
    """Fire every due window and give every due reminder; returns how many windows were tried.

    What a new calendar moves is moved first: after a downtime no window may end by a due that holds no more.
    """
    follow_calendar()
    handlers = current_app.extensions["window_handlers"]
    tried, last = 0, None
    while batch := queries.due(reading(CLOCK), last):
        ids = [window_id for _, window_id in batch]
        done = 0
        while done < len(ids):
            done += in_one_transaction(service.fire_batch, CLOCK, ids[done:], handlers, Stopwatch())
        tried, last = tried + done, batch[-1]
    for window_id in queries.to_remind(reading(CLOCK)):
        in_one_transaction(service.remind, CLOCK, window_id)
    return tried


def follow_calendar() -> bool:
    """Count windows again when a calendar was approved since the last time; whether one was. A reader of the log."""
    news = queries.calendar_news(reading(CLOCK))
    if news is None:
        return False
    for part in (service.recount, service.doubt):
        last: int | None = 0
        while last is not None:
            last = in_one_transaction(part, CLOCK, after=last, changed=news.changed, out_of_time=Stopwatch())
    in_one_transaction(service.calendar_followed, CLOCK, position=news.position)
    return True


class Stopwatch:
    """Starts at the first question, so that waiting for the lock is not counted as holding it."""

    def __init__(self) -> None:
        self._clock = current_app.extensions["stopwatch"]
        self._began: dt.datetime | None = None

    def __call__(self) -> bool:
        now: dt.datetime = self._clock.now()
        self._began = self._began or now
        return now - self._began > LOCK_TIME
