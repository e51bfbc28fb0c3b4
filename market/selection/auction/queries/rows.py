"""Rows of auctions, found and locked. Other rooms get cards, never rows."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from market.db import Work, under_lock
from market.kernel.clock import epoch_ms, from_epoch_ms
from market.kernel.errors import NotFound
from market.rulebook import queries as rulebooks
from market.selection.auction import rules
from market.selection.auction.models import Auction, AuctionBid, AuctionBidder, AuctionFreeze
from market.selection.entries.models import Entry
from market.selection.entries.rules import draining
from market.selection.notices.models import Notice
from market.selection.notices.queries import case
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import NoticeState
from market.selection.notices.rules.terms import fixed
from verify.zjcs import bidding
from verify.zjcs.bidding import Own, State, Terms

UNDER_WAY = (NoticeState.AUCTION_READY, NoticeState.AUCTION_RUNNING, NoticeState.AUCTION_FROZEN)


def auction_notice(work: Work, number: str, *, lock: bool = False) -> Notice:
    """The row of a notice that is auctioned. Refuses `notice.none`."""
    notice = notice_rows.by_number(work, number, lock=lock)
    if notice.method not in rules.METHODS:
        raise NotFound("notice.none")
    return notice


def auction_of(work: Work, notice_id: int, *, lock: bool = False) -> Auction | None:
    """How far a notice's auction is; None before its entries were admitted."""
    asked = select(Auction).where(Auction.notice_id == notice_id)
    return work.session.scalar(under_lock(asked) if lock else asked)


def terms_of(work: Work, notice: Notice) -> Terms:
    """What the notice promises of its auction."""
    return bidding.terms_of(said_of(work, notice))


def said_of(work: Work, notice: Notice) -> dict[str, int]:
    """The same as the notice's leaf says it."""
    asked = rules.read(notice.way or {})
    if asked is None:
        raise ValueError("a published notice has its terms")
    rulebook = rulebooks.version(work, notice.rulebook)
    close = fixed(notice.entry_close)
    return rules.promised(asked, notice.method, rulebook, close, notice.ceiling_fen or 0)


def held_most(work: Work, notice: Notice) -> int:
    """How many seconds a bid may have been in hand, at the most (`drain_max` of the notice's leaf)."""
    rulebook = rulebooks.version(work, notice.rulebook)
    longest = draining.longest(case.drain(rulebook), case.gap(rulebook))
    return int(longest.total_seconds())


def state_of(row: Auction) -> State:
    """How far it is, as the rules of bidding take it."""
    frozen = None if row.frozen_since is None else epoch_ms(row.frozen_since)
    times = (epoch_ms(row.start_at), epoch_ms(row.end_at), epoch_ms(row.hard_stop_at))
    return State(*times, row.low_fen, frozen, row.done)


def keep(row: Auction, state: State) -> None:
    """Write down how far it is."""
    row.start_at = from_epoch_ms(state.start)
    row.end_at = from_epoch_ms(state.end)
    row.hard_stop_at = from_epoch_ms(state.hard_stop)
    row.low_fen = state.low
    row.frozen_since = None if state.frozen_at is None else from_epoch_ms(state.frozen_at)
    row.done = state.done


def bidders(work: Work, notice_id: int) -> Sequence[AuctionBidder]:
    """Everybody who may bid, by entry number."""
    return work.session.scalars(
        select(AuctionBidder).where(AuctionBidder.notice_id == notice_id).order_by(AuctionBidder.no)
    ).all()


def bidder(work: Work, notice_id: int, agency_id: int | None) -> AuctionBidder | None:
    """Who bids for an agency; None where it was not admitted."""
    return work.session.scalar(
        select(AuctionBidder)
        .join(Entry, Entry.id == AuctionBidder.entry_id)
        .where(AuctionBidder.notice_id == notice_id, Entry.agency_id == agency_id)
    )


def own_of(row: AuctionBidder | None) -> Own | None:
    """A bidder's last bid, as the rules take it."""
    if row is None or row.amount_fen is None or row.bid_at is None:
        return None
    return Own(row.amount_fen, epoch_ms(row.bid_at))


def bids(work: Work, notice_id: int, limit: int | None = None) -> Sequence[AuctionBid]:
    """The bids that count, newest first."""
    return work.session.scalars(
        select(AuctionBid)
        .where(AuctionBid.notice_id == notice_id)
        .order_by(AuctionBid.sequence.desc())
        .limit(limit)
    ).all()


def sent_before(work: Work, submission_key: str) -> AuctionBid | None:
    """The bid that a form made."""
    return work.session.scalar(
        select(AuctionBid).where(AuctionBid.submission_key == submission_key)
    )


def freezes(work: Work, notice_id: int) -> Sequence[AuctionFreeze]:
    """The freezes of an auction, in order."""
    return work.session.scalars(
        select(AuctionFreeze).where(AuctionFreeze.notice_id == notice_id).order_by(AuctionFreeze.id)
    ).all()


def under_way(work: Work, *states: NoticeState) -> list[tuple[str, dt.datetime, dt.datetime]]:
    """(number, start, end) of the auctions in these states."""
    found = work.session.execute(
        select(Notice.number, Auction.start_at, Auction.end_at)
        .join(Auction, Auction.notice_id == Notice.id)
        .where(Notice.state.in_(states))
        .order_by(Auction.end_at, Notice.id)
    )
    return [(str(number), start, end) for number, start, end in found]
