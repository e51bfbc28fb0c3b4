"""Pages of notices."""

from market.selection.notices.views import attachments, office, owner, public, sheets
from market.selection.pages import bp

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "attachments", "office", "owner", "public", "sheets"]
