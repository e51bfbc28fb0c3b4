"""The course by the clock: an auction begins, and is closed once nobody can hold a bid any more."""

import datetime as dt

from market.db import Work
from market.kernel.clock import epoch_ms
from market.kernel.errors import Refusal
from market.kernel.ids import Prefix, sibling
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.selection import permissions
from market.selection.auction import rules
from market.selection.auction.events import AuctionClosed
from market.selection.auction.models import Auction
from market.selection.auction.queries import rows as auction_rows
from market.selection.auction.service import freezing
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries.events import DrainCut
from market.selection.leaves import record_draw
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState, move_notice


def begin(work: Work, *, number: str) -> bool:
    """The start has come; begun twice is begun once."""
    permissions.require(work.actor, "selection.clock")
    notice = auction_rows.auction_notice(work, number, lock=True)
    row = auction_rows.auction_of(work, notice.id, lock=True)
    if row is None or notice.state is not NoticeState.AUCTION_READY or work.now < row.start_at:
        return False
    notice.state = move_notice(notice.state, NoticeState.AUCTION_RUNNING)
    return True


def close(work: Work, *, number: str, private_key: bytes) -> NoticeState:
    """Close an auction whose end and drain are over, name who bid, and seal the list; closed twice is
    closed once. `private_key` opens who entered. Where no process is there to take a bid, or was before the
    end, it is frozen instead.

    Refuses `auction.not_over`. Returns the notice's state.
    """
    permissions.require(work.actor, "selection.clock")
    notice = auction_rows.auction_notice(work, number, lock=True)
    row = auction_rows.auction_of(work, notice.id, lock=True)
    if row is None or notice.state is not NoticeState.AUCTION_RUNNING:
        return notice.state
    if (since := unattended(work, row)) is not None:
        freezing.put_on_ice(work, notice, row, since=since, reason=rules.NO_PROCESS)
        return notice.state
    _wait(work, notice, row)
    row.closed_at = work.now
    event = AuctionClosed(
        subject=number,
        at=work.now,
        bids=row.bids,
        draw=sibling(number, Prefix.DRAW),
        end_ms=epoch_ms(row.end_at),
    )
    record_draw(work, event, notice.alg)
    last = {each.no: each.amount_fen for each in auction_rows.bidders(work, notice.id)}
    silent = {no: rules.NO_BID for no, amount in last.items() if amount is None}
    return entry_service.seal_bidders(
        work,
        notice=notice,
        private_key=private_key,
        amounts={no: amount for no, amount in last.items() if amount is not None},
        left_out={**silent, **{int(no): why for no, why in row.refused.items()}},
    )


def unattended(work: Work, row: Auction) -> dt.datetime | None:
    """Since when no process could take a bid, where that was so before the end and for so long that all
    count as dead; None where one lives, or none has ever spoken. Who came after the end took none.
    """
    lives = entry_queries.lives(work)
    spoke = max((beat for began, beat in lives if began < row.end_at), default=row.start_at)
    if not lives or spoke >= row.end_at or work.now - spoke < rules.PATIENCE:
        return None
    return max(spoke, row.start_at)


def _wait(work: Work, notice: Notice, row: Auction) -> None:
    """Refuse `auction.not_over` before the end and the drain, and while a process may hold a bid from
    before the end; after a bounded time it is closed all the same, which the log says.
    """
    rulebook = rulebooks.version(work, notice.rulebook)
    drain = dt.timedelta(seconds=int(rulebook.auction_drain_seconds))
    # The log's instants are whole seconds: none may lie before the drain's end.
    if work.now < row.end_at + drain + dt.timedelta(seconds=1):
        raise Refusal("auction.not_over")
    held = entry_queries.holding(work, row.end_at)
    if not held:
        return
    if work.now < row.end_at + rules.HELD_MOST:
        raise Refusal("auction.not_over")
    record(work, DrainCut(subject=str(notice.number), count=held))
