"""What the clock does for entries beyond the sweep: seal what has drained. The clock's process alone
holds the sealing key.
"""

import datetime as dt

from flask import current_app

from market.adapters.keys import Keys
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service


def seal_due() -> int:
    """Seal every list whose drain is over; returns how many."""
    due = entry_queries.to_seal(reading(CLOCK))
    if not due:
        return 0
    private = Keys(current_app.config["INSTANCE"]).sealing_private()
    for number in due:
        in_one_transaction(entry_service.seal, CLOCK, number=number, private_key=private)
    return len(due)


JOBS = [("selection.seal", dt.timedelta(seconds=1), seal_due)]
