"""How much work a verifier does for a stranger's file: looked at before the work (rule 1).

The lengths of files and strings are in canonical.py, where they are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from . import draw as protocol
from .case import Leaf
from .faults import Fault

MOST_STEPS = 20_000_000  # hashes down chains in all


def steps_of(leaves: Iterable[Leaf]) -> None:
    """Hold the values of one file to the bound: each is hashed down to its anchor. Fault `work.steps`."""
    steps = sum(leaf["slot"] for leaf in leaves if _is_of_a_chain(leaf))
    if steps > MOST_STEPS:
        raise Fault("work.steps", rule=1, where="source.value", steps=steps, most=MOST_STEPS)


def walk(leaves: Iterable[Leaf], anchors: Mapping[str, Leaf]) -> dict[int, bool]:
    """Hash each chain of a whole log down once, the lowest slots first: index of each value ->
    whether it fits its anchor. Raises Fault `work.steps` where that would be too much.
    """
    walked: dict[int, bool] = {}
    left = MOST_STEPS
    known = dict.fromkeys(anchors, 0)  # the highest slot of each chain that was proved
    values = sorted(filter(_is_of_a_chain, leaves), key=lambda leaf: leaf["slot"])
    for leaf in values:
        source = leaf["source"]
        if source not in known:
            continue
        left -= leaf["slot"] - known[source]
        if left < 0:
            raise Fault(
                "work.steps", rule=1, where=leaf.where, steps=MOST_STEPS - left, most=MOST_STEPS
            )
        try:
            protocol.check_chain_value(leaf["value"], leaf["slot"], anchors[source]["anchor"])
        except Fault:
            walked[leaf.index] = False
            continue
        walked[leaf.index] = True
        known[source] = leaf["slot"]
    return walked


def _is_of_a_chain(leaf: Leaf) -> bool:
    return leaf["type"] == "source.value" and "slot" in leaf.value
