"""What the clock does for entries beyond the sweep: seal what has drained. The clock's process alone
holds the sealing key.
"""

import contextlib
import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterator

from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError

from market.adapters.keys import Keys
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.clock import from_epoch_ms
from market.kernel.entropy import system_entropy
from market.kernel.errors import Refusal
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service

log = logging.getLogger(__name__)
EVERY = 1.0  # seconds between two reports


def seal_due() -> int:
    """Seal every list whose drain is over; returns how many."""
    due = entry_queries.to_seal(reading(CLOCK))
    if not due:
        return 0
    private = Keys(current_app.config["INSTANCE"]).sealing_private()
    sealed = 0
    for number in due:
        try:
            in_one_transaction(entry_service.seal, CLOCK, number=number, private_key=private)
            sealed += 1
        except Refusal as early:  # a web process still holds forms from before the close
            log.info("the list of %s waits: %s", number, early)
    return sealed


def begin_reporting(app: Flask, lowest: Callable[[], int]) -> Callable[[], None]:
    """In a web process: say once a second what it still holds while a close is near, by a thread.

    `lowest` gives the instant (nanoseconds since 1970) before which nothing is unanswered in this
    process. Returns what is to be called when the process has answered everything and ends.
    """
    process = system_entropy(8).hex()
    ended = threading.Event()

    def tell() -> None:
        while not ended.wait(EVERY):
            with app.app_context(), suppress_lost_database():
                if entry_queries.is_close_near(reading(CLOCK)):
                    low_water = from_epoch_ms(lowest() // 10**6)
                    in_one_transaction(
                        entry_service.report, CLOCK, process=process, low_water=low_water
                    )

    def leave() -> None:
        ended.set()
        teller.join(timeout=5)
        with app.app_context(), suppress_lost_database():
            in_one_transaction(entry_service.leave, CLOCK, process=process)

    teller = threading.Thread(target=tell, name="low water", daemon=True)
    teller.start()
    return leave


@contextlib.contextmanager
def suppress_lost_database() -> Iterator[None]:
    """A database that is away is asked again in a second."""
    try:
        yield
    except DBAPIError as lost:
        log.warning("what this process holds could not be told: %s", lost.orig)


JOBS = [("selection.seal", dt.timedelta(seconds=1), seal_due)]
