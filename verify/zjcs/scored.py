"""综合评分 and 方案比选: from marks and quotes to the order, as pure functions of what is on the log (ADR
0055, 0065).

People judged: each mark is a level of the notice. Arithmetic follows (`score.py`, `ways.py`). Quotes are
in fen, marks in points, scores in hundredths of a point.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from . import score, ways
from .canonical import jcs
from .faults import Fault
from .openings import FEN, LEAST, RATE, Rule, outside

RULE = "weighted"
PROPOSED_RULE = "proposal"
"""The proposals alone rank: a quote is sealed within the notice's bounds and scores nothing."""
RULES = (RULE, PROPOSED_RULE)
PRICE = "price"
PROPOSAL = "proposal"
CREDIT = "credit"
RESPONSE = "response"
WINNERS = 1
LOW_FIRST = "low_first"
NEAR_MEAN = "near_mean"
FORMULAS = (LOW_FIRST, NEAR_MEAN)
BELOW_MARK = "below_pass_mark"
BELOW_FLOOR = "below_floor"
"""Below the notice's floor, or below one fen: a rate of nearly everything of a small ceiling."""
ALL_BELOW_MARK = "ALL_BELOW_MARK"
ALL_QUOTES_INVALID = "ALL_QUOTES_INVALID"

SEED = "zjcs-rank/2/keys"
LETTER = "zjcs-rank/2/letter"
SHEET = "zjcs-rank/2/sheet"
COMMENTS = "zjcs-rank/2/comments"
JUROR = "zjcs-rank/2/juror"
PROPOSED = "zjcs-rank/2/proposal"


class Offer(NamedTuple):
    """What an agency offered, and what it had: `amount` in fen, of a rate (basis points) what it comes to;
    `days` promised, None where none are asked for; `credit` in hundredths, None of a newcomer.
    """

    amount: int
    rate: int | None = None
    days: int | None = None
    credit: int | None = None


class Outcome(NamedTuple):
    """What follows from marks and offers, by agency (ref). `invalid`: who is not ranked, and why, as a
    code; `columns`: the score of each criterion that a formula or the sheets give, by its name;
    `failure`: why nobody is ranked, as a code, else None. The totals rank, then the lower quote, then
    the better proposal, then the ticket. Where proposals alone rank, their scores are the totals, and
    equals are ordered by the ticket at once.
    """

    proposal: dict[str, int]
    invalid: dict[str, str]
    columns: dict[str, dict[str, int]]
    parts: dict[str, dict[str, int]]
    totals: dict[str, int]
    order: list[str]
    tickets: dict[str, str]
    failure: str | None

    @property
    def price(self) -> dict[str, int]:
        """The scores of the quotes; none where they are not scored."""
        return self.columns.get(PRICE, {})


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
    offers: Mapping[str, Offer],
    sheets: Mapping[str, Sequence[int]],
    seed: str,
) -> Outcome:
    """Rank those whose quote has opened. `rule`: of the notice's leaf `criteria`, `price` {formula,
    weight} (not where proposals alone rank), `credit` {mean, weight} and `response` {limit, weight}
    where they are scored, `pass_mark`, `quote_rule`; `sheets`: the scores of each agency's sheets.
    """
    proposals = {ref: score.mean(sheets[ref]) for ref in offers}
    invalid = _invalid(rule, offers, proposals)
    valid = {ref: offer for ref, offer in offers.items() if ref not in invalid}
    if not valid:
        is_below = bool(invalid) and set(invalid.values()) == {BELOW_MARK}
        failure = ALL_BELOW_MARK if is_below else ALL_QUOTES_INVALID
        return Outcome(proposals, invalid, {}, {}, {}, [], {}, failure)

    if PRICE not in rule:
        return _by_proposals(proposals, invalid, seed)
    columns = _columns(rule, valid, proposals)
    weights = {name: weight * 100 for name, weight in weights_of(rule).items()}
    parts = score.parts(weights, columns, valid)
    totals = {ref: sum(row.values()) for ref, row in parts.items()}
    ranked = ways.weighted(totals, _amounts(valid), proposals, seed)
    return Outcome(proposals, invalid, columns, parts, totals, ranked.refs, ranked.tickets, None)


