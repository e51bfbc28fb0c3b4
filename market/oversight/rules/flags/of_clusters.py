"""Flags about several agencies that belong together (RF-17), over counts. Pure."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from market.oversight.rules.flags.of_agency import Key
from market.oversight.rules.flags.table import Flag, Numbers

Won = Mapping[str, Counter[str]]
"""Of each item how many awards in ways where quotes or marks decide each agency has."""
MOST_TERMS = 1000
CERTAIN = 700.0  # so far above its freedom a chi square is larger than nearly every other


def clusters(close: Iterable[Key]) -> list[list[str]]:
    """The groups that pairs make, each in the order of platform numbers."""
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in close:
        beside[one].add(other)
        beside[other].add(one)
    found = []
    seen: set[str] = set()
    for ref in sorted(beside):
        if ref not in seen:
            group = _reached(ref, beside)
            seen |= group
            found.append(sorted(group))
    return found


def _reached(ref: str, beside: Mapping[str, set[str]]) -> set[str]:
    group = {ref}
    waiting = [ref]
    while waiting:
        fresh = beside[waiting.pop()] - group
        group |= fresh
        waiting += fresh
    return group


def in_turn(flag: Flag, group: Sequence[str], won: Won) -> Numbers | None:
    """RF-20: a group has nearly all awards of its items, and shares them more evenly than chance would
    (lower tail of chi square over the awards of each).
    """
    items = [of for of in won.values() if any(ref in of for ref in group)]
    wins = [sum(of[ref] for of in items) for ref in group]
    awards = sum(wins)
    whole = sum(of.total() for of in items)
    if awards < flag.least or awards / whole < flag.limits["share"]:
        return None
    each = awards / len(wins)
    spread = sum((one - each) ** 2 / each for one in wins)
    chance = chi_square_below(spread, len(wins) - 1)
    if chance >= flag.limits["p"]:
        return None
    return {"agencies": len(wins), "awards": awards, "of": whole, "chance": round(chance, 5)}


def chi_square_below(value: float, freedom: int) -> float:
    """The chance of a smaller chi square: the regularised lower incomplete gamma function by its series
    (Abramowitz and Stegun 6.5.29).
    """
    if value <= 0:
        return 0.0
    if value > CERTAIN + 4 * freedom:
        return 1.0  # the series would be infinity times nothing
    half = value / 2
    shape = freedom / 2
    term = total = 1 / shape
    for step in range(1, MOST_TERMS):
        term *= half / (shape + step)
        total += term
        if term < total * 1e-12:
            break
    return total * math.exp(shape * math.log(half) - half - math.lgamma(shape))
