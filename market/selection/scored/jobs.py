"""What the clock does for scored selections: open the quotes of closed sheets."""

import datetime as dt
import logging

from flask import current_app

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries.queries.uploads import PART_B
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service

log = logging.getLogger(__name__)


def open_closed() -> int:
    """Open the quotes of every selection whose sheets are closed and whose keys are there; returns how
    many.
    """
    opened = 0
    for number in scored_queries.to_open(reading(CLOCK)):
        try:
            asked = entry_queries.to_open(reading(CLOCK), number, PART_B)
            documents = entry_service.open_documents(asked, current_app.instance_path)
            in_one_transaction(
                scored_service.open_quotes, CLOCK, number=number, documents=documents
            )
            opened += 1
        except Refusal as early:
            log.info("the quotes of %s wait: %s", number, early)
    return opened


JOBS = [("selection.scored", dt.timedelta(seconds=1), open_closed)]
