"""Pages of results."""

from market.selection.pages import bp
from market.selection.results.views import agency, cards, exits, feed, pausing, public, sheets

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "agency", "cards", "exits", "feed", "pausing", "public", "sheets"]
