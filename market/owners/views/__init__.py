"""Pages of the owners: their registration, and the office's desk."""

from market.owners.views import desk, registration
from market.owners.views.blueprint import bp

__all__ = ["bp", "desk", "registration"]
