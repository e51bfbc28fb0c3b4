"""Pages of auctions: the terms of a draft, the live page, the office's deeds."""

from market.selection.auction.views import drafting, live
from market.selection.pages import bp

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "drafting", "live"]
