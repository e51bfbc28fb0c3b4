"""Pages of oversight."""

from market.oversight.views import asking, clues, desk, flags, sampling, statistics, suspending
from market.oversight.views.blueprint import bp

__all__ = ["asking", "bp", "clues", "desk", "flags", "sampling", "statistics", "suspending"]
