"""What the clock does for scored selections: open the quotes of closed sheets, empty seats of who is barred."""

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
            _open(number)
            opened += 1
        except Refusal as early:
            log.info("the quotes of %s wait: %s", number, early)
    return opened


def _open(number: str) -> None:
    asked = entry_queries.to_open(reading(CLOCK), number, PART_B)
    documents = entry_service.open_documents(asked, current_app.instance_path)
    try:
        in_one_transaction(scored_service.open_quotes, CLOCK, number=number, documents=documents)
    finally:
        entry_service.forget_unknown(reading(CLOCK), documents, current_app.instance_path)


def bar_gone() -> int:
    """Empty the seats of drawn experts who have left the pool or are suspended; returns how many."""
    numbers = scored_queries.with_barred(reading(CLOCK))
    return sum(
        in_one_transaction(scored_service.bar_gone, CLOCK, number=number) for number in numbers
    )


JOBS = [
    ("selection.scored", dt.timedelta(seconds=1), open_closed),
    ("selection.barred", dt.timedelta(seconds=5), bar_gone),
]
