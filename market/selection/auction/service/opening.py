"""The entries are closed: who may bid, under which pseudonym, and who may not."""

from market.db import Work
from market.kernel.entropy import Entropy
from market.kernel.ids import Prefix, sibling
from market.selection.auction import rules
from market.selection.auction.events import AuctionOpened
from market.selection.auction.models import Auction, AuctionBidder
from market.selection.auction.queries import rows as auction_rows
from market.selection.auction.service import freezing
from market.selection.leaves import record_draw
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.way import Admission
from verify.zjcs import draw as protocol


def admitted(work: Work, of: Admission) -> None:
    """Put on the log who may bid and who may not; the auction waits for its start, unless too few may. Where
    the start has passed already it is frozen from its start on.
    """
    notice = auction_rows.auction_notice(work, of.number, lock=True)
    names = dict(zip(of.admitted, pseudonyms(len(of.admitted), work.entropy), strict=True))
    together = [("admitted", {"no": no, "pseudonym": names[no]}) for no in sorted(of.admitted)]
    together += [("refused", {"no": no, "reason": why}) for no, why in sorted(of.refused.items())]
    for here in protocol.in_parts(together) or [[]]:
        event = AuctionOpened(
            subject=of.number,
            at=work.now,
            draw=sibling(of.number, Prefix.DRAW),
            admitted=[row for kind, row in here if kind == "admitted"],
            refused=[row for kind, row in here if kind == "refused"],
        )
        record_draw(work, event, notice.alg)
    if not of.goes_on:
        return
    notice.state = move_notice(notice.state, NoticeState.AUCTION_READY)
    refused = {str(no): why for no, why in of.refused.items()}
    auction = Auction(notice_id=notice.id, bids=0, refused=refused, opened_at=work.now)
    auction_rows.keep(auction, auction_rows.terms_of(work, notice).begins())
    work.session.add(auction)
    work.session.add_all(
        AuctionBidder(notice_id=notice.id, no=no, entry_id=entry_id, pseudonym=names[no])
        for no, entry_id in of.admitted.items()
    )
    if work.now >= auction.start_at:  # nobody could have bid meanwhile
        since = auction.start_at
        freezing.put_on_ice(work, notice, auction, since=since, reason=rules.OPENED_LATE)


def pseudonyms(count: int, entropy: Entropy) -> list[str]:
    """p1 to pN in an order that chance gives: the number of an entry says nothing of its pseudonym."""
    drawn = sorted(range(count), key=lambda _: entropy(16))
    return [f"p{place + 1}" for place in drawn]
