"""Pages of selection: the public's, the owner's, the office's, the agency's."""
from market.selection.views import agency, office, owner, public
from market.selection.views.blueprint import bp

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "agency", "office", "owner", "public"]
