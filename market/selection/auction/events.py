"""What happens in an auction, as the log says it: exactly the keys of zjcs-rank/2
(verify/zjcs/leaves_2.py). Instants in milliseconds are those by which bids are judged.
"""

import dataclasses
import datetime as dt

from market.kernel.events import DrawEvent
from market.kernel.plain import Json


@dataclasses.dataclass(frozen=True, kw_only=True)
class AuctionOpened(DrawEvent):
    """Who is admitted, under which pseudonym, and who is not, and why; a long list is several leaves."""

    kind = "auction.opened"
    at: dt.datetime
    draw: str
    admitted: list[Json]
    refused: list[Json]


@dataclasses.dataclass(frozen=True, kw_only=True)
class AuctionBidMade(DrawEvent):
    """A bid that counts. No bidder has signed it (docs/rules.md#rule-18)."""

    kind = "auction.bid"
    amount: int
    at: dt.datetime
    draw: str
    no: int
    received_ms: int
    sequence: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class AuctionFrozen(DrawEvent):
    """A system fault: nothing received from `since_ms` on counts, until it goes on."""

    kind = "auction.frozen"
    at: dt.datetime
    by: str
    draw: str
    reason: str
    since_ms: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class AuctionResumed(DrawEvent):
    """It goes on at `start`, with a fresh countdown."""

    kind = "auction.resumed"
    at: dt.datetime
    by: str
    draw: str
    start: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class AuctionClosed(DrawEvent):
    """No bid counts any more."""

    kind = "auction.closed"
    at: dt.datetime
    bids: int
    draw: str
    end_ms: int
