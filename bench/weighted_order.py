"""The ranking of 10,000 entrants by 综合评分 against the same arithmetic on whole numbers in plain Python.

The ranking is what happens when the quotes are open: proposals from three sheets, who is invalid,
price scores, weighted parts, totals, the order with the tickets of equals. The floor computes the
same numbers in one loop and sorts them; it asks nothing, names nothing and explains nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bench.harness import Result, at_most, cpu
from verify.zjcs import scored, ways

ENTRANTS = 10_000
GOAL = 3.0
SEED = "5e" * 32
CEILING = 2_000_000
RULE: dict[str, Any] = {
    "criteria": [{"code": "method", "weight": 40}, {"code": "quality", "weight": 30}],
    "pass_mark": 60,
    "price": {"formula": scored.LOW_FIRST, "weight": 30},
    "quote_rule": {"kind": "quote_fen", "floor": 0, "ceiling": CEILING},
}


def run(quick: bool) -> Iterator[Result]:
    """One row."""
    quotes = {f"A{number:06d}": 1_000_000 + number * 7919 % 900_000 for number in range(ENTRANTS)}
    sheets = {
        ref: [6000 + (place * step) % 4001 for step in (13, 17, 19)]
        for place, ref in enumerate(quotes)
    }
    ours = scored.outcome(RULE, quotes, sheets, SEED).order
    if ours != plain(quotes, sheets):
        raise AssertionError("the floor ranks otherwise")
    yield at_most(
        f"ranking of {ENTRANTS:,} by 综合评分",
        cpu(lambda: scored.outcome(RULE, quotes, sheets, SEED), 3),
        cpu(lambda: plain(quotes, sheets), 3),
        times=GOAL,
        quick=quick,
    )


def plain(quotes: dict[str, int], sheets: dict[str, list[int]]) -> list[str]:
    """The order (refs) by the same arithmetic, in hundredths, half up."""
    lowest = min(quotes.values())
    keys = {}
    for ref, quote in quotes.items():
        marks = sheets[ref]
        proposal = (2 * sum(marks) + len(marks)) // (2 * len(marks))
        if proposal < 6000 or quote > CEILING:
            continue
        price = (2 * lowest * 10_000 + quote) // (2 * quote)
        total = (price * 3000 + 5000) // 10_000 + (proposal * 7000 + 5000) // 10_000
        keys[ref] = (-total, quote, -proposal)
    shared = Counter(keys.values())
    start = f"{ways.TIE}\n{SEED}\n".encode()
    return sorted(
        keys,
        key=lambda ref: (
            *keys[ref],
            hashlib.sha256(start + ref.encode()).hexdigest() if shared[keys[ref]] > 1 else "",
        ),
    )
