"""A bid: judged by the instant of its receipt, in the order of the log."""

from market.db import Work
from market.kernel.clock import epoch, epoch_ms
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.money import Amount
from market.selection import permissions
from market.selection.auction.events import AuctionBidMade
from market.selection.auction.models import Auction, AuctionBid, AuctionBidder
from market.selection.auction.queries import rows as auction_rows
from market.selection.leaves import record_draw
from market.selection.notices.models import Notice
from market.submissions import sent
from verify.zjcs.auction import Bid
from verify.zjcs.bidding import MS, Terms

MONEY = frozenset({"STEP", "ABOVE_CEILING", "BELOW_FLOOR"})
"""Refusals of the amount, which name its field."""


def bid(work: Work, *, number: str, amount_fen: int, submission_key: str | None = None) -> int:
    """Bid an amount (fen) as the agent of an admitted agency; returns the bid's place. The same form sent
    twice counts once.

    Refuses `notice.none`, `auction.not_admitted`, `auction.early`, `auction.late`, `auction.frozen`,
    `auction.break`, `auction.once`, `auction.step`, `auction.above_ceiling`, `auction.below_floor`,
    `auction.not_open`, `auction.waited`.
    """
    permissions.require(work.actor, "auction.bid")
    notice = auction_rows.auction_notice(work, number)
    once = sent(work, submission_key, f"auction.bid {number}", amount_fen)
    if once.again and (before := auction_rows.sent_before(work, once.key)):
        return before.sequence
    row = auction_rows.auction_of(work, notice.id, lock=True)
    bidder = auction_rows.bidder(work, notice.id, work.actor.organisation_id)
    if row is None:
        raise Refusal("auction.not_open")
    if bidder is None:
        raise NotFound("auction.not_admitted")
    terms = auction_rows.terms_of(work, notice)
    made = Bid(epoch_ms(work.received_at), str(bidder.no), amount_fen)
    check(terms, row, bidder, made)
    # What verifiers refuse is refused first: one such bid on the log would void all of it.
    if epoch(work.now) - made.at // MS > auction_rows.held_most(work, notice):
        raise Refusal("auction.waited")

    auction_rows.keep(row, terms.taken(auction_rows.state_of(row), made))
    row.bids += 1
    bidder.amount_fen = amount_fen
    bidder.bid_at = work.received_at
    _keep(work, row, bidder, once.key)
    _record(work, notice, row, made)
    return row.bids


def _keep(work: Work, row: Auction, bidder: AuctionBidder, key: str) -> None:
    work.session.add(
        AuctionBid(
            notice_id=row.notice_id,
            sequence=row.bids,
            no=bidder.no,
            amount_fen=bidder.amount_fen,
            received_at=work.received_at,
            made_at=work.now,
            made_by=work.actor.person_id,
            submission_key=key,
        )
    )


def check(terms: Terms, row: Auction, bidder: AuctionBidder, made: Bid) -> None:
    """Refuse a bid that does not count, and say how low it must be where that is why."""
    if row.closed_at is not None:
        raise Refusal("auction.late")
    state = auction_rows.state_of(row)
    own = auction_rows.own_of(bidder)
    code = terms.refusal(state, made, own)
    if code in MONEY:
        most = terms.ceiling_now(state, own) or 0
        bounds = {"most": Amount(most), "floor": Amount(terms.floor or 0)}
        raise Invalid(f"auction.{code.lower()}", field="amount_fen", **bounds)
    if code is not None:
        raise Refusal(f"auction.{code.lower()}")


def _record(work: Work, notice: Notice, row: Auction, made: Bid) -> None:
    number = str(notice.number)
    event = AuctionBidMade(
        subject=number,
        amount=made.amount,
        at=work.now,
        draw=sibling(number, Prefix.DRAW),
        no=int(made.ref),
        received_ms=made.at,
        sequence=row.bids,
    )
    record_draw(work, event, notice.alg)
