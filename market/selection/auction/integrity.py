"""Which rows of auctions stand on the log."""

from sqlalchemy import select

from market.ledger.queries.integrity import Held
from market.selection.auction import events as auction_events
from market.selection.auction.models import Auction, AuctionBid, AuctionBidder, AuctionFreeze
from market.selection.notices.models import Notice

AUCTIONS = select(Notice.number).join(Auction, Auction.notice_id == Notice.id)
HELD = (
    Held(
        events=(auction_events.AuctionOpened,),
        rows=AUCTIONS,
        both_ways=False,  # where too few may bid nothing is auctioned; of many it is several leaves
    ),
    Held(
        events=(auction_events.AuctionBidMade,),
        rows=select(Notice.number, AuctionBid.sequence, AuctionBid.no, AuctionBid.amount_fen).join(
            AuctionBid, AuctionBid.notice_id == Notice.id
        ),
        fields=("sequence", "no", "amount"),
    ),
    Held(
        events=(auction_events.AuctionFrozen,),
        rows=select(Notice.number, AuctionFreeze.reason).join(
            AuctionFreeze, AuctionFreeze.notice_id == Notice.id
        ),
        fields=("reason",),
    ),
    Held(
        events=(auction_events.AuctionResumed,),
        rows=select(Notice.number)
        .join(AuctionFreeze, AuctionFreeze.notice_id == Notice.id)
        .where(AuctionFreeze.resumed_at.is_not(None)),
    ),
    Held(
        events=(auction_events.AuctionClosed,),
        rows=AUCTIONS.add_columns(Auction.bids).where(Auction.closed_at.is_not(None)),
        fields=("bids",),
    ),
)
WITHOUT: dict[type, str] = {
    AuctionBidder: "pseudonyms, which stand in a leaf row by row, with the last of the held bids",
}