def weights_of(rule: Mapping[str, Any]) -> dict[str, int]:
    """What each part of the total weighs, in points: the quote, the proposal, then what else a formula scores."""
    more = {name: rule[name]["weight"] for name in (CREDIT, RESPONSE) if name in rule}
    return {
        PRICE: rule[PRICE]["weight"],
        PROPOSAL: sum(each["weight"] for each in rule["criteria"]),
        **more,
    }


def _amounts(offers: Mapping[str, Offer]) -> dict[str, int]:
    return {ref: offer.amount for ref, offer in offers.items()}


def _by_proposals(proposals: dict[str, int], invalid: dict[str, str], seed: str) -> Outcome:
    totals = {ref: score for ref, score in proposals.items() if ref not in invalid}
    ranked = ways.by_keys({ref: (-total,) for ref, total in totals.items()}, seed)
    return Outcome(proposals, invalid, {}, {}, totals, ranked.refs, ranked.tickets, None)


def _invalid(
    rule: Mapping[str, Any], offers: Mapping[str, Offer], proposals: Mapping[str, int]
) -> dict[str, str]:
    said = rule["quote_rule"]
    bounds = Rule(FEN, said.get("floor"), said.get("ceiling"))
    found = {}
    for ref, offer in offers.items():
        code = outside({FEN: offer.amount}, bounds) if offer.amount >= LEAST[FEN] else BELOW_FLOOR
        if proposals[ref] < rule["pass_mark"] * 100:
            code = BELOW_MARK
        if code:
            found[ref] = code
    return found


def _columns(
    rule: Mapping[str, Any], offers: Mapping[str, Offer], proposals: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """The scores of each criterion. Who is new has the mean that the notice has fixed."""
    found = {
        PRICE: _prices(rule[PRICE]["formula"], _amounts(offers)),
        PROPOSAL: {ref: proposals[ref] for ref in offers},
    }
    if CREDIT in rule:
        mean = int(rule[CREDIT]["mean"])
        found[CREDIT] = {
            ref: mean if offer.credit is None else offer.credit for ref, offer in offers.items()
        }
    if RESPONSE in rule:
        days = {ref: _days_of(ref, offer) for ref, offer in offers.items()}
        found[RESPONSE] = score.promised(days, rule[RESPONSE]["limit"])
    return found


def _days_of(ref: str, offer: Offer) -> int:
    """The days that were promised: who promised none has no score, least of all the best. Raises Fault
    `scored.row`.
    """
    if offer.days is None:
        raise Fault("scored.row", no=ref)
    return offer.days


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
    draw: str, rule: Mapping[str, Any], offers: Mapping[str, Offer], found: Outcome, seed: str
) -> dict[str, Any]:
    """The same as an example that `python rank.py` ranks: `scores.json`."""
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
            **_quoted(rule["quote_rule"]["kind"], offers),
            PROPOSAL: _shown(found.proposal.items()),
            **_formulas(rule, offers, found),
            "pass_mark": str(rule["pass_mark"]),
            "price_formula": rule[PRICE]["formula"],
            "weights": {name: str(weight) for name, weight in weights_of(rule).items()},
            "seed": seed,
        },
    }


def _quoted(kind: str, offers: Mapping[str, Offer]) -> dict[str, Any]:
    if kind == RATE:
        rates = _shown((ref, offer.rate or 0) for ref, offer in offers.items())
        return {"quote_type": "discount_rate", "rates": rates}
    return {"quotes": _shown(_amounts(offers).items())}


def _formulas(
    rule: Mapping[str, Any], offers: Mapping[str, Offer], found: Outcome
) -> dict[str, Any]:
    """The columns beside price and proposals: credit as it was fixed, points of the promised days."""
    given: dict[str, Any] = {}
    if CREDIT in rule:
        given[CREDIT] = {
            ref: None if offer.credit is None else score.shown(offer.credit)
            for ref, offer in offers.items()
        }
        given["platform_mean"] = score.shown(rule[CREDIT]["mean"])
    if RESPONSE in rule:
        given[RESPONSE] = _shown(found.columns.get(RESPONSE, {}).items())
    return given


def _shown(column: Iterable[tuple[str, int]]) -> dict[str, str]:
    return {ref: score.shown(number) for ref, number in column}
