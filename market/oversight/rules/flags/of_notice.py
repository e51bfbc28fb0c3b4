"""Flags about one selection, one function each. Pure."""

import datetime as dt
import itertools
import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from market.oversight.rules.flags.facts import Facts
from market.oversight.rules.flags.table import Flag, Level, Numbers, Raised
from market.selection.entries.rules.states import EntryState
from market.selection.kinds import Method

Rule = Callable[[Flag, Facts], Numbers | None]
HIGH = "high"
"""Among the numbers: this finding is a high one whatever the table says."""
THREE = 3


def raised(flag: Flag, facts: Facts) -> Raised | None:
    """What one flag of the table says of one selection."""
    numbers = OF_NOTICE[flag.code](flag, facts)
    if numbers is None:
        return None
    is_high = bool(numbers.get(HIGH))
    return Raised(
        code=flag.code,
        subject=facts.of.number,
        number=facts.of.number,
        sector=facts.of.regulator_id,
        numbers={name: value for name, value in numbers.items() if name != HIGH},
        level=Level.HIGH if is_high else flag.level,
    )


def single_entry(flag: Flag, facts: Facts) -> Numbers | None:
    """RF-02: one valid entry."""
    if not facts.is_entered or len(facts.valid) != 1:
        return None
    found = {"valid": 1, "received": len(facts.of.entrants)}
    return found if facts.offering is None else {**found, "offering": facts.offering}


def close_quotes(flag: Flag, facts: Facts) -> Numbers | None:
    """RF-03: the two lowest quotes lie too close."""
    quotes = facts.quotes
    if len(quotes) < flag.least:
        return None
    gap = (quotes[1] - quotes[0]) / quotes[0]
    return {"gap": gap, "quotes": len(quotes)} if gap <= flag.limits["gap"] else None


def equal_quotes(flag: Flag, facts: Facts) -> Numbers | None:
    """RF-05: the same amount more than once."""
    if len(facts.quotes) < flag.least:
        return None
    amount, most = Counter(facts.quotes).most_common(1)[0]
    if most < flag.limits["same"]:
        return None
    return {"same": most, "amount_fen": amount, HIGH: int(most >= flag.limits[HIGH])}


def late_entry(flag: Flag, facts: Facts) -> Numbers | None:
    """RF-06: somebody on the list was received at or after the close."""
    close = facts.of.close
    if close is None:
        return None
    late = [each.no for each in facts.valid if each.received_at >= close]
    return {"late": len(late), "first_no": late[0]} if late else None


def all_but_one(flag: Flag, facts: Facts) -> Numbers | None:
    """RF-07: of several one alone is eligible."""
    received = len(facts.of.entrants)
    if not facts.is_entered or received < flag.least or len(facts.valid) != 1:
        return None
    return {"received": received, "ineligible": received - 1}


def lowest_invalid(flag: Flag, facts: Facts) -> Numbers | None:
    """RF-08: the lowest quote of all is not on the list."""
    quoted = [each for each in facts.of.entrants if each.quote_fen is not None]
    if facts.of.method is not Method.LOWEST or len(quoted) < flag.least:
        return None
    lowest = min(quoted, key=lambda each: each.quote_fen or 0)
    if lowest.state is EntryState.LISTED:
        return None
    return {"lowest_fen": lowest.quote_fen or 0, "no": lowest.no, "reason": lowest.reason or ""}


def deep_discount(flag: Flag, facts: Facts) -> Numbers | None:
    """RF-11: the lowest lies far below the next."""
    quotes = facts.quotes
    if len(quotes) < flag.least:
        return None
    gap = (quotes[1] - quotes[0]) / quotes[1]
    return {"gap": gap, "quotes": len(quotes)} if gap >= flag.limits["gap"] else None


def abnormally_low(flag: Flag, facts: Facts) -> Numbers | None:
    """RF-12: the lowest is low against the mean, the next one or the ceiling."""
    quotes = facts.quotes
    if not quotes:
        return None
    shares: dict[str, float] = {}
    if len(quotes) >= flag.least:
        shares["mean"] = quotes[0] / statistics.mean(quotes)
    if len(quotes) > 1:
        shares["next"] = quotes[0] / quotes[1]
    if facts.of.ceiling_fen:
        shares["ceiling"] = quotes[0] / facts.of.ceiling_fen
    found = {name: share for name, share in shares.items() if share < flag.limits[name]}
    return {**found, "quotes": len(quotes)} if found else None


