"""Publishing a result (中选公告): the order that a way has found, and each rank that follows."""

from collections.abc import Sequence

from market.db import Work
from market.kernel.ids import Prefix, sibling
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.selection.entries.models import Entry
from market.selection.entries.queries import rows as entry_rows
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.results.events import ResultPublished
from market.selection.results.models import Ranking
from market.selection.results.rules import STANDSTILL, succession
from market.selection.way import Ranked
from market.windows import service as windows


def publish_order(
    work: Work, number: str, order: Sequence[Ranked], *, winners: int, reserves: int
) -> None:
    """Keep the order that a way has found, and announce its first rank. Every way ends here."""
    notice = notice_rows.by_number(work, number, lock=True)
    ranks = [
        Ranking(
            notice_id=notice.id,
            rank=rank,
            draw_id=each.draw_id,
            entry_id=each.entry_id,
            ref=each.ref,
            ticket=each.ticket,
            state=succession.standing_of(rank, winners, reserves),
        )
        for rank, each in enumerate(order, 1)
    ]
    work.session.add_all(ranks)
    announce(work, notice, ranks[0])


def announce(work: Work, notice: Notice, place: Ranking) -> None:
    """Publish the 中选公告 for a rank and open its standstill of the rulebook's days (3 working
    days, seed 003).
    """
    notice.state = move_notice(notice.state, NoticeState.ANNOUNCED)
    notice.announced_at = work.now
    number = str(notice.number)
    entry = work.session.get_one(Entry, place.entry_id)
    record(
        work,
        ResultPublished(
            subject=number,
            number=sibling(number, Prefix.RESULT),
            winner=place.ref,
            rank=place.rank,
            amount_fen=entry.quote_fen or 0,
            entrants=entry_rows.listed(work, notice.id),
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
