"""The course of a notice's lot: its list is being sealed, it waits for its values, or is not drawn."""

from market.db import Work
from market.kernel.ids import Prefix, sibling
from market.selection.entries.service.failing import fail
from market.selection.kinds import Failure
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.sources.queries import rows as source_rows
from market.selection.sources.rules.states import DrawState, move_draw
from market.selection.way import SealedList


def drained(work: Work, number: str) -> None:
    """The list is being sealed: the page of the draw says so."""
    draw = source_rows.draw_by_number(work, sibling(number, Prefix.DRAW), lock=True)
    draw.state = move_draw(draw.state, DrawState.SEALING)


def sealed(work: Work, of: SealedList) -> None:
    """Bind the draw to the list; it waits for its slot, or is over where too few are on the list."""
    draw = source_rows.draw_by_number(work, sibling(of.number, Prefix.DRAW), lock=True)
    if draw.state is DrawState.SCHEDULED:  # sealed before the sweep came to it
        draw.state = move_draw(draw.state, DrawState.SEALING)
    draw.seal_leaf = of.leaf
    draw.sealed_at = work.now
    draw.entrants = of.listed
    goes_on = of.failure is None
    draw.state = move_draw(draw.state, DrawState.WAITING_SLOT if goes_on else DrawState.TOO_FEW)


def waiting(work: Work, number: str) -> None:
    """The promised instant has come: the notice waits for the values."""
    notice = notice_rows.by_number(work, number, lock=True)
    notice.state = move_notice(notice.state, NoticeState.WAITING_VALUE)


def aborted(work: Work, number: str, failure: Failure) -> None:
    """A value was known, or a source lost, before the list was sealed: it is not drawn, it is
    listed again (docs/rules.md#decision-13).
    """
    notice = notice_rows.by_number(work, number, lock=True)
    draw = source_rows.draw_of(work, notice.id)
    fail(work, notice, failure, listed=draw.entrants or 0, least=0)
