"""What the clock process does for agencies besides their windows."""

import datetime as dt

from market.agencies import service
from market.db import in_one_transaction
from market.kernel.actor import CLOCK


def announce_endings() -> None:
    """Announce certificates that end soon, batch by batch."""
    last: int | None = 0
    while last is not None:
        last = in_one_transaction(service.announce_endings, CLOCK, after=last)


JOBS = [("agencies.endings", dt.timedelta(hours=1), announce_endings)]
