"""Publishing a result (中选公告): the order that a way has found, and each rank that follows."""

import dataclasses
from collections.abc import Sequence

from market.db import Work
from market.kernel.ids import Prefix, sibling
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.selection.entries.models import Entry
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.results.events import ResultPublished
from market.selection.results.models import Ranking
from market.selection.results.rules import STANDSTILL, succession
from market.selection.sources.models import Draw
from market.windows import service as windows


@dataclasses.dataclass(frozen=True, kw_only=True)
class Ranked:
    """One place of a fresh order, with what decided it (of a random draw the ticket, hex)."""

    entry: Entry
    ticket: str


def publish_order(work: Work, notice: Notice, draw: Draw, order: Sequence[Ranked]) -> None:
    """Keep the order that a way has found, and announce its first rank. Every way ends here."""
    work.session.add_all(
        Ranking(
            draw_id=draw.id,
            rank=rank,
            entry_id=each.entry.id,
            ref=each.entry.ref,
            ticket=each.ticket,
            state=succession.standing_of(rank, draw.winners, draw.reserves),
        )
        for rank, each in enumerate(order, 1)
    )
    announce(work, notice, draw, order[0].entry, 1)


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
