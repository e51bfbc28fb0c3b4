"""Pages of reputation."""

from market.reputation.views import desk, record, report, table
from market.reputation.views.blueprint import bp

__all__ = ["bp", "desk", "record", "report", "table"]
