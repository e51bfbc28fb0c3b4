"""What the clock process does for complaints besides their windows."""

import datetime as dt

from market.complaints import service
from market.db import in_one_transaction
from market.kernel.actor import CLOCK


def open_filing() -> None:
    """Open windows of filing from the log, batch by batch, until it is read to its end."""
    while in_one_transaction(service.open_filing, CLOCK) == service.FILING_BATCH:
        pass


def forget_discarded() -> None:
    """Delete drafts that were thrown away some days ago."""
    in_one_transaction(service.forget_discarded, CLOCK)


JOBS = [
    ("complaints.discarded", dt.timedelta(hours=6), forget_discarded),
    ("complaints.open_filing", dt.timedelta(seconds=10), open_filing),
]
