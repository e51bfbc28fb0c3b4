"""Finished steps follow the log."""

import datetime as dt

from market.db import in_one_transaction
from market.kernel.actor import CLOCK
from market.ratings import service


def follow() -> None:
    """Read the log to its end, batch by batch."""
    while in_one_transaction(service.follow, CLOCK) == service.BATCH:
        pass


JOBS = [("ratings.follow", dt.timedelta(seconds=10), follow)]
