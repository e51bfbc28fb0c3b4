"""综合评分 without a market: what follows from quotes and sheets; both verifiers alike."""

import json
import random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verify.node import script
from verify.zjcs import keys, logcheck, score, scored
from verify.zjcs.case import Case, Leaf
from verify.zjcs.faults import Fault, Undecided

SEED = "5e" * 32
REF = st.integers(1, 999_999).map(lambda no: f"A{no:06}")
QUOTE = st.integers(1, 10**9)
POINTS = st.sampled_from([100, 75, 50, 20])
MARKS = st.lists(st.lists(POINTS, min_size=2, max_size=2), min_size=3, max_size=3)
ENTRANTS = st.dictionaries(REF, st.tuples(QUOTE, MARKS), min_size=1, max_size=9)
CREDIT = st.none() | st.integers(0, 100_00)
DAYS = st.integers(1, 40)
MORE = st.lists(st.tuples(CREDIT, DAYS), min_size=9, max_size=9)
GOOD = [[100, 100]] * 3
FORMULA = st.sampled_from(scored.FORMULAS)


def rule(formula: str = "low_first", pass_mark: int = 0) -> dict:
    return {
        "criteria": [
            {"code": "method", "weight": 40, "levels": [100, 75, 50, 20]},
            {"code": "quality", "weight": 30, "levels": [100, 75, 50, 20]},
        ],
        "pass_mark": pass_mark,
        "price": {"formula": formula, "weight": 30},
        "quote_rule": {"kind": "quote_fen", "floor": 0, "ceiling": 10**9},
    }


def whole_rule(formula: str = "low_first", mean: int = 90_00) -> dict:
    """The same with credit and promised days."""
    more = {
        "credit": {"count": 9, "mean": mean, "sha256": "00" * 32, "weight": 15},
        "response": {"limit": 30, "weight": 5},
    }
    return {**rule(formula), "price": {"formula": formula, "weight": 10}, **more}


def outcome(entrants: dict, of: dict) -> scored.Outcome:
    offers = {ref: scored.Offer(quote) for ref, (quote, _) in entrants.items()}
    return of_offers(entrants, offers, of)


def with_more(entrants: dict, more: list, of: dict) -> scored.Outcome:
    """The outcome with credit and days too: to each entrant, by its ref, one pair of `more`."""
    offers = {
        ref: scored.Offer(entrants[ref][0], None, days, credit)
        for ref, (credit, days) in zip(sorted(entrants), more, strict=False)
    }
    return of_offers(entrants, offers, of)


def of_offers(entrants: dict, offers: dict, of: dict) -> scored.Outcome:
    sheets = {
        ref: [scored.sheet_score(of["criteria"], marks) for marks in each]
        for ref, (_, each) in entrants.items()
    }
    return scored.outcome(of, offers, sheets, SEED)


@given(ENTRANTS, FORMULA, st.randoms())
def test_the_order_in_which_they_came_changes_nothing(entrants, formula, dice):
    refs = list(entrants)
    dice.shuffle(refs)
    shuffled = {ref: entrants[ref] for ref in refs}
    assert outcome(shuffled, rule(formula)).order == outcome(entrants, rule(formula)).order


@given(ENTRANTS, st.integers(1, 10**6))
def test_lowering_a_price_never_worsens_its_score(entrants, less):
    ref = min(entrants)
    quote, marks = entrants[ref]
    before = outcome(entrants, rule()).price[ref]
    lowered = {**entrants, ref: (max(1, quote - less), marks)}
    assert outcome(lowered, rule()).price[ref] >= before


@given(ENTRANTS, FORMULA)
def test_the_published_total_ranks_and_is_the_sum_of_its_parts(entrants, formula):
    found = outcome(entrants, rule(formula))
    totals = [found.totals[ref] for ref in found.order]
    assert totals == sorted(totals, reverse=True)
    assert sorted(found.order) == sorted(entrants)
    for ref, parts in found.parts.items():
        assert sum(parts.values()) == found.totals[ref]


@given(ENTRANTS, MORE, FORMULA, st.randoms())
def test_with_credit_and_days_the_order_of_coming_changes_nothing_and_parts_add_up(
    entrants, more, formula, dice
):
    found = with_more(entrants, more, whole_rule(formula))
    refs = list(entrants)
    dice.shuffle(refs)
    shuffled = {ref: entrants[ref] for ref in refs}
    assert with_more(shuffled, more, whole_rule(formula)) == found
    assert sorted(found.order) == sorted(entrants)
    totals = [found.totals[ref] for ref in found.order]
    assert totals == sorted(totals, reverse=True)
    for ref, parts in found.parts.items():
        assert set(parts) == {"price", "proposal", "credit", "response"}
        assert sum(parts.values()) == found.totals[ref] <= 100_00


@given(ENTRANTS, MORE, st.integers(0, 100_00))
def test_a_newcomer_is_never_below_the_mean_for_lack_of_history(entrants, more, mean):
    found = with_more(entrants, more, whole_rule(mean=mean))
    for ref, (credit, _) in zip(sorted(entrants), more, strict=False):
        assert found.columns["credit"][ref] == (mean if credit is None else credit)


