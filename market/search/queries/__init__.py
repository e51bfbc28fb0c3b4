"""Searching."""

from market.search.queries.numbers import Named, named
from market.search.queries.texts import Group, Hit, search

__all__ = ["Group", "Hit", "Named", "named", "search"]
