"""Pages of oversight."""

from market.oversight.views import asking, desk, flags, statistics, suspending
from market.oversight.views.blueprint import bp

__all__ = ["asking", "bp", "desk", "flags", "statistics", "suspending"]
