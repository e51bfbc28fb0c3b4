"""综合评分 and 方案比选: from marks and quotes to the order, as pure functions of what is on the log (ADR
0055, 0065).

People judged: each mark is a level of the notice. Arithmetic follows (`score.py`, `ways.py`). Quotes are
in fen, marks in points, scores in hundredths of a point.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from . import score, ways
from .canonical import jcs
from .openings import FEN, Rule, outside

RULE = "weighted"
PROPOSED_RULE = "proposal"
"""The proposals alone rank: a quote is sealed within the notice's bounds and scores nothing."""
RULES = (RULE, PROPOSED_RULE)
PRICE = "price"
PROPOSAL = "proposal"
WINNERS = 1
LOW_FIRST = "low_first"
NEAR_MEAN = "near_mean"
FORMULAS = (LOW_FIRST, NEAR_MEAN)
BELOW_MARK = "below_pass_mark"
ALL_BELOW_MARK = "ALL_BELOW_MARK"
ALL_QUOTES_INVALID = "ALL_QUOTES_INVALID"

SEED = "zjcs-rank/2/keys"
LETTER = "zjcs-rank/2/letter"
SHEET = "zjcs-rank/2/sheet"
COMMENTS = "zjcs-rank/2/comments"
JUROR = "zjcs-rank/2/juror"
PROPOSED = "zjcs-rank/2/proposal"


class Outcome(NamedTuple):
    """What follows from marks and quotes, by agency (ref). `invalid`: who is not ranked, and why, as a
    code; `failure`: why nobody is, as a code, else None. The totals rank, then the lower quote, then
    the better proposal, then the ticket. Where proposals alone rank, their scores are the totals, and
    equals are ordered by the ticket at once.
    """

    proposal: dict[str, int]
    invalid: dict[str, str]
    price: dict[str, int]
    parts: dict[str, dict[str, int]]
    totals: dict[str, int]
    order: list[str]
    tickets: dict[str, str]
    failure: str | None


# --- digests ------------------------------------------------------------------------------
def digest(label: str, value: object) -> str:
    """SHA-256 (hex) over a label, a line break and the canonical JSON of a value."""
    return hashlib.sha256(label.encode() + b"\n" + jcs(value)).hexdigest()


def letter_commit(draw: str, row: Mapping[str, Any]) -> str:
    """The commitment (hex) that hides whose a proposal is: over `no`, `letter`, `proposal`, `salt`."""
    opened = {name: row[name] for name in ("no", "letter", "proposal", "salt")}
    return digest(LETTER, {"draw": draw, **opened})


def sheet_digest(draw: str, sheet: Mapping[str, Any]) -> str:
    """The digest (hex) of a juror's sheet: `seat`, `juror`, `salt`, `comments`, and `rows` of
    {letter, proposal, marks}.
    """
    opened = {name: sheet[name] for name in ("seat", "juror", "salt", "comments", "rows")}
    return digest(SHEET, {"draw": draw, **opened})


def seed_of(draw: str, notice: str, listed: str, closed: str, keys: Mapping[str, str]) -> str:
    """The seed (hex) of the tickets that order equals: of the hashes (hex) of the leaves that fixed the
    notice, the list and the sheets, and of the private keys (hex) of its quotes by holder, which were
    chosen before anybody entered and given away only when nothing could be judged any more.
    """
    held = [{"id": holder, "sk": sk} for holder, sk in sorted(keys.items())]
    return digest(
        SEED, {"draw": draw, "notice": notice, "listed": listed, "closed": closed, "keys": held}
    )


# --- arithmetic ---------------------------------------------------------------------------
def sheet_score(criteria: Sequence[Mapping[str, Any]], marks: Sequence[int]) -> int:
    """What a sheet gives one proposal: the mean of its marks by the criteria's weights."""
    weights = [each["weight"] for each in criteria]
    total = sum(weight * mark for weight, mark in zip(weights, marks, strict=True))
    return score.half_up(total * 100, sum(weights))


