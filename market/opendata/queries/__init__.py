"""Reading open data: pages of each table, and which day's files there are."""

from market.opendata.queries.portions import Portion, portion, whole
from market.opendata.queries.published import Published, newest, terms

__all__ = ["Portion", "Published", "newest", "portion", "terms", "whole"]
