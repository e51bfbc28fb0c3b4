"""The law of ranking by price alone: how many must be on the list. Pure."""

from market.selection.kinds import Method

LEAST = {Method.LOWEST: 0, Method.AVERAGE: 3}
"""With fewer on the list it never goes on, relisted or not: a mean of two says nothing. Of 比价 the
rulebook alone counts (docs/rules.md#methods).
"""
