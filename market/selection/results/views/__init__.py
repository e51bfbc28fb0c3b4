"""Pages of results."""

from market.selection.pages import bp
from market.selection.results.views import agency, exits, public, sheets

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "agency", "exits", "public", "sheets"]
