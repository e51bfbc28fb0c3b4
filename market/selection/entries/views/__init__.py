"""Pages of entries."""

from market.selection.entries.views import boxes, confirming, enter
from market.selection.pages import bp

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "boxes", "confirming", "enter"]
