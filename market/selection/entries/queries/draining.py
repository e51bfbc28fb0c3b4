"""Whether a close is near, and who still holds forms from before one."""

import datetime as dt

from sqlalchemy import select

from market.db import Work
from market.selection.entries.models import WebProcess
from market.selection.entries.rules import draining
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState


def is_close_near(work: Work) -> bool:
    """Whether some open notice closes soon, or has closed and is not sealed."""
    found = work.session.scalar(
        select(Notice.id)
        .where(
            Notice.state == NoticeState.ENTRY_OPEN,
            Notice.entry_close <= work.now + draining.NEAR,
        )
        .limit(1)
    )
    return found is not None


def holding(work: Work, close: dt.datetime) -> int:
    """How many web processes may still hold a form from before a close."""
    rows = work.session.execute(select(WebProcess.beat_at, WebProcess.low_water))
    return sum(draining.holds(close, work.now, *row) for row in rows)
