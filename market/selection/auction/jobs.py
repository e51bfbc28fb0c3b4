"""What the clock does for auctions: begin, watch, close. Its process alone holds the key that opens who
entered.
"""

import datetime as dt
import logging

from flask import current_app

from market.adapters.keys import Keys
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.selection.auction import queries as auction_queries
from market.selection.auction import service as auction_service

log = logging.getLogger(__name__)


def run_auctions() -> int:
    """Begin what is to begin, close what is over; returns how many."""
    done = 0
    for number in auction_queries.to_begin(reading(CLOCK)):
        done += in_one_transaction(auction_service.begin, CLOCK, number=number)
    due = auction_queries.to_close(reading(CLOCK))
    private = Keys(current_app.config["INSTANCE"]).sealing_private() if due else b""
    for number in due:
        try:
            in_one_transaction(auction_service.close, CLOCK, number=number, private_key=private)
            done += 1
        except Refusal as early:  # a web process may still hold a bid
            log.info("the auction of %s waits: %s", number, early)
    return done


JOBS = [("selection.auctions", dt.timedelta(seconds=1), run_auctions)]
