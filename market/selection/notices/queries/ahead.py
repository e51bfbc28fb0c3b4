"""Which numbers the next notices will have: their quote keys are prepared before they are published."""

from sqlalchemy import select

from market.db import Sequence, Work
from market.kernel import ids
from market.kernel.clock import CHINA
from market.kernel.ids import Prefix
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState

COMING = (NoticeState.SUBMITTED, NoticeState.AWAITING_SIGNATURE)


def numbers_ahead(work: Work, many: int) -> list[str]:
    """The next `many` numbers of this year, and those of the next listings that wait for publication."""
    year = work.now.astimezone(CHINA).year
    key = f"{Prefix.NOTICE}-{work.division}-{year}"
    given = work.session.scalar(select(Sequence.value).where(Sequence.key == key)) or 0
    fresh = [
        ids.number(Prefix.NOTICE, work.division, year, given + step) for step in range(1, many + 1)
    ]
    before = work.session.scalars(
        select(Notice.predecessor).where(
            Notice.number.is_(None), Notice.predecessor.is_not(None), Notice.state.in_(COMING)
        )
    )
    return [*fresh, *(ids.relisted(number) for number in before if number)]
