"""Pages of entries."""

from market.selection.entries.views import boxes, enter
from market.selection.pages import bp

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "boxes", "enter"]
