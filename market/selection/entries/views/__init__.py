"""Pages of entries."""

from market.selection.entries.views import enter
from market.selection.pages import bp

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "enter"]
