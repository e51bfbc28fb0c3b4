"""The clock process: APScheduler ticks, deadlines are rows (docs/rules.md#clock). Several may run;
effects are exactly once.

In-memory job store (a shared one runs jobs several times), coalesced, one instance of each job, and
no misfire limit: the default of one second deletes a job that fell due while the process was down.
"""

import contextlib
import datetime as dt
import logging
import os
import pathlib
import signal
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy.exc import OperationalError

from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.operations import queries, rules, service
from market.operations.leader import Leader, leader

log = logging.getLogger(__name__)
Job = tuple[str, dt.timedelta, Callable[[], object]]
LOOK_EVERY = 1.0  # seconds between two looks at the clocks
# seconds that a running job has to end; what is cut off is rolled back and done again at the next
# start
GRACE = 0.5


class Crew:
    """Runs the jobs of this process: those of the leader, each noted, and how many are running now."""

    def __init__(self, app: Flask, leads: Callable[[], bool] = lambda: True) -> None:
        self.app = app
        self.leads = leads
        self._said: dict[str, tuple[float, str | None]] = {}
        self._running = 0
        self._changed = threading.Condition()

    def run(self, name: str, job: Callable[[], object]) -> str | None:
        """Run one job in a context of its own and note it; a job that fails is tried again at its
        next tick.

        Returns the name of the fault, if there was one.
        """
        if not self.leads():
            return None
        trouble = None
        with self._counted(), self.app.app_context():
            try:
                job()
            except OperationalError as lost:
                log.warning("job %s: the database did not answer: %s", name, lost.orig)
                return type(lost).__name__
            except (
                Exception
            ) as fault:  # the clock must go on: the heartbeat and /healthz carry the trouble
                log.exception("job %s failed", name)
                trouble = type(fault).__name__
            self._say(name, trouble)
        return trouble

    def _say(self, name: str, trouble: str | None) -> None:
        last = self._said.get(name)
        if (
            last
            and last[1] == trouble
            and time.monotonic() - last[0] < rules.BEAT_EVERY.total_seconds()
        ):
            return
        in_one_transaction(service.beat, CLOCK, job=name, trouble=trouble)
        self._said[name] = time.monotonic(), trouble

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        with self._changed:
            self._running += 1
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def is_idle(self, within: float) -> bool:
        """Wait at most so many seconds until no job runs; whether none does."""
        with self._changed:
            return self._changed.wait_for(lambda: self._running == 0, within)


class Watch:
    """Looks at the wall clock beside one that nobody can set."""

    def __init__(self, app: Flask, steady: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self._steady = steady
        self._last = self._look()
        self._stands = False

    def _look(self) -> rules.Look:
        return rules.Look(self.app.extensions["clock"].now(), self._steady())

    def look(self) -> rules.Alarm | None:
        """Note on the heartbeat and in the log what was done to the clock since the last look."""
        seen = self._look()
        found = self._last.alarm(seen)
        if seen.now != self._last.now:
            self._last = seen
            self._stands = False
        elif self._stands:
            return None  # said already: it stands until the wall clock has caught up
        self._stands = found is not None and found[0] is rules.Alarm.SET_BACK
        return self.tell(*found) if found else None

    def at_start(self) -> rules.Alarm | None:
        """Whether the clock was set back while no process watched it: some job has run later than
        now.
        """
        with self.app.app_context():
            last = queries.last_beat(reading(CLOCK))
        now = self.app.extensions["clock"].now()
        behind = last - now if last else dt.timedelta()
        return (
            self.tell(rules.Alarm.SET_BACK, -round(behind.total_seconds()))
            if behind > rules.JUMP
            else None
        )

    def tell(self, alarm: rules.Alarm, seconds: int) -> rules.Alarm:
        """Say it to whoever reads the process's output and whoever reads /healthz."""
        log.error(
            "%s seconds=%+d", alarm.value, seconds, extra={"alarm": alarm.value, "seconds": seconds}
        )
        try:
            with self.app.app_context():
                in_one_transaction(service.note_alarm, CLOCK, alarm=alarm, seconds=seconds)
        except OperationalError as lost:
            log.warning("the alarm could not be noted: %s", lost.orig)
        return alarm


class Leading:
    """Whether this process leads, asked of the lock at every look and remembered between."""

    def __init__(self, lock: Leader) -> None:
        self._lock = lock
        self._leads = False
        self.refresh()

    def refresh(self) -> None:
        leads = self._lock.leads()
        if leads != self._leads:
            log.info("this clock %s", "leads" if leads else "stands by")
        self._leads = leads

    def __call__(self) -> bool:
        return self._leads


def run(app: Flask, jobs: list[Job]) -> None:
    """Catch up, then tick until SIGTERM or SIGINT, which end the process within a second."""
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    with app.app_context():
        leading = Leading(leader(db.engine, pathlib.Path(app.config["INSTANCE"])))
    crew = Crew(app, leading)
    watch = Watch(app)
    scheduler = new_scheduler()
    for name, interval, job in jobs:
        scheduler.add_job(
            crew.run,
            "interval",
            (name, job),
            seconds=interval.total_seconds(),
            id=name,
            next_run_time=app.extensions["clock"].now(),
        )
    watch.at_start()
    scheduler.start()
    while not stop.wait(LOOK_EVERY):
        leading.refresh()
        if watch.look() is rules.Alarm.SET_BACK:
            for (
                name,
                interval,
                _,
            ) in jobs:  # the scheduler would wait until the wall clock has caught up
                scheduler.reschedule_job(name, trigger="interval", seconds=interval.total_seconds())
    scheduler.shutdown(wait=False)
    if not crew.is_idle(GRACE):
        log.warning("ended in the midst of a job; it is done again at the next start")
        os._exit(0)


def new_scheduler() -> BackgroundScheduler:
    """A scheduler that only ticks (docs/rules.md#clock). A tick that is left out because the last
    one still runs
    is no news.
    """
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    return BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(4)},
        timezone=dt.UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
