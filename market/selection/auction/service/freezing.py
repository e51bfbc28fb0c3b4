"""A system fault: the auction is frozen at its lowest bid, and goes on after notice. It never begins anew."""

import datetime as dt

from market.db import Work
from market.kernel.clock import epoch, epoch_ms, from_epoch
from market.kernel.errors import Invalid, Refusal
from market.kernel.ids import Prefix, sibling
from market.selection import permissions
from market.selection.auction import rules
from market.selection.auction.events import AuctionFrozen, AuctionResumed
from market.selection.auction.models import Auction, AuctionFreeze
from market.selection.auction.queries import rows as auction_rows
from market.selection.leaves import record_draw
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState, move_notice

STOPPABLE = (NoticeState.AUCTION_READY, NoticeState.AUCTION_RUNNING)


def freeze(work: Work, *, number: str, note: str) -> None:
    """Freeze a running auction at this instant, for a fault that `note` tells in public.

    Refuses `notice.none`, `auction.not_running`.
    """
    permissions.require(work.actor, "auction.freeze")
    notice = auction_rows.auction_notice(work, number, lock=True)
    row = auction_rows.auction_of(work, notice.id, lock=True)
    since = work.now
    if (
        row is None
        or notice.state not in STOPPABLE
        or not row.start_at <= since < row.end_at
        or row.closed_at is not None
    ):
        raise Refusal("auction.not_running")
    put_on_ice(work, notice, row, since=since, reason=rules.FAULT, note=note)


def put_on_ice(
    work: Work,
    notice: Notice,
    row: Auction,
    *,
    since: dt.datetime,
    reason: str,
    note: str = "",
) -> None:
    """Part of `freeze`, and of the clock's watch: nothing received from `since` on counts."""
    last = max(
        (one.bid_at for one in auction_rows.bidders(work, notice.id) if one.bid_at), default=since
    )
    since = max(since, last)
    if notice.state is NoticeState.AUCTION_READY:
        notice.state = move_notice(notice.state, NoticeState.AUCTION_RUNNING)
    notice.state = move_notice(notice.state, NoticeState.AUCTION_FROZEN)
    row.frozen_since = since
    is_clock = reason != rules.FAULT
    work.session.add(
        AuctionFreeze(
            notice_id=notice.id,
            since=since,
            reason=reason,
            note=note.strip(),
            frozen_at=work.now,
            person_id=None if is_clock else work.actor.person_id,
        )
    )
    number = str(notice.number)
    event = AuctionFrozen(
        subject=number,
        at=work.now,
        by=rules.BY_CLOCK if is_clock else rules.BY_OFFICE,
        draw=sibling(number, Prefix.DRAW),
        reason=reason,
        since_ms=epoch_ms(since),
    )
    record_draw(work, event, notice.alg)


def resume(work: Work, *, number: str, start_at: dt.datetime) -> None:
    """Announce when a frozen auction goes on, at least half an hour and at most 15 days from now.

    Refuses `notice.none`, `auction.not_frozen`, `auction.too_soon`, `auction.too_far`.
    """
    permissions.require(work.actor, "auction.freeze")
    notice = auction_rows.auction_notice(work, number, lock=True)
    row = auction_rows.auction_of(work, notice.id, lock=True)
    if row is None or notice.state is not NoticeState.AUCTION_FROZEN:
        raise Refusal("auction.not_frozen")
    start = from_epoch(epoch(start_at))
    if start < work.now + rules.NOTICE:
        raise Invalid("auction.too_soon", field="start_at")
    if start > work.now + rules.RESUMED_WITHIN:
        raise Invalid("auction.too_far", field="start_at")

    terms = auction_rows.terms_of(work, notice)
    auction_rows.keep(row, terms.resumed(auction_rows.state_of(row), epoch_ms(start)))
    notice.state = move_notice(notice.state, NoticeState.AUCTION_READY)
    last = auction_rows.freezes(work, notice.id)[-1]
    last.resumed_at = work.now
    last.resumed_by = work.actor.person_id
    last.start_at = start
    event = AuctionResumed(
        subject=number,
        at=work.now,
        by=rules.BY_OFFICE,
        draw=sibling(number, Prefix.DRAW),
        start=start,
    )
    record_draw(work, event, notice.alg)
