"""The orders of the ways that rank, by the `rule` of their notice: a function of what was opened and
of the seed of the notice's lot, which orders those who are equal in everything else.

The market calls `order_of` when it ranks, verifiers when they check: there is no second copy. Amounts
are in fen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from . import examples, openings, score, ways
from .faults import Fault
from .openings import Rule
from .ways import Order


class Basis(NamedTuple):
    """What a rule ranks by, each by the ref of an entrant on the list: amounts in fen, and of a way that
    scores also totals and scores of the proposals in hundredths.
    """

    amounts: Mapping[str, int]
    totals: Mapping[str, int] = {}
    proposals: Mapping[str, int] = {}


ORDERS: dict[str, Callable[[Basis, str | None], Order]] = {
    "lowest": lambda basis, seed: ways.lowest(basis.amounts, seed),
    "average": lambda basis, seed: ways.average(basis.amounts, seed),
    "auction_live": lambda basis, seed: ways.lowest(basis.amounts, seed),
    "auction_rounds": lambda basis, seed: ways.lowest(basis.amounts, seed),
}
"""`rule` of a notice -> the order that follows."""
AUCTIONS = frozenset({"auction_live", "auction_rounds"})
"""Rules whose amounts are the last valid bids: what they come to is replayed from the log (bidding.py), and
ranks as the lowest does.
"""
REFERENCES: dict[str, Callable[[Mapping[str, int]], int]] = {
    "average": lambda amounts: score.mean(amounts.values()),
}
"""`rule` -> the price that everybody is measured by (fen, as it is shown)."""


def order_of(rule: str, basis: Basis, seed: str | None) -> Order:
    """The order of a way that ranks. Raises Fault `rank.method`, and what `ways.by_keys` raises."""
    try:
        order = ORDERS[rule]
    except KeyError:
        raise Fault("rank.method", value=rule[:40]) from None
    return order(basis, seed)


def reference_of(rule: str, amounts: Mapping[str, int]) -> int | None:
    """The price by which a way measures everybody (fen); None where it has none."""
    measure = REFERENCES.get(rule)
    return measure(amounts) if measure and amounts else None


def amounts_of(rows: Iterable[Mapping[str, Any]], said: Mapping[str, Any]) -> dict[str, int]:
    """What each row of a sealed list comes to (fen), by ref. `said`: `quote_rule` of the notice."""
    rule = Rule(said["kind"], said.get("floor"), said.get("ceiling"))
    return {row["ref"]: openings.amount_of(dict(row), rule) for row in rows}


def scores_of(draw: str, rule: str, amounts: Mapping[str, int], seed: str) -> dict[str, Any]:
    """`scores.json`: the ranking as an example that `rank.py` computes again, with what it gives."""
    quotes = {ref: score.shown(amount) for ref, amount in amounts.items()}
    given = {"quotes": quotes, "seed": seed}
    method = "lowest" if rule in AUCTIONS else rule
    return {
        "id": draw,
        "method": method,
        "input": given,
        "expected": examples.expected(method, given),
    }
