"""Reading open data: pages of each table, and which day's files there are."""

from market.opendata.queries.ocds import Releases, every_release, record, releases
from market.opendata.queries.portions import Portion, is_read_along, portion, whole
from market.opendata.queries.published import Published, newest, terms
from market.opendata.queries.single import Change, by_key, changes, one, was_there

__all__ = [
    "Change",
    "Portion",
    "Published",
    "Releases",
    "by_key",
    "changes",
    "every_release",
    "is_read_along",
    "newest",
    "one",
    "portion",
    "record",
    "releases",
    "terms",
    "was_there",
    "whole",
]
