"""The sweep: what the clock process does every few seconds. Several clocks may sweep at once."""

import datetime as dt
import time

from market.db import db, in_one_transaction, reading
from market.fabric import Memory, fabric
from market.kernel.actor import CLOCK
from market.ledger import queries as ledger
from market.windows import queries, service

LOCK_TIME = dt.timedelta(milliseconds=10)  # then the log's append and the commit are still to come
REST = dt.timedelta(milliseconds=20)
SEEN = Memory[int | None](lambda: None)
"""How long the log was when this process last looked for new calendars."""


def sweep() -> int:
    """Fire every due window and give every due reminder; returns how many windows were tried.

    What a new calendar moves is moved first: after a downtime no window may end by a due that holds
    no more.
    """
    follow_calendar()
    is_due, is_to_remind = queries.some(reading(CLOCK))
    if is_to_remind:
        for window_id in queries.to_remind(reading(CLOCK)):
            in_one_transaction(service.remind, CLOCK, window_id)
    return fire() if is_due else 0


def fire() -> int:
    """Fire every due window, batch by batch, in the order of their dues; returns how many were
    tried.
    """
    handlers = fabric().window_handlers
    tried = 0
    last = None
    while batch := queries.due(reading(CLOCK), last):
        ids = [window_id for _, window_id in batch]
        done = 0
        while done < len(ids):
            watch = Stopwatch()
            done += in_one_transaction(service.fire_batch, CLOCK, ids[done:], handlers, watch)
            watch.rest()
        tried = tried + done
        last = batch[-1]
    return tried


def follow_calendar() -> bool:
    """Count windows again when a calendar was approved since the last time; whether one was. A
    reader of the log.

    Nothing is asked while the log is as long as it was when this process asked last.
    """
    size = ledger.size(reading(CLOCK))
    if SEEN.of() == size:
        return False
    news = queries.calendar_news(reading(CLOCK))
    if news is not None:
        for part in (service.recount, service.doubt):
            last: int | None = 0
            while last is not None:
                watch = Stopwatch()
                last = in_one_transaction(
                    part, CLOCK, after=last, changed=news.changed, out_of_time=watch
                )
                watch.rest()
        in_one_transaction(service.calendar_followed, CLOCK, position=news.position)
    SEEN.keep(size)
    return news is not None


class Stopwatch:
    """Starts at the first question, so that waiting for the lock is not counted as holding it."""

    def __init__(self) -> None:
        self._clock = fabric().stopwatch
        self._began: dt.datetime | None = None
        self._is_over = False

    def __call__(self) -> bool:
        now: dt.datetime = self._clock.now()
        self._began = self._began or now
        self._is_over = now - self._began > LOCK_TIME
        return self._is_over

    def rest(self) -> None:
        """Leave SQLite's lock to other processes, whose waiters only look now and then;
        PostgreSQL's stand in line.
        """
        if self._is_over and db.engine.dialect.name == "sqlite":
            time.sleep(REST.total_seconds())