def outcome(
    rule: Mapping[str, Any],
    quotes: Mapping[str, int],
    sheets: Mapping[str, Sequence[int]],
    seed: str,
) -> Outcome:
    """Rank those whose quote has opened. `rule`: of the notice's leaf `criteria`, `price` {formula,
    weight} (not where proposals alone rank), `pass_mark`, `quote_rule`; `sheets`: the scores of each
    agency's sheets.
    """
    proposals = {ref: score.mean(sheets[ref]) for ref in quotes}
    invalid = _invalid(rule, quotes, proposals)
    valid = {ref: quote for ref, quote in quotes.items() if ref not in invalid}
    if not valid:
        is_below = bool(invalid) and set(invalid.values()) == {BELOW_MARK}
        failure = ALL_BELOW_MARK if is_below else ALL_QUOTES_INVALID
        return Outcome(proposals, invalid, {}, {}, {}, [], {}, failure)

    if "price" not in rule:
        return _by_proposals(proposals, invalid, seed)
    prices = _prices(rule["price"]["formula"], valid)
    weights = {
        PRICE: rule["price"]["weight"] * 100,
        PROPOSAL: sum(each["weight"] for each in rule["criteria"]) * 100,
    }
    parts = score.parts(weights, {PRICE: prices, PROPOSAL: proposals}, valid)
    totals = {ref: sum(row.values()) for ref, row in parts.items()}
    ranked = ways.weighted(totals, valid, proposals, seed)
    return Outcome(proposals, invalid, prices, parts, totals, ranked.refs, ranked.tickets, None)


def _by_proposals(proposals: dict[str, int], invalid: dict[str, str], seed: str) -> Outcome:
    totals = {ref: score for ref, score in proposals.items() if ref not in invalid}
    ranked = ways.by_keys({ref: (-total,) for ref, total in totals.items()}, seed)
    return Outcome(proposals, invalid, {}, {}, totals, ranked.refs, ranked.tickets, None)


def _invalid(
    rule: Mapping[str, Any], quotes: Mapping[str, int], proposals: Mapping[str, int]
) -> dict[str, str]:
    said = rule["quote_rule"]
    bounds = Rule(said["kind"], said.get("floor"), said.get("ceiling"))
    found = {}
    for ref, quote in quotes.items():
        code = outside({FEN: quote}, bounds)
        if proposals[ref] < rule["pass_mark"] * 100:
            code = BELOW_MARK
        if code:
            found[ref] = code
    return found


def _prices(formula: str, quotes: Mapping[str, int]) -> dict[str, int]:
    return score.low_first(quotes) if formula == LOW_FIRST else score.near_mean(quotes)


def benchmark(formula: str, quotes: Sequence[int]) -> int:
    """What the quotes (fen) are held against: the lowest, or their mean, rounded as it is shown."""
    return min(quotes) if formula == LOW_FIRST else score.mean(quotes)


def sheets_example(
    draw: str, sheets: Mapping[str, Sequence[int]], found: Outcome, seed: str
) -> dict[str, Any]:
    """`scores.json` of a selection whose proposals alone rank: the sheets of those who are ranked."""
    ranked = {
        ref: [score.shown(each) for each in sheets[ref]] for ref in sheets if ref in found.totals
    }
    return {"id": draw, "method": PROPOSED_RULE, "input": {"sheets": ranked, "seed": seed}}


def example_of(
    draw: str, rule: Mapping[str, Any], quotes: Mapping[str, int], found: Outcome, seed: str
) -> dict[str, Any]:
    """The same as an example that `python rank.py` ranks: `scores.json`."""
    money = {ref: score.shown(quote) for ref, quote in quotes.items()}
    weights = {
        PRICE: str(rule["price"]["weight"]),
        PROPOSAL: str(sum(each["weight"] for each in rule["criteria"])),
    }
    bounds = {
        name: score.shown(rule["quote_rule"][name])
        for name in ("ceiling", "floor")
        if rule["quote_rule"].get(name)
    }
    return {
        "id": draw,
        "method": RULE,
        "input": {
            **bounds,
            "quotes": money,
            "proposal": {ref: score.shown(each) for ref, each in found.proposal.items()},
            "pass_mark": str(rule["pass_mark"]),
            "price_formula": rule["price"]["formula"],
            "weights": weights,
            "seed": seed,
        },
    }
