"""Examples of the ways that score: 综合评分 and 方案比选, and what all ways with quotes share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from . import score, ways
from .example_reader import Json, Reader, at, positive, shown
from .faults import Fault

LIMITS = {"price_min": 10, "price_max": 50, "credit_max": 20}


# --- weighted -----------------------------------------------------------------------------
def weighted(given: Reader) -> Json:
    """综合评分: validity, then price scores, then parts and totals, as far as the input goes."""
    if "cases" in given:
        judge = _weights_outcome if _is_of_weights(given) else _entrants_outcome
        return {"outcomes": [judge(case, given) for case in given.cases()]}
    found: Json = {}
    quotes = amounts(given, found)
    for ref in given.names("withdrawn_before_close"):
        quotes.pop(ref, None)
    if not valid(given, quotes, found):
        return found
    prices = _prices(given, quotes, found)
    if "weights" not in given:
        return found
    return _totals(given, quotes, prices, found)


def amounts(given: Reader, found: Json) -> dict[str, int]:
    """The quotes in fen; rates become amounts first."""
    if given.text("quote_type") != "discount_rate":
        return given.quotes()
    ceiling = given.number("ceiling")
    rates = given.numbers("rates")
    quotes = {ref: score.amount_of(ceiling, rate) for ref, rate in rates.items()}
    for ref, quote in quotes.items():
        positive(quote, f"rates.{ref}")
    found["amounts"] = shown(quotes)
    return quotes


def valid(given: Reader, quotes: dict[str, int], found: Json) -> bool:
    """Take out of `quotes` who is not valid, with reasons; False when nobody is left."""
    invalid: dict[str, str] = {}
    if "pass_mark" in given:
        mark = given.number("pass_mark")
        proposals = given.numbers("proposal")
        covered("proposal", proposals, quotes)
        invalid = {ref: "BELOW_PASS_MARK" for ref in quotes if proposals[ref] < mark}
    ceiling = given.maybe("ceiling")
    for ref, code in score.outside(quotes, ceiling, given.maybe("floor")).items():
        invalid.setdefault(ref, code)
    _drop(quotes, invalid)
    if "explanation" in given:
        explained = given.needed("explanation", dict)
        triggered = score.abnormally_low(quotes, ceiling)
        found["triggered"] = triggered
        refused = [ref for ref in triggered if explained.get(ref) != "accepted"]
        invalid |= dict.fromkeys(refused, "ABNORMAL_LOW")
        _drop(quotes, invalid)
    if invalid:
        found["invalid"] = invalid
    if quotes:
        return True
    reasons = set(invalid.values())
    if not reasons:
        found["outcome"] = "failed:NO_ENTRANT"
    elif reasons == {"BELOW_PASS_MARK"}:
        found["outcome"] = "failed:ALL_BELOW_MARK"
    else:
        found["outcome"] = "failed:ALL_QUOTES_INVALID"
    return False


def _drop(quotes: dict[str, int], invalid: Mapping[str, str]) -> None:
    for ref in invalid:
        quotes.pop(ref, None)


def _prices(given: Reader, quotes: dict[str, int], found: Json) -> dict[str, int]:
    """The price scores by the notice's formula, shown unless something later ranks in their stead."""
    formula = given.text("price_formula", "low_first")
    trim = given.whole("trim_from", score.TRIM_FROM)
    if formula == "low_first":
        prices = score.low_first(quotes)
    elif formula == "near_mean":
        points = (given.number("above_points", 1), given.number("below_points", "0.5"))
        prices = score.near_mean(quotes, trim, *points)
        found["benchmark_shown"] = score.shown(score.mean(quotes.values(), trim))
    else:
        raise Fault("rank.formula", key="price_formula", value=str(formula)[:40])
    if "seed" not in given and "pass_mark" not in given:
        found["price_score"] = shown(prices)
    if formula == "near_mean" and "weights" not in given:
        keys = {ref: (-prices[ref], quotes[ref]) for ref in prices}
        found["order_by_price_score"] = _in_order(keys, given)
    return prices


def _in_order(keys: Mapping[str, tuple[int, ...]], given: Reader) -> list[str]:
    """Ascending by keys; equals by their tickets where a seed is given, else by their refs."""
    if "seed" in given:
        return ways.by_keys(keys, given.text("seed")).refs
    return sorted(keys, key=lambda ref: (keys[ref], ref))


def _totals(given: Reader, quotes: dict[str, int], prices: dict[str, int], found: Json) -> Json:
    """Parts, totals and order; what breaks a tie; who follows when somebody declines."""
    weights = given.numbers("weights")
    scores = {
        name: prices if name == "price" else criterion(given, name, quotes) for name in weights
    }
    for name, column in scores.items():
        covered(name, column, quotes)
    parts = score.parts(weights, scores, quotes)
    totals = {ref: sum(row.values()) for ref, row in parts.items()}
    proposals = scores.get("proposal", {})
    order = ways.weighted(totals, quotes, proposals, given.text("seed"))
    if "price_score" in found:
        found["parts"] = {ref: shown(row) for ref, row in parts.items()}
    found["total"] = shown(totals)
    if order.tickets:
        found["tickets"] = order.tickets
    breaker = ways.tie_breaker(totals, quotes, proposals)
    if breaker:
        found["tie_broken_by"] = breaker
    found["order"] = order.refs
    declined = given.names("declines")
    if declined:
        found["after_decline"] = ways.next_after(order.refs, declined)
        found["behaviour"] = f"AG-D01 on {', '.join(declined)}"
    return found


