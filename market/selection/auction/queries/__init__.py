"""Reading auctions."""

from market.selection.auction.queries.cards import (
    BidRow,
    Course,
    FreezeRow,
    asked_of,
    course,
    frozen,
    to_begin,
    to_close,
)

__all__ = ["BidRow", "Course", "FreezeRow", "asked_of", "course", "frozen", "to_begin", "to_close"]
