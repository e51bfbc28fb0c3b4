"""The clock process: APScheduler ticks, deadlines are rows (time.md section 4). Several may run; effects are exactly once.

In-memory job store (a shared one runs jobs several times), coalesced, one instance of each job, and no misfire limit:
the default of one second deletes a job that fell due while the process was down.
"""
import datetime as dt
import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from market.db import in_one_transaction
from market.kernel.actor import CLOCK
from market.operations import service

log = logging.getLogger(__name__)
Job = tuple[str, dt.timedelta, Callable[[], object]]


def run_once(app: Flask, name: str, job: Callable[[], object]) -> None:
    """Run one job in a context of its own and note it; a job that fails is tried again at its next tick."""
    trouble = None
    with app.app_context():
        try:
            job()
        except Exception as fault:  # the clock must go on: the heartbeat and /healthz carry the trouble
            log.exception("job %s failed", name)
            trouble = type(fault).__name__
        in_one_transaction(service.beat, CLOCK, job=name, trouble=trouble)


def run(app: Flask, jobs: list[Job]) -> None:
    """Catch up, then tick until SIGTERM or SIGINT."""
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(4)},
                                    job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
                                    timezone=dt.UTC)
    for name, interval, job in jobs:
        scheduler.add_job(run_once, "interval", (app, name, job), seconds=interval.total_seconds(), id=name,
                          next_run_time=app.extensions["clock"].now())
    scheduler.start()
    stop.wait()
    scheduler.shutdown(wait=True)