def covered(name: str, column: Mapping[str, int], refs: Iterable[str]) -> None:
    """Hold that a column has a score for each entrant. Raises Fault `rank.missing`."""
    for ref in refs:
        if ref not in column:
            raise Fault("rank.missing", key=f"{name}.{ref}")


def criterion(given: Reader, name: str, refs: Iterable[str] = ()) -> dict[str, int]:
    """The scores of a criterion; who has no credit yet, null or not named at all, has the platform's mean."""
    column = dict(given.needed(name, dict))
    mean = given.maybe("platform_mean")
    if name == "credit" and mean is not None:
        column |= dict.fromkeys(set(refs) - set(column))
    return {ref: _or_mean(f"{name}.{ref}", value, mean) for ref, value in column.items()}


def _or_mean(key: str, value: object, mean: int | None) -> int:
    if value is not None:
        return at(key, score.hundredths, value)
    if mean is None:
        raise Fault("rank.missing", key="platform_mean")
    return mean


def _is_of_weights(given: Reader) -> bool:
    return "limits" in given or not any("valid" in case for case in given.cases())


def _weights_outcome(case: Reader, given: Reader) -> str:
    limits = Reader(given.any("limits", {}))
    weights = {name: at(name, score.hundredths, value) for name, value in case.given.items()}
    price = (
        limits.number("price_min", LIMITS["price_min"]),
        limits.number("price_max", LIMITS["price_max"]),
    )
    credit = limits.number("credit_max", LIMITS["credit_max"])
    problem = score.weight_problem(weights, price=price, credit_max=credit)
    return f"refused:{problem}" if problem else "ok"


def _entrants_outcome(case: Reader, given: Reader) -> str:
    refs = case.names("valid")
    if len(refs) < case.whole("min_entrants", 1):
        return "failed:TOO_FEW"
    quote = case.maybe("quote")
    ceiling = case.maybe("ceiling")
    if quote is not None and ceiling is not None and quote > ceiling:
        return "failed:ALL_QUOTES_INVALID"
    proposal = case.maybe("proposal")
    if proposal is not None and proposal < case.number("pass_mark", 60):
        return "failed:ALL_BELOW_MARK"
    return f"scored:{','.join(refs)}"


# --- proposal -----------------------------------------------------------------------------
def proposal(given: Reader) -> Json:
    """方案比选: the means of the sheets, which of them need a reason, and the order."""
    if "jurors" in given:
        return _seats(given)
    if "sheets_after" in given:
        return _recused(given)
    trim = given.whole("juror_trim_from", score.TRIM_FROM)
    points = given.number("outlier_points", "20")
    sheets = {
        ref: _marks(f"sheets.{ref}", row) for ref, row in given.needed("sheets", dict).items()
    }
    means = {ref: score.mean(marks, trim) for ref, marks in sheets.items()}
    reasons = [[ref, i] for ref, marks in sheets.items() for i in score.outliers(marks, points)]
    order = ways.by_keys({ref: (-mean,) for ref, mean in means.items()}, given.text("seed"))
    found = {"proposal": shown(means), "reason_required": reasons}
    return {**found, **ordered(order)}


def _marks(key: str, row: object) -> list[int]:
    values = list(row.values()) if isinstance(row, dict) else row
    if not isinstance(values, list) or not values:
        raise Fault("rank.shape", key=key)
    marks = [at(key, score.hundredths, value) for value in values]
    if any(not 0 <= mark <= score.FULL for mark in marks):
        raise Fault("rank.mark", key=key)
    return marks


def _recused(given: Reader) -> Json:
    """A void sheet is void for all; a reserve's stands in its place, and nobody else's moves."""
    gone = set(given.names("recused"))
    before = given.rows("sheets_before")
    after = given.rows("sheets_after")
    for ref, row in after.items():
        if gone & set(row):
            raise Fault("rank.void_sheet", ref=ref)
        kept = {juror: mark for juror, mark in before.get(ref, {}).items() if juror not in gone}
        if any(row.get(juror) != mark for juror, mark in kept.items()):
            raise Fault("rank.changed_sheet", ref=ref)
    trim = given.whole("juror_trim_from", score.TRIM_FROM)
    first, second = (
        {ref: score.mean(_marks(ref, row), trim) for ref, row in sheets.items()}
        for sheets in (before, after)
    )
    order = ways.by_keys({ref: (-mean,) for ref, mean in second.items()}, given.text("seed"))
    return {"before_internal": shown(first), "proposal": shown(second), **ordered(order)}


def _seats(given: Reader) -> Json:
    """Whether scoring goes on when jurors leave: an odd number, three at least."""
    jurors = given.names("jurors")
    gone = set(given.names("recused"))
    left = [juror for juror in jurors if juror not in gone]
    reserves = [juror for juror in given.names("reserve") if juror not in gone]
    seated = left + reserves[: len(jurors) - len(left)]
    if len(seated) == len(jurors) or (len(seated) % 2 and len(seated) >= 3):
        return {"outcome": "continue", "jurors": seated}
    free = [juror for juror in given.names("pool_left") if juror not in gone]
    if len(free) < len(jurors) - len(seated):
        return {"outcome": "failed:NO_JURORS"}
    return {"outcome": "redraw_jurors", "failed_code_if_none": "NO_JURORS"}


def ordered(order: ways.Order) -> Json:
    """An order as it is shown, with the tickets of equals."""
    tickets = {"tickets": order.tickets} if order.tickets else {}
    return {**tickets, "order": order.refs}
