"""When a fault falls its cards are corrected without anybody's asking."""

import datetime as dt

from market.cards import service
from market.db import in_one_transaction
from market.kernel.actor import CLOCK


def correct() -> int:
    """Withdraw the cards whose faults have fallen; returns how many."""
    return in_one_transaction(service.correct, CLOCK)


JOBS = [("cards.correct", dt.timedelta(minutes=1), correct)]
