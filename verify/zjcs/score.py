"""Amounts, marks and scores of the ways of selecting, by whole numbers alone.

Money is in fen, a mark, a score or a weight in hundredths of a point, a rate in basis points: 88.92
points are 8892. Nothing is a binary fraction, so that whoever recomputes gets the same last digit.
Sources: docs/rules.md#scores; the examples are tests/verify/data/best_score.json.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from .faults import Fault

FULL = 100_00
"""Hundred points: the best score, and the sum of the weights."""
TRIM_FROM = 5
"""From so many values on, one highest and one lowest are left out of a mean."""
PRIOR = 5
"""With so many matters of the platform's mean everybody starts."""
POINTS_A_STAR = 20
OUTLIER = 20_00
"""A sheet further than this from the median of its entrant needs a written reason."""

DAYS_FLOOR = 70
"""Per cent of a notice's days; nobody is better for promising less."""

_NUMBER = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,18}))?")


# --- numbers ------------------------------------------------------------------------------
def half_up(numerator: int, denominator: int) -> int:
    """The quotient as a whole number, an exact half away from zero. `denominator` is above zero."""
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def exact(value: object) -> tuple[int, int]:
    """A decimal number as (numerator, power of ten), without loss.

    Takes a text such as "46.625", a whole number or a Decimal. Raises Fault `rank.number`.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise Fault("rank.number", value=repr(value))
    found = _NUMBER.fullmatch(format(value, "f") if isinstance(value, Decimal) else str(value))
    if not found:
        raise Fault("rank.number", value=str(value)[:40])
    rest = found[3] or ""
    number = int(found[2] + rest)
    return -number if found[1] else number, 10 ** len(rest)


def hundredths(value: object) -> int:
    """A number of at most two decimals in hundredths. Raises Fault `rank.number`, `rank.decimals`."""
    numerator, scale = exact(value)
    number, rest = divmod(numerator * 100, scale)
    if rest:
        raise Fault("rank.decimals", value=str(value))
    return number


def rounded(value: object) -> int:
    """A number of any decimals in hundredths, half up."""
    numerator, scale = exact(value)
    return half_up(numerator * 100, scale)


def shown(number: int) -> str:
    """Hundredths as they are printed: 8892 is "88.92"."""
    whole, rest = divmod(abs(number), 100)
    return f"{'-' if number < 0 else ''}{whole}.{rest:02}"


# --- quotes -------------------------------------------------------------------------------
def amount_of(ceiling: int, rate_bp: int) -> int:
    """The amount (fen) of a discount rate (basis points) below the ceiling (fen)."""
    if not 0 <= rate_bp < 100_00:
        raise Fault("rank.rate", rate=shown(rate_bp))
    return half_up(ceiling * (100_00 - rate_bp), 100_00)


def outside(quotes: Mapping[str, int], ceiling: int | None, floor: int | None) -> dict[str, str]:
    """Whose quote (fen) lies above the ceiling or below the floor, and which. The bounds are valid; no
    quote is below one fen.
    """
    least = max(floor or 0, 1)
    found = {}
    for ref, quote in quotes.items():
        if ceiling is not None and quote > ceiling:
            found[ref] = "ABOVE_CEILING"
        elif quote < least:
            found[ref] = "BELOW_FLOOR"
    return found


def abnormally_low(quotes: Mapping[str, int], ceiling: int | None) -> dict[str, list[str]]:
    """Whose valid quote (fen) has to be explained, and by which tests.

    `MEAN`: below half of the mean. `NEXT_LOWEST`: the lowest, and below half of the next one.
    `CEILING`: below 45 % of the ceiling.
    """
    count = len(quotes)
    total = sum(quotes.values())
    lowest = sorted(quotes.values())[:2]
    found = {}
    for ref, quote in quotes.items():
        tests = {
            "MEAN": 2 * quote * count < total,
            "NEXT_LOWEST": len(lowest) == 2 and quote == lowest[0] and 2 * quote < lowest[1],
            "CEILING": ceiling is not None and 100 * quote < 45 * ceiling,
        }
        hit = [name for name, is_hit in tests.items() if is_hit]
        if hit:
            found[ref] = hit
    return found


# --- means --------------------------------------------------------------------------------
def inner(values: Iterable[int], trim_from: int = TRIM_FROM) -> list[int]:
    """The values ascending, from `trim_from` on without one highest and one lowest."""
    ordered = sorted(values)
    return ordered[1:-1] if len(ordered) >= max(trim_from, 3) else ordered


def mean(values: Iterable[int], trim_from: int = TRIM_FROM) -> int:
    """The mean of the inner values, half up: of quotes as it is shown, of sheets as it counts."""
    counted = inner(values, trim_from)
    return half_up(sum(counted), len(counted))


def outliers(sheets: Sequence[int], points: int = OUTLIER) -> list[int]:
    """Which sheets of one entrant, from 1, lie further than `points` from their median."""
    ordered = sorted(sheets)
    half = len(sheets) // 2
    twice = 2 * ordered[half] if len(ordered) % 2 else ordered[half - 1] + ordered[half]
    return [i for i, mark in enumerate(sheets, start=1) if abs(2 * mark - twice) > 2 * points]


# --- price scores -------------------------------------------------------------------------
def low_first(quotes: Mapping[str, int]) -> dict[str, int]:
    """低价优先法: the lowest quote gets 100.00, the others in proportion."""
    lowest = min(quotes.values(), default=0)
    return {ref: half_up(lowest * FULL, quote) for ref, quote in quotes.items()}


def promised(days: Mapping[str, int], limit: int) -> dict[str, int]:
    """服务时限: 100.00 at or below 70 % of the notice's days, nothing at all of them or above, between these in
    proportion.
    """
    span = limit * (100 - DAYS_FLOOR)
    return {
        ref: max(0, min(FULL, half_up((limit - each) * 100 * FULL, span)))
        for ref, each in days.items()
    }


def near_mean(
    quotes: Mapping[str, int],
    trim_from: int = TRIM_FROM,
    above: int = 100,
    below: int = 50,
) -> dict[str, int]:
    """平均价法: 100.00 at the mean, `above` and `below` (hundredths of a point) less for each 1 %.

    What is trimmed from the mean is scored all the same; no score is below zero.
    """
    counted = inner(quotes.values(), trim_from)
    count = len(counted)
    total = sum(counted)
    scores = {}
    for ref, quote in quotes.items():
        distance = quote * count - total
        points = above if distance > 0 else below
        scores[ref] = max(0, half_up(FULL * total - points * 100 * abs(distance), total))
    return scores


# --- weights ------------------------------------------------------------------------------
def weight_problem(
    weights: Mapping[str, int], *, price: tuple[int, int], credit_max: int
) -> str | None:
    """What stands against the weights (hundredths) of a notice, or None. `price`: least and most."""
    refusals: list[tuple[str, Callable[[], bool]]] = [
        ("NEGATIVE_WEIGHT", lambda: any(weight < 0 for weight in weights.values())),
        ("ZERO_WEIGHT", lambda: any(weight == 0 for weight in weights.values())),
        ("SUM_NOT_100", lambda: sum(weights.values()) != FULL),
        ("PRICE_WEIGHT_RANGE", lambda: not price[0] <= weights.get("price", 0) <= price[1]),
        ("CREDIT_WEIGHT_RANGE", lambda: weights.get("credit", 0) > credit_max),
    ]
    return next((code for code, is_hit in refusals if is_hit()), None)


def parts(
    weights: Mapping[str, int], scores: Mapping[str, Mapping[str, int]], refs: Iterable[str]
) -> dict[str, dict[str, int]]:
    """The weighted parts of each entrant by criterion, each rounded; their sum is the total."""
    columns = [(name, weight, scores[name]) for name, weight in weights.items()]
    return {
        ref: {name: half_up(column[ref] * weight, FULL) for name, weight, column in columns}
        for ref in refs
    }


# --- credit -------------------------------------------------------------------------------
CREDIT_TOP = 110_00
BANDS = [(90_00, "A"), (75_00, "B"), (60_00, "C")]


def clamped(credit: int) -> int:
    """A sum of points (hundredths) inside the bounds of a credit score."""
    return max(0, min(CREDIT_TOP, credit))


def credit_used(conduct: int, evaluations: tuple[int, int], platform: int) -> int:
    """What counts of an agency where it is selected by credit, in hundredths: 0.7 of its marks, at most
    100, and 0.3 of what owners say of it, drawn towards the platform's mean by five matters.

    `evaluations`: how many, and the sum of their stars (hundredths); `platform`: mean stars (hundredths).
    """
    count, total = evaluations
    matters = PRIOR + count
    stars = PRIOR * platform + total
    return half_up(70 * min(conduct, FULL) * matters + 30 * POINTS_A_STAR * stars, 100 * matters)


def band(credit: int) -> str:
    """The band of a credit score (hundredths)."""
    return next((name for least, name in BANDS if credit >= least), "D")
