"""The ways of selecting recomputed: the examples byte for byte, what is true of every ranking, and
that no input ends in a traceback.
"""

import copy
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.zjcs import auction, examples, score, ways
from verify.zjcs.faults import Fault

EXAMPLES = Path(__file__).with_name("data") / "best_score.json"
CASES = json.loads(EXAMPLES.read_bytes(), parse_float=Decimal)["cases"]
BY_ID = {case["id"]: case for case in CASES}
RANK = Path(__file__).parents[2] / "verify" / "rank.py"
SEED = "00112233445566778899aabbccddeeff" * 2

REFS = st.integers(1, 999).map("A{:06}".format)
AMOUNTS = st.integers(1, 10**9)
QUOTES = st.dictionaries(REFS, AMOUNTS, min_size=1, max_size=12)


def run(*arguments, text=""):
    return subprocess.run(
        [sys.executable, "-S", RANK, *arguments],
        input=text.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )


def changed(name, **values):
    """The input of an example with other values; None takes a key away."""
    fresh = {**copy.deepcopy(BY_ID[name]["input"]), **values}
    return {key: value for key, value in fresh.items() if value is not None}


# --- examples -----------------------------------------------------------------------------
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_each_example_byte_for_byte(case):
    found = examples.expected(case["method"], case["input"])
    assert json.dumps(found) == json.dumps(case["expected"])


def test_the_command_reads_a_file_or_standard_input_with_the_standard_library_alone(tmp_path):
    path = tmp_path / "examples.json"
    path.write_text(json.dumps([{**case, "expected": "not read"} for case in CASES], default=float))
    from_file = run(path)
    from_input = run("-", text=json.dumps(BY_ID["BS-02"]))
    wanted = [{"id": case["id"], "expected": case["expected"]} for case in CASES]
    assert (from_file.returncode, json.loads(from_file.stdout)) == (0, wanted)
    assert json.loads(from_input.stdout) == [wanted[1]]


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("{", 2, "JSON"),
        ('{"id": 1, "id": 2}', 2, "twice"),
        ("[" * 100_000, 2, "JSON"),
        ("7", 1, "id"),
        ('{"id": "X", "method": "vote", "input": {}}', 1, "vote"),
        ('{"id": "X", "method": ["vote"], "input": {}}', 1, "method"),
        ('{"id": "X", "method": "lowest", "input": {"quotes": {"A000001": "1.005"}}}', 1, "1.005"),
        ('{"id": "X", "method": "lowest", "input": {"quotes": {"A000001": 1e400}}}', 1, "number"),
    ],
)
def test_what_cannot_be_ranked_is_said_in_a_sentence(text, code, word):
    done = run("-", "--lang", "en", text=text)
    assert done.returncode == code
    assert word in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_said():
    assert run("/nowhere/examples.json").returncode == 2


JUNK = [None, True, -1, "", "x", "1e5", "-3.00", "0.001", [], {}, [1], {"a": 1}, 10**30, "２"]


def places(value, path=()):
    """The path of every value inside a JSON value."""
    if path:
        yield path
    pairs = {dict: dict.items, list: enumerate}.get(type(value), lambda _: ())(value)
    for key, inner in pairs:
        yield from places(inner, (*path, key))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_junk_at_any_place_is_a_fault_or_an_answer(case):
    for path in places(case["input"]):
        for junk in JUNK:
            given = copy.deepcopy(case["input"])
            inner = given
            for key in path[:-1]:
                inner = inner[key]
            inner[path[-1]] = junk
            try:
                json.dumps(examples.expected(case["method"], given))
            except Fault as fault:
                assert fault.code.startswith("rank."), path


# --- other inputs -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "values", "wanted"),
    [
        ("BS-01", {"floor": "80000.01"}, {"invalid": {"A000103": "BELOW_FLOOR"}}),
        ("BS-03", {"quotes": {"A000301": "60000.00"}}, {"order": ["A000301"]}),
        ("BS-06", {"quotes": {}}, {"outcome": "failed:NO_ENTRANT"}),
        ("BS-15", {"declines": ["A001502", "A001503"]}, {"after_decline": "A001501"}),
        ("BS-16", {"explanation": {"A001601": "accepted"}}, {"price_score": {
            "A001601": "100.00", "A001602": "45.56", "A001603": "43.16", "A001604": "41.84"}}),
        ("BS-24", {"pass_mark": 90}, {"outcome": "failed:ALL_BELOW_MARK"}),
        ("BS-14", {"pool_left": []}, {"outcome": "failed:NO_JURORS"}),
        ("BS-14", {"reserve": ["J4"]}, {"outcome": "continue"}),
        ("BS-17", {"ceiling": "29600.00", "quotes": {"A000001": "29600.00", "A000002": "29600.01"}},
         {"invalid": {"A000002": "ABOVE_CEILING"}, "order": ["A000001"]}),
        ("BS-25", {"at": "2026-05-31"}, {"score": "89.00"}),
    ],
)  # fmt: skip
def test_other_values_than_the_examples(name, values, wanted):
    found = examples.expected(BY_ID[name]["method"], changed(name, **values))
    assert {key: found[key] for key in wanted} == wanted


