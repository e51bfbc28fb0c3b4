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
from sqlalchemy.exc import DBAPIError, OperationalError

from market.db import db, in_one_transaction
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.operations import audit, rules, service
from market.operations.leader import Leader, leader
from market.operations.views import check_start
from market.operations.watch import Watch

log = logging.getLogger(__name__)
Job = tuple[str, dt.timedelta, Callable[[], object]]
LONGEST_WAIT = 15.0  # seconds between two tries at the start, while the database is away
LOOK_EVERY = 1.0  # seconds between two looks at the clocks
# seconds that a running job has to end; what is cut off is rolled back and done again at the next
# start
GRACE = 0.5


class Crew:
    """Runs the jobs of this process: those of the leader, each noted, and how many are running now."""

    def __init__(
        self, app: Flask, leads: Callable[[], bool] = lambda: True, watch: Watch | None = None
    ) -> None:
        self.app = app
        self.leads = leads
        self.watch = watch
        self._said: dict[str, tuple[float, str | None]] = {}
        self._running = 0
        self._changed = threading.Condition()

    def run(self, name: str, job: Callable[[], object]) -> str | None:
        """Run one job in a context of its own and note it; a job that fails is tried again at its
        next tick.

        Returns the name of the fault, if there was one. What goes by the time waits while nobody
        has agreed to a clock that jumped.
        """
        if not self.leads():
            return None
        try:
            if self.watch is not None and not self.watch.may_run(name):
                return None
        except OperationalError as lost:
            log.warning("job %s: the database did not answer: %s", name, lost.orig)
            return type(lost).__name__
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
    """Catch up, then tick until SIGTERM or SIGINT, which end the process within a second.

    Raises NotSet (market/operations/views.py) for a production database without its address.
    """
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    ready = _wait_until_ready(app, stop)
    if ready is None:
        return
    leading, watch = ready
    crew = Crew(app, leading, watch)
    scheduler = new_scheduler()
    for name, interval, job in jobs:
        scheduler.add_job(
            crew.run,
            "interval",
            (name, job),
            seconds=interval.total_seconds(),
            id=name,
            next_run_time=fabric(app).clock.now(),
        )
    scheduler.start()
    while not stop.wait(LOOK_EVERY):
        leading.refresh()
        if _looked(watch) in (rules.Alarm.SET_BACK, rules.Alarm.SET_RIGHT):
            # the scheduler would wait until the wall clock has caught up
            for name, interval, _ in jobs:
                scheduler.reschedule_job(name, trigger="interval", seconds=interval.total_seconds())
    scheduler.shutdown(wait=False)
    if not crew.is_idle(GRACE):
        log.warning("ended in the midst of a job; it is done again at the next start")
        os._exit(0)


def _wait_until_ready(app: Flask, stop: threading.Event) -> tuple[Leading, Watch] | None:
    """The lock and the look at the clocks, once database and instance folder are there; None when
    told to stop before.

    After a power cut the database is often the last to come: whoever ends then stays away.
    """
    pause = LOOK_EVERY
    while not stop.is_set():
        try:
            check_start(app)
            with app.app_context():
                leading = Leading(leader(db.engine, pathlib.Path(app.config["INSTANCE"])))
            watch = Watch(app)
            watch.at_start()
            return leading, watch
        except (DBAPIError, OSError) as away:
            reason = getattr(away, "orig", away)
            log.warning("the clock waits and tries again in %d s: %s", pause, reason)
        stop.wait(pause)
        pause = min(2 * pause, LONGEST_WAIT)
    return None


def _looked(watch: Watch) -> rules.Alarm | None:
    try:
        return watch.look()
    except OperationalError as lost:
        log.warning("the clock's state could not be read: %s", lost.orig)
        return None


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


JOBS = [("operations.integrity", dt.timedelta(minutes=10), audit.nightly)]
