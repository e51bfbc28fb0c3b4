"""Pages of sources."""

from market.selection.pages import bp
from market.selection.sources.views import sources, stream

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "sources", "stream"]
