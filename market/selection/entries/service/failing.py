"""How a selection fails (选取失败)."""

from market.db import Work
from market.ledger.service import record
from market.selection.kinds import Failure
from market.selection.notices.events import SelectionFailed
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.way import way_of


def fail(work: Work, notice: Notice, failure: Failure, *, listed: int, least: int) -> None:
    """Publish that a selection has failed (选取失败), with its reason; nobody is selected."""
    notice.state = move_notice(notice.state, NoticeState.FAILED)
    notice.failure = failure.value
    notice.announced_at = work.now
    way_of(notice.method).clock(work, str(notice.number), None)
    record(
        work,
        SelectionFailed(
            subject=str(notice.number),
            reason=failure.value,
            received=notice.entries_live,
            listed=listed,
            least=least,
        ),
    )
