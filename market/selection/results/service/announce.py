"""Publishing a result (中选公告)."""

from market.db import Work
from market.kernel.ids import Prefix, sibling
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.selection.entries.models import Entry
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.results.events import ResultPublished
from market.selection.results.rules import STANDSTILL
from market.selection.sources.models import Draw
from market.windows import service as windows


def announce(work: Work, notice: Notice, draw: Draw, entry: Entry, rank: int) -> None:
    """Publish the 中选公告 for a rank and open its standstill of the rulebook's days (3 working
    days, seed 003).
    """
    notice.state = move_notice(notice.state, NoticeState.ANNOUNCED)
    notice.announced_at = work.now
    number = str(notice.number)
    record(
        work,
        ResultPublished(
            subject=number,
            number=sibling(number, Prefix.RESULT),
            winner=entry.ref,
            rank=rank,
            amount_fen=entry.quote_fen or 0,
            entrants=draw.entrants or 0,
        ),
    )
    rulebook = rulebooks.version(work, notice.rulebook)
    windows.open_counted(
        work,
        STANDSTILL,
        subject=number,
        span=rulebook.window("publicity_days"),
        rulebook=rulebook.version,
    )
