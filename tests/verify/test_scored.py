"""综合评分 without a market: what follows from quotes and sheets; both verifiers alike."""

import json
import random

from hypothesis import given
from hypothesis import strategies as st

from tests.verify.node import script
from verify.zjcs import scored

SEED = "5e" * 32
REF = st.integers(1, 999_999).map(lambda no: f"A{no:06}")
QUOTE = st.integers(1, 10**9)
POINTS = st.sampled_from([100, 75, 50, 20])
MARKS = st.lists(st.lists(POINTS, min_size=2, max_size=2), min_size=3, max_size=3)
ENTRANTS = st.dictionaries(REF, st.tuples(QUOTE, MARKS), min_size=1, max_size=9)
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


def outcome(entrants: dict, of: dict) -> scored.Outcome:
    offers = {ref: scored.Offer(quote) for ref, (quote, _) in entrants.items()}
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
console.log(JSON.stringify(GIVEN.map(({ rule, entrants }) => {
  const offers = new Map(entrants.map(([ref, [amount]]) => [ref, { amount }]));
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


def test_the_browser_computes_the_same():
    dice = random.Random(7)
    given = [
        (rule(dice.choice(scored.FORMULAS), dice.choice([0, 60])), some(dice)) for _ in range(80)
    ]
    asked = [{"rule": of, "entrants": list(entrants.items())} for of, entrants in given]
    answers = script(IN_NODE.replace("GIVEN", json.dumps(asked)).replace("SEED", SEED))
    for (of, entrants), answer in zip(given, answers, strict=True):
        found = outcome(entrants, of)
        assert answer["order"] == found.order
        assert answer["failure"] == found.failure
        assert answer["totals"] == found.totals
        assert answer["invalid"] == found.invalid
