"""Who has been awarded something here lately: what tells a newcomer from who has a history."""

import datetime as dt

from sqlalchemy import select

from market.db import Work
from market.selection.notices.models import Notice
from market.selection.results.models import Ranking
from market.selection.results.rules.states import RankState

LATELY = dt.timedelta(days=730)
"""24 months."""


def awarded_lately(work: Work) -> set[str]:
    """The platform numbers of all that stand in first place of a result of the last 24 months."""
    return set(
        work.session.scalars(
            select(Ranking.ref)
            .join(Notice, Notice.id == Ranking.notice_id)
            .where(
                Ranking.state.in_((RankState.PROPOSED, RankState.WON)),
                Notice.announced_at >= work.now - LATELY,
            )
        )
    )
