"""The orders of all ways but the random draw, as pure functions of what is on the log.

Quotes are in fen, scores in hundredths (`score`). Entrants are known by their refs; the order in
which they are given changes nothing. Equals are ordered by tickets of one seed (`draw.ticket`), with
the label `tie`; who needs a seed and has none is refused, never ordered by chance.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from . import score
from .draw import HEX64, ticket
from .faults import Fault

TIE = "zjcs-draw/1/tie"
BALL = "zjcs-draw/1/ball"
DIVISIONS = "max(1, floor((credit-70)/5)+1)"
MOST_BALLS = 1000


class Order(NamedTuple):
    """All entrants from the first to the last, and the tickets (hex) of those who were equal."""

    refs: list[str]
    tickets: dict[str, str]


def by_keys(keys: Mapping[str, tuple[Any, ...]], seed: str | None) -> Order:
    """Ascending by key; those equal in every key by the tickets of `seed` (hex).

    Raises Fault `rank.seed` for a seed that is none, `rank.tie` where equals have none.
    """
    if seed is not None and not HEX64.fullmatch(seed):
        raise Fault("rank.seed", value=str(seed)[:80])
    shared = Counter(keys.values())
    equals = [ref for ref, key in keys.items() if shared[key] > 1]
    if equals and seed is None:
        raise Fault("rank.tie", refs=",".join(sorted(equals)))
    tickets = {ref: ticket(str(seed), ref, TIE) for ref in equals}
    refs = sorted(keys, key=lambda ref: (*keys[ref], tickets.get(ref, "")))
    return Order(refs, tickets)


def lowest(quotes: Mapping[str, int], seed: str | None) -> Order:
    """比价: ascending by quote."""
    return by_keys({ref: (quote,) for ref, quote in quotes.items()}, seed)


def average(quotes: Mapping[str, int], seed: str | None, trim_from: int = score.TRIM_FROM) -> Order:
    """均价: nearest to the mean of the inner quotes first, of two equally near the lower quote.

    Distances are compared as |n * quote - sum|, so that no rounding decides.
    """
    counted = score.inner(quotes.values(), trim_from)
    count = len(counted)
    total = sum(counted)
    keys = {ref: (abs(count * quote - total), quote) for ref, quote in quotes.items()}
    return by_keys(keys, seed)


def weighted(
    totals: Mapping[str, int],
    quotes: Mapping[str, int],
    proposals: Mapping[str, int],
    seed: str | None,
) -> Order:
    """综合评分: highest total, then lower quote, then better proposal."""
    keys = {
        ref: (-total, quotes.get(ref, 0), -proposals.get(ref, 0)) for ref, total in totals.items()
    }
    return by_keys(keys, seed)


def tie_breaker(
    totals: Mapping[str, int], quotes: Mapping[str, int], proposals: Mapping[str, int]
) -> str | None:
    """What had to decide between equal totals: "quote", "proposal", "draw" or nothing (None)."""
    names = ["quote", "proposal", "draw"]
    columns = [totals, quotes, proposals]
    deepest = None
    for depth, name in enumerate(names, start=1):
        keys = [tuple(column.get(ref, 0) for column in columns[:depth]) for ref in totals]
        if len(set(keys)) < len(keys):
            deepest = name
    return deepest


# --- credit shortlist ---------------------------------------------------------------------
class Shortlist(NamedTuple):
    """What the lottery of 信用择优 gave. `tickets`: (hex, ref, ball from 1), the lowest first."""

    longlist: list[str]
    balls: dict[str, int]
    tickets: list[tuple[str, str, int]]
    refs: list[str]
    shortlist: list[str]


def divisions(text: str) -> tuple[int, int]:
    """(from, step) of a rule of balls written as `max(1, floor((credit-70)/5)+1)`, in hundredths."""
    found = re.fullmatch(r"max\(1, ?floor\(\(credit ?- ?([0-9.]+)\) ?/ ?([0-9.]+)\) ?\+ ?1\)", text)
    if not found or score.hundredths(found[2]) <= 0:
        raise Fault("rank.balls", value=text[:80])
    return score.hundredths(found[1]), score.hundredths(found[2])


def shortlist(
    credit: Mapping[str, int],
    *,
    longest: int,
    shortest: int,
    seed: str,
    rule: str = DIVISIONS,
) -> Shortlist:
    """信用择优: the best `longest` by credit (equals at the cut are all in), a ball for each division
    of credit, the lottery, and the first `shortest` of its order.
    """
    if not HEX64.fullmatch(seed):
        raise Fault("rank.seed", value=str(seed)[:80])
    if longest < 1 or shortest < 1:
        raise Fault("rank.whole", key="longlist" if longest < 1 else "shortlist")
    ordered = sorted(credit, key=lambda ref: (-credit[ref], ref))
    least = credit[ordered[min(longest, len(ordered)) - 1]]
    longlist = [ref for ref in ordered if credit[ref] >= least]
    start, step = divisions(rule)
    balls = {ref: max(1, (credit[ref] - start) // step + 1) for ref in longlist}
    if max(balls.values()) > MOST_BALLS:
        raise Fault("rank.balls", value=str(max(balls.values())))
    tickets = sorted(
        (ticket(seed, f"{ref}\n{ball}", BALL), ref, ball)
        for ref, count in balls.items()
        for ball in range(1, count + 1)
    )
    refs = list(dict.fromkeys(ref for _, ref, _ in tickets))
    return Shortlist(longlist, balls, tickets, refs, refs[:shortest])


# --- direct -------------------------------------------------------------------------------
class Record(NamedTuple):
    """What an agency has done here. `stars` and `on_time` are hundredths, None without a matter."""

    completed: int
    stars: int | None
    on_time: int | None


class Prior(NamedTuple):
    """What everybody starts with: so many matters of the platform's mean."""

    matters: int
    stars: int
    on_time: int


def recommended(
    records: Mapping[str, Record], prior: Prior, weights: Mapping[str, int], cap: int
) -> dict[str, dict[str, int]]:
    """The scores of the recommender by agency: evaluation, on_time, completed and their total."""
    scores = {}
    for ref, record in records.items():
        count = prior.matters + record.completed
        stars = _drawn(prior.matters, prior.stars, record.completed, record.stars)
        on_time = _drawn(prior.matters, prior.on_time, record.completed, record.on_time)
        subs = {
            "evaluation": score.half_up(20 * stars, count),
            "on_time": score.half_up(on_time, count),
            "completed": score.half_up(min(record.completed, cap) * score.FULL, cap),
        }
        total = sum(score.half_up(subs[name] * weights[name], score.FULL) for name in subs)
        scores[ref] = {**subs, "total": total}
    return scores


def _drawn(matters: int, platform: int, completed: int, own: int | None) -> int:
    """The sum over prior and own matters. Who has none has the platform's mean."""
    return matters * platform + completed * (platform if own is None else own)


def recommendation_order(scores: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The best total first; a list to read, not a rank: equals stand by their ref."""
    return sorted(scores, key=lambda ref: (-scores[ref]["total"], ref))


# --- after the order ----------------------------------------------------------------------
def next_after(refs: Sequence[str], gone: Iterable[str]) -> str | None:
    """Who stands first without those who left. Nobody's place is computed again."""
    left = set(gone)
    return next((ref for ref in refs if ref not in left), None)