@given(st.integers(1, 3650), DAYS, DAYS)
def test_who_promises_fewer_days_is_never_worse_and_nobody_gains_below_seventy_per_cent(
    limit, one, other
):
    scores = score.promised({"one": min(one, other), "other": max(one, other)}, limit)
    assert 0 <= scores["other"] <= scores["one"] <= score.FULL
    seven = -(-limit * 7 // 10)
    assert score.promised({"x": limit, "y": seven - 1}, limit) == {
        "x": 0,
        "y": score.FULL,
    }


def test_below_the_mark_nobody_is_ranked_and_it_says_so():
    alike = {"A000001": (5, [[20, 20]] * 3), "A000002": (9, [[50, 20]] * 3)}
    found = outcome(alike, rule(pass_mark=60))
    assert (found.order, found.failure) == ([], "ALL_BELOW_MARK")
    assert found.invalid == dict.fromkeys(alike, "below_pass_mark")


def test_above_the_ceiling_a_quote_is_no_benchmark():
    of = rule()
    of["quote_rule"]["ceiling"] = 100
    found = outcome({"A000001": (100, [[100, 100]] * 3), "A000002": (101, [[100, 100]] * 3)}, of)
    assert (found.order, found.invalid) == (["A000001"], {"A000002": "above_ceiling"})
    assert found.price == {"A000001": 10000}


IN_NODE = """
import { outcome, sheetScore } from "./scoring.js";
console.log(JSON.stringify(GIVEN.map(({ rule, entrants, more }) => {
  const offers = new Map(entrants.map(([ref, [amount]], at) => [ref, { amount, credit: more[at][0], days: more[at][1] }]));
  const sheets = new Map(entrants.map(([ref, [, each]]) => [ref, each.map((marks) => sheetScore(rule.criteria, marks))]));
  const { order, failure, totals, invalid } = outcome(rule, offers, sheets, "SEED");
  return { order, failure, totals: Object.fromEntries(totals), invalid: Object.fromEntries(invalid) };
})));
"""


def some(dice: random.Random) -> dict:
    """Entrants that look arbitrary; every other market has many who are equal."""
    price = dice.choice([lambda: dice.randint(1, 10**9), lambda: dice.choice([90, 91])])
    return {
        f"A{no:06}": (
            price(),
            [[dice.choice([100, 75, 50, 20]) for _ in range(2)] for _ in range(3)],
        )
        for no in range(1, dice.randint(2, 12))
    }


def test_below_one_fen_a_quote_is_outside_and_no_benchmark():
    """A rate of 99.99 % of a ceiling of less than 50 yuan comes to nothing."""
    offers = {"A000001": (score.amount_of(4900, 9999), GOOD), "A000002": (4000, GOOD)}
    for formula in scored.FORMULAS:
        found = outcome(offers, rule(formula))
        assert (found.order, found.invalid) == (["A000002"], {"A000001": "below_floor"})
    assert outcome({"A000001": offers["A000001"]}, rule()).failure == "ALL_QUOTES_INVALID"


def test_who_promised_no_days_has_no_score():
    offers = {"A000001": scored.Offer(100, None, 9), "A000002": scored.Offer(100)}
    with pytest.raises(Fault, match=r"scored.row"):
        of_offers(dict.fromkeys(offers, (100, GOOD)), offers, whole_rule())


def test_without_its_file_an_open_selection_of_a_whole_log_is_undecided():
    """The log alone does not show that a box that was called unopenable opens well."""
    leaf = Leaf(4, {"type": "quotes.opened", "rows": [{"no": 2, "unopened": "payload_open"}]}, "")
    case = Case("XQ-360481-2026-00001", keys.claimed("log", (), ()), [leaf])
    asked: list[str] = []
    source: Any = SimpleNamespace(read=asked.append)
    [step] = logcheck._opened(case, logcheck.Found(), source, 9)
    assert isinstance(step.fault, Undecided) and step.fault.code == "log.no_evidence"
    assert asked == ["../notices/GG-360481-2026-00001/scores/evidence.json"]


def test_the_browser_computes_the_same():
    dice = random.Random(7)
    given = [
        (rule(dice.choice(scored.FORMULAS), dice.choice([0, 60])), some(dice)) for _ in range(40)
    ] + [(whole_rule(dice.choice(scored.FORMULAS)), some(dice)) for _ in range(40)]
    given += [
        (rule(each), {"A000001": (0, GOOD), "A000002": (9, GOOD)}) for each in scored.FORMULAS
    ]
    more = [(dice.choice([None, dice.randint(0, 100_00)]), dice.randint(1, 40)) for _ in range(12)]
    asked = [
        {"rule": of, "entrants": sorted(entrants.items()), "more": more} for of, entrants in given
    ]
    answers = script(IN_NODE.replace("GIVEN", json.dumps(asked)).replace("SEED", SEED))
    for (of, entrants), answer in zip(given, answers, strict=True):
        found = with_more(entrants, more, of)
        assert answer["order"] == found.order
        assert answer["failure"] == found.failure
        assert answer["totals"] == found.totals
        assert answer["invalid"] == found.invalid
