"""Rule 3, its second half: the instants that leaves name for themselves are held to the order of the
log and to the witnesses' clocks.
"""

from __future__ import annotations

from collections.abc import Iterable

from .case import Case, Leaf
from .faults import Fault

SLACK = 5  # seconds by which two honest clocks may differ
# In zjcs-draw/1 an entry names when its form was received, and it may have waited in line until the
# list was sealed (five minutes at the most, docs/rules.md#rule-3).
WAITED = 300
ENTRIES = ("entry.received", "entry.withdrawn")


def instants_agree(case: Case) -> str:
    """Rule 3: `at` never goes back along the log, and is not later than a witness has seen it."""
    highest = 0
    closed = min((leaf.index for leaf in case.of("entries.closed")), default=None)
    for leaf in case.leaves:
        at = leaf.value.get("at")
        void = leaf["type"] in ENTRIES and closed is not None and leaf.index > closed
        if at is None or void:  # what counts for nothing cannot gain by its instant
            continue
        if at < highest - slack(leaf):
            raise Fault("at.back", where=leaf.where, at=at, before=highest)
        seen = case.seen_at(leaf.index)
        if seen is not None and at > seen + SLACK:
            raise Fault("at.future", where=leaf.where, at=at, seen=seen)
        highest = max(highest, at)
    return str(highest)


def slack(leaf: Leaf) -> int:
    """By how many seconds the `at` of a leaf may lie before the latest one in front of it."""
    if leaf["type"] in ENTRIES and "received_at" not in leaf.value:
        return WAITED + SLACK
    return SLACK


def postponed_in_place(case: Case, values: Iterable[Leaf]) -> None:
    """Rule 3: a draw is postponed after its seal and before anybody knows a value."""
    first = min((leaf.index for leaf in values), default=None)
    for leaf in case.of("draw.postponed"):
        if leaf.index <= case.seal.index or (first is not None and leaf.index >= first):
            raise Fault("order.postponed", where=leaf.where, seal=case.seal.index, value=first)
