"""Pages of notices."""

from market.selection.notices.views import office, owner, public
from market.selection.pages import bp

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "office", "owner", "public"]
