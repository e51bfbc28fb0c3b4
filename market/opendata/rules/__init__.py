"""What open data are: the switch, the tables with their columns, and when a day's files are due."""

from market.opendata.rules.columns import Column, Sort, Table
from market.opendata.rules.publishing import (
    HOUR,
    KEPT_DAYS,
    Terms,
    day_due,
    is_outdated,
    key,
    terms,
)
from market.opendata.rules.tables import TABLES

__all__ = [
    "HOUR",
    "KEPT_DAYS",
    "TABLES",
    "Column",
    "Sort",
    "Table",
    "Terms",
    "day_due",
    "is_outdated",
    "key",
    "terms",
]
