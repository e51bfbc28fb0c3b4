"""Pages of selection: the public's, the owner's, the office's, the agency's, the draws."""

from market.selection.views import agency, draws, exits, office, owner, public, sources, stream
from market.selection.views.blueprint import bp

BLUEPRINTS = [bp]
__all__ = [
    "BLUEPRINTS",
    "agency",
    "draws",
    "exits",
    "office",
    "owner",
    "public",
    "sources",
    "stream",
]