def test_who_is_not_named_among_the_credit_has_the_platforms_mean():
    given = {
        "quotes": {"A000001": "100.00", "A000002": "100.00"},
        "weights": {"price": 50, "credit": 50},
        "credit": {"A000001": 90},
    }
    found = examples.expected("weighted", {**given, "platform_mean": "80"})
    assert found["total"] == {"A000001": "95.00", "A000002": "90.00"}
    with pytest.raises(Fault, match=r"rank\.missing"):
        examples.expected("weighted", given)


@pytest.mark.parametrize("seed", [None, "ab" * 32])
def test_equal_quotes_near_the_mean_have_one_order_however_they_stand(seed):
    quotes = {"A000001": "100.00", "A000002": "100.00", "A000003": "100.00"}
    given = {"price_formula": "near_mean", **({"seed": seed} if seed else {})}
    orders = [
        examples.expected("weighted", {**given, "quotes": dict(each)})["order_by_price_score"]
        for each in (quotes.items(), reversed(quotes.items()))
    ]
    assert orders[0] == orders[1]
    if seed:
        keys = dict.fromkeys(quotes, (0,))
        assert orders[0] == ways.by_keys(keys, seed).refs
    else:
        assert orders[0] == list(quotes)


@pytest.mark.parametrize("name", ["BS-03", "BS-10", "BS-17"])
def test_equals_without_a_seed_are_never_ordered(name):
    with pytest.raises(Fault, match=r"rank\.tie"):
        examples.expected(BY_ID[name]["method"], changed(name, seed=None))


def test_a_void_sheet_that_counts_and_a_sheet_that_moved_are_refused():
    after = copy.deepcopy(BY_ID["BS-13"]["input"]["sheets_after"])
    after["A001301"]["J2"] = "95"
    with pytest.raises(Fault, match="void_sheet"):
        examples.expected("proposal", changed("BS-13", sheets_after=after))
    after["A001301"] = {"J1": "99", "J3": "84", "J4": "81"}
    with pytest.raises(Fault, match="changed_sheet"):
        examples.expected("proposal", changed("BS-13", sheets_after=after))


# --- what is true of every ranking ---------------------------------------------------------
@given(QUOTES, st.randoms())
def test_the_order_in_which_entrants_stand_changes_nothing(quotes, random):
    shuffled = list(quotes.items())
    random.shuffle(shuffled)
    for rank in (ways.lowest, ways.average):
        order = rank(quotes, SEED)
        assert order == rank(dict(shuffled), SEED)
        assert sorted(order.refs) == sorted(quotes)


@given(QUOTES, st.data())
def test_a_lower_price_never_has_a_worse_score_by_low_first(quotes, data):
    ref = data.draw(st.sampled_from(sorted(quotes)))
    lower = {**quotes, ref: data.draw(st.integers(1, quotes[ref]))}
    assert score.low_first(lower)[ref] >= score.low_first(quotes)[ref]


@given(QUOTES)
def test_price_scores_lie_between_zero_and_a_hundred(quotes):
    for scores in (score.low_first(quotes), score.near_mean(quotes)):
        assert all(0 <= points <= score.FULL for points in scores.values())


@given(QUOTES, st.data())
def test_the_printed_totals_are_what_ranks(quotes, data):
    marks = {ref: data.draw(st.integers(0, 10000)) for ref in quotes}
    weights = {"price": 40_00, "proposal": 60_00}
    parts = score.parts(weights, {"price": score.low_first(quotes), "proposal": marks}, quotes)
    totals = {ref: sum(row.values()) for ref, row in parts.items()}
    order = ways.weighted(totals, quotes, marks, SEED).refs
    assert [totals[ref] for ref in order] == sorted(totals.values(), reverse=True)


@given(st.dictionaries(REFS, st.integers(0, 11000), min_size=2, max_size=12), st.integers(1, 12))
@settings(max_examples=50)
def test_nobody_with_more_credit_is_cut_from_the_longlist_or_has_fewer_balls(credit, longest):
    lottery = ways.shortlist(credit, longest=longest, shortest=1, seed=SEED)
    cut = [credit[ref] for ref in credit if ref not in lottery.longlist]
    assert all(credit[ref] > max(cut, default=-1) for ref in lottery.longlist)
    counts = [lottery.balls[ref] for ref in sorted(lottery.longlist, key=credit.__getitem__)]
    assert counts == sorted(counts)
    assert sorted(lottery.refs) == sorted(lottery.longlist)


@given(st.lists(st.tuples(st.integers(0, 4000), REFS, st.integers(1, 10**6)), max_size=20))
def test_a_live_auction_ends_by_its_hard_stop_and_only_falls(events):
    bids = [auction.Bid(*event) for event in sorted(events)]
    terms = auction.Terms(100, 1000, 300, 3000, 500, 1000, None)
    outcome = auction.live(bids, terms)
    assert 1000 <= outcome.end <= 3000
    places = {place for place, _ in outcome.refused}
    held = [bid for i, bid in enumerate(bids) if i not in places]
    amounts = [bid.amount for bid in held]
    assert amounts == sorted(amounts, reverse=True)
    assert all(100 <= bid.at < outcome.end and bid.amount >= 1000 for bid in held)
