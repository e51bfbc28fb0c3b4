"""Pages of draws."""

from market.selection.draws.views import draws, keys
from market.selection.pages import bp

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "draws", "keys"]
