"""What the clock process does for award letters and matters besides their windows."""

import datetime as dt

from market.contracts import service
from market.db import in_one_transaction
from market.kernel.actor import CLOCK


def follow() -> None:
    """Let letters follow the log, batch by batch, until it is read to its end."""
    while in_one_transaction(service.follow, CLOCK) == service.BATCH:
        pass


def adopt() -> None:
    """Let letters from before matters had a clock take up their course, until there is none."""
    for act in (service.adopt, service.adopt_overdue):
        while in_one_transaction(act, CLOCK):
            pass


JOBS = [
    ("contracts.follow", dt.timedelta(seconds=10), follow),
    ("contracts.adopt", dt.timedelta(hours=1), adopt),
]
