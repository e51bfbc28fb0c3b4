"""Pages of scoring."""

from market.selection.pages import bp
from market.selection.scored.views import drafting, judging, public

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "drafting", "judging", "public"]
