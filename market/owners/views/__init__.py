"""Pages of the owners: their own, and the office's desk."""

from market.owners.views import desk, own
from market.owners.views.blueprint import bp

__all__ = ["bp", "desk", "own"]
