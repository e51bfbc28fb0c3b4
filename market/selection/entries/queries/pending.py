"""What the clock's process asks: lists to seal."""

from sqlalchemy import select

from market.db import Work
from market.selection.entries.queries import keys as key_queries
from market.selection.notices.models import Notice
from market.selection.notices.rules import SEAL
from market.selection.notices.rules.states import NoticeState
from market.windows import queries as windows_queries


def to_seal(work: Work) -> list[str]:
    """Numbers of notices whose drain is over and whose list is not sealed, the first result first.

    Over it is when the sweep has met the window of the seal.
    """
    closed = work.session.scalars(
        select(Notice.number)
        .where(Notice.state == NoticeState.ENTRY_OPEN, Notice.entry_close <= work.now)
        .order_by(Notice.draw_at, Notice.id)
    )
    return [
        number for number in closed if number and windows_queries.live(work, SEAL, number) is None
    ]


def awaiting_later(work: Work) -> list[str]:
    """Numbers of the notices whose sheets are closed and whose quotes wait for a key."""
    scored = work.session.scalars(
        select(Notice.number).where(Notice.state == NoticeState.SCORING).order_by(Notice.id)
    )
    return [number for number in scored if number and key_queries.awaited_keys(work, number)]
