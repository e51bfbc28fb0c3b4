"""What the clock process does for notices."""

import datetime as dt

from market.db import in_one_transaction
from market.kernel.actor import CLOCK
from market.selection.notices import service


def forget_discarded() -> None:
    """Delete drafts that were thrown away some days ago."""
    in_one_transaction(service.forget_discarded, CLOCK)


JOBS = [("notices.discarded", dt.timedelta(hours=6), forget_discarded)]
