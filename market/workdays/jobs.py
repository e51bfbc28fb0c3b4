"""What the clock process does for the calendar."""

import datetime as dt

from market.db import in_one_transaction
from market.kernel.actor import CLOCK
from market.workdays import service


def note_missing_year() -> None:
    """Look every hour whether next year's arrangement should have come; running it twice changes
    nothing.
    """
    in_one_transaction(service.note_missing_year, CLOCK)


JOBS = [("workdays.note_missing_year", dt.timedelta(hours=1), note_missing_year)]
