"""What the clock's process asks: lists to seal."""

from sqlalchemy import select

from market.db import Work
from market.selection.notices.models import Notice
from market.selection.sources.models import Draw
from market.selection.sources.rules.states import DrawState


def to_seal(work: Work) -> list[str]:
    """Numbers of notices whose drain is over and whose list is not sealed."""
    return list(
        work.session.scalars(
            select(Notice.number)
            .join(Draw, Draw.notice_id == Notice.id)
            .where(Draw.state == DrawState.SEALING)
            .order_by(Draw.draw_at, Draw.id)
        )
    )
