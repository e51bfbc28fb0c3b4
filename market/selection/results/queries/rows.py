"""The order, found. Other rooms get cards, never rows."""

from collections.abc import Sequence

from sqlalchemy import select

from market.db import Work
from market.selection.results.models import Ranking


def ranks(work: Work, notice_id: int) -> Sequence[Ranking]:
    """The order of a notice."""
    return work.session.scalars(
        select(Ranking).where(Ranking.notice_id == notice_id).order_by(Ranking.rank)
    ).all()
