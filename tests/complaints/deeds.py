"""Short hands for acting on a complaint and for reading what came of it."""

import datetime as dt
import threading

from market.complaints import queries
from market.db import db, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.ledger import queries as ledger
from market.windows import jobs as windows_jobs
from market.windows import queries as windows
from tests.factories.deeds import do


def card(number: str):
    return queries.by_key(reading(CLOCK), number)


def kinds(subject: str) -> list[str]:
    """The types of the log's entries about a subject, oldest first."""
    return [entry.type for entry in ledger.of_subject(reading(CLOCK), subject)]


def live(number: str, kind) -> windows.Due | None:
    return windows.live(reading(CLOCK), kind, number)


def due_of(number: str, kind) -> dt.datetime:
    due = live(number, kind)
    assert due is not None
    return due.due_at


def sweep_at(clock, instant: dt.datetime, times: int = 1) -> None:
    clock.instant = instant
    for _ in range(times):
        windows_jobs.sweep()


def race(app, *runs) -> None:
    """Let several people act on one complaint at the same instant; only refusals are expected
    besides success.
    """
    start = threading.Barrier(len(runs))
    faults = []

    def one(act, who, number: str) -> None:
        with app.app_context():
            start.wait(timeout=30)
            try:
                do(act, who, number=number)
            except Refusal:
                pass
            except Exception as fault:  # noqa: BLE001 - told to the test's own thread
                faults.append(fault)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=one, args=run) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not faults, faults