def cancelled_late(flag: Flag, facts: Facts) -> Numbers | None:
    """RF-18: cancelled after the list was sealed."""
    sealed = facts.of.sealed_at
    cancelled = facts.of.cancelled_at
    if sealed is None or cancelled is None or cancelled <= sealed:
        return None
    return {"minutes_after": int((cancelled - sealed).total_seconds() // 60)}


def narrower(flag: Flag, facts: Facts) -> Numbers | None:
    """RF-19: listed again with more required, or with more who must stay away."""
    before = facts.of.before
    if before is None:
        return None
    new = _lines(facts.of.requirement) - _lines(before.requirement)
    away = set(facts.of.excluded) - set(before.excluded)
    if not new and not away:
        return None
    return {"requirements_added": len(new), "excluded_added": len(away), "before": before.number}


def _lines(text: str) -> set[str]:
    return {"".join(line.split()) for line in text.splitlines() if line.strip()}


def regular_steps(flag: Flag, facts: Facts) -> Numbers | None:
    """RF-21: quotes that differ by equal steps, or by equal ratios."""
    quotes = facts.quotes
    if len(quotes) < flag.least or len(set(quotes)) < len(quotes):
        return None
    limit = flag.limits["three" if len(quotes) == THREE else "four"]
    following = list(itertools.pairwise(quotes))
    steps = _deviation([after - before for before, after in following])
    ratios = _deviation([after / before for before, after in following])
    found = {name: value for name, value in (("steps", steps), ("ratios", ratios)) if value < limit}
    return {**found, "quotes": len(quotes)} if found else None


def _deviation(values: Sequence[float]) -> float:
    """How far the values lie from their mean at the most, as a share of it."""
    mean = statistics.mean(values)
    return max(abs(value - mean) for value in values) / mean


def one_source(flag: Flag, facts: Facts) -> Numbers | None:
    """RF-23: entries from one device, or from one network within minutes."""
    found: dict[str, int] = {}
    within = dt.timedelta(minutes=flag.limits["minutes"])
    for name in ("device", "network"):
        by_source: dict[str, list[dt.datetime]] = {}
        for each in facts.of.entrants:
            source = getattr(each, name)
            if source is not None:
                by_source.setdefault(source, []).append(each.received_at)
        most = max((_together(sorted(at), within) for at in by_source.values()), default=0)
        if most >= flag.least:
            found[name] = most
    return found or None


def _together(instants: Sequence[dt.datetime], within: dt.timedelta) -> int:
    """The most instants that lie within a span."""
    return max(sum(first <= each <= first + within for each in instants) for first in instants)


def other_contract(flag: Flag, facts: Facts) -> Numbers | None:
    """RF-28: the contract's amount is not the award's."""
    winner = facts.winner
    if facts.matter is None or winner is None or winner.quote_fen is None:
        return None
    if facts.matter.amount_fen in (None, winner.quote_fen):
        return None
    return {"contract_fen": facts.matter.amount_fen or 0, "award_fen": winner.quote_fen}


def conditions(flag: Flag, facts: Facts) -> Numbers | None:
    """RF-35: words that set a condition and that nobody has cleared."""
    return {"words": facts.uncleared} if facts.uncleared >= flag.least else None


OF_NOTICE: Mapping[str, Rule] = {
    "RF-02": single_entry,
    "RF-03": close_quotes,
    "RF-05": equal_quotes,
    "RF-06": late_entry,
    "RF-07": all_but_one,
    "RF-08": lowest_invalid,
    "RF-11": deep_discount,
    "RF-12": abnormally_low,
    "RF-18": cancelled_late,
    "RF-19": narrower,
    "RF-21": regular_steps,
    "RF-23": one_source,
    "RF-28": other_contract,
    "RF-35": conditions,
}
"""The flags about one selection, by their code."""
