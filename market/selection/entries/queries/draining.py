"""Whether a close is near, and who still holds forms from before one."""

import datetime as dt

from sqlalchemy import and_, or_, select

from market.db import Work
from market.selection.entries.models import WebProcess
from market.selection.entries.rules import draining
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState

BIDDING = (NoticeState.AUCTION_READY, NoticeState.AUCTION_RUNNING)


def is_close_near(work: Work) -> bool:
    """Whether some open notice closes soon, or has closed and is not sealed, or bids are made."""
    found = work.session.scalar(
        select(Notice.id)
        .where(
            or_(
                and_(
                    Notice.state == NoticeState.ENTRY_OPEN,
                    Notice.entry_close <= work.now + draining.NEAR,
                ),
                Notice.state.in_(BIDDING),
            )
        )
        .limit(1)
    )
    return found is not None


def is_bidding(work: Work) -> bool:
    """Whether some auction is ready or runs."""
    found = work.session.scalar(select(Notice.id).where(Notice.state.in_(BIDDING)).limit(1))
    return found is not None


def holding(work: Work, close: dt.datetime) -> int:
    """How many web processes may still hold a form from before a close."""
    rows = work.session.execute(select(WebProcess.beat_at, WebProcess.low_water))
    return sum(draining.holds(close, work.now, *row) for row in rows)


def lives(work: Work) -> list[tuple[dt.datetime, dt.datetime]]:
    """From when and until when each web process is known to have been there; none of a process that
    serves alone.
    """
    rows = work.session.execute(select(WebProcess.began_at, WebProcess.beat_at))
    return [(began, beat) for began, beat in rows]
