"""Filling the index where it is empty: a database from before it, or one whose rows came by bulk."""

from sqlalchemy import select

from market.db import Work, in_one_transaction
from market.kernel.actor import CLOCK
from market.search import service
from market.search.models import SearchText


def fill() -> None:
    """Make the index of a database that has none yet."""
    in_one_transaction(_fill, CLOCK)


def _fill(work: Work) -> None:
    if work.session.scalar(select(SearchText.id).limit(1)) is None:
        service.rebuild(work)
