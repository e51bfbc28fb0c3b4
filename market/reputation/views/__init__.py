"""Pages of reputation."""

from market.reputation.views import desk, record, table
from market.reputation.views.blueprint import bp

__all__ = ["bp", "desk", "record", "table"]
