"""Ways that rank by price without a market: what the vectors say, what changes nothing, and what both
verifiers refuse.
"""

import functools
import itertools
import json
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verify.boxed import ALG, second
from tests.verify.forge import Forge, keys_json, make
from tests.verify.node import batch, script
from tests.verify.vectors import HERE
from verify.zjcs import evidence, examples, keys, openings, ranked
from verify.zjcs.faults import Fault
from verify.zjcs.ranked import Basis

RANK = "zjcs-rank/2"
SEED = "ab" * 32
VECTORS = {
    row["id"]: row
    for row in json.loads((HERE / "best_score.json").read_text("utf-8"))["cases"]
    if row["method"] in ranked.ORDERS.keys() - ranked.AUCTIONS
}
QUOTES = st.dictionaries(
    st.integers(1, 999_999).map(lambda no: f"A{no:06}"),
    st.sampled_from([1, 2, 3, 100, 101, 102, 10**15]) | st.integers(1, 10**15),
    min_size=1,
    max_size=9,
)


def fen(texts: dict[str, str]) -> dict[str, int]:
    return {ref: int(text.replace(".", "")) for ref, text in texts.items()}


def in_javascript(cases: list[tuple[str, dict[str, int], str]]) -> list[list[list]]:
    """What the browser's twin makes of (rule, amounts, seed): rows of [ref, ticket or null]."""
    told = json.dumps([[rule, list(amounts.items()), seed] for rule, amounts, seed in cases])
    return script(
        'import { ORDERS } from "./ranked.js";'
        f"const found = {told}.map(([rule, rows, seed]) => ORDERS[rule](new Map(rows), seed));"
        "console.log(JSON.stringify(found.map((rows) => rows.map((row) =>"
        " [row.ref, row.ticket ?? null]))));"
    )


def rows(rule: str, amounts: dict[str, int], seed: str = SEED) -> list[list]:
    order = ranked.order_of(rule, Basis(amounts), seed)
    return [[ref, order.tickets.get(ref)] for ref in order.refs]


@pytest.mark.parametrize("name", VECTORS)
def test_the_examples_are_ranked_as_written_by_both(name):
    given_ = VECTORS[name]["input"]
    expected = VECTORS[name]["expected"]
    amounts = fen(given_["quotes"])
    seed = given_.get("seed", SEED)
    found = rows(VECTORS[name]["method"], amounts, seed)
    assert [ref for ref, _ in found] == expected["order"]
    assert {ref: ticket for ref, ticket in found if ticket} == expected.get("tickets", {})
    assert in_javascript([(VECTORS[name]["method"], amounts, seed)]) == [found]


@given(QUOTES, st.randoms(use_true_random=False), st.sampled_from(sorted(ranked.ORDERS)))
def test_the_order_of_entry_changes_nothing_and_equals_always_have_tickets(quotes, dice, rule):
    shuffled = list(quotes.items())
    dice.shuffle(shuffled)
    found = rows(rule, quotes)
    assert found == rows(rule, dict(shuffled))
    assert sorted(ref for ref, _ in found) == sorted(quotes)
    for (one, ticket), (other, its) in itertools.pairwise(found):
        if quotes[one] == quotes[other]:
            assert str(ticket) < str(its)
            assert ticket


@given(QUOTES, st.data())
def test_who_lowers_a_quote_never_falls_behind_in_the_lowest(quotes, data):
    ref = data.draw(st.sampled_from(sorted(quotes)))
    before = [each for each, _ in rows("lowest", quotes)].index(ref)
    lower = quotes | {ref: max(1, quotes[ref] - 1)}
    if lower[ref] < quotes[ref]:
        assert [each for each, _ in rows("lowest", lower)].index(ref) <= before


def test_the_twin_ranks_the_same_where_numbers_are_large_or_equal():
    """Four hundred lists at once: one run of node."""
    dice = random.Random(20260304)
    values = (1, 2, 3, 10**15, 10**15 - 1)
    cases = []
    for _ in range(400):
        count = dice.randint(1, 9)
        refs = dice.sample(range(1, 999_999), count)
        amounts = {f"A{no:06}": dice.choice((*values, dice.randint(1, 10**15))) for no in refs}
        cases.append((dice.choice(sorted(ranked.ORDERS)), amounts, f"{dice.getrandbits(256):064x}"))
    assert in_javascript(cases) == [rows(*case) for case in cases]


def test_scores_are_an_example_that_ranks_again():
    quotes = {"A000001": 5_000_000, "A000002": 4_700_000, "A000003": 5_300_000}
    file = ranked.scores_of("XQ-1", "average", quotes, SEED)
    assert examples.expected(file["method"], file["input"]) == file["expected"]
    assert file["expected"]["benchmark_shown"] == "50000.00"
    assert file["expected"]["order"] == ["A000001", "A000002", "A000003"]


# --- forged files -------------------------------------------------------------------------
EVEN = (3_000_000, 2_950_000, 2_950_000, 4_000_000, 4_000_001)


def by_price(forge: Forge, rule: str = "lowest", quotes: tuple[int, ...] = EVEN) -> None:
    """An honest selection by price, all quotes in boxes."""
    for no, quote in enumerate(quotes, 1):
        forge.requote(no, quote_fen=quote)
    made = second(forge)
    for no, quote in enumerate(quotes, 1):
        made.put(no, made.seal(no, openings.data_of(made.opening(no, quote_fen=quote))))
    forge.notice.update(alg=RANK, rule=rule)
    forge.twist.append(lambda file: file.update(protocol=RANK))


def twisted(change, rule: str = "lowest"):
    def apply(forge: Forge) -> None:
        by_price(forge, rule)
        change(forge)

    return apply


def in_result(**fields):
    return twisted(lambda forge: forge.twist_result.append(lambda leaf: leaf.update(fields)))


def swap(leaf):
    leaf["order"][:2] = leaf["order"][1::-1]


def lottery(forge):
    """The order of a random draw in place of the order by price."""
    second(forge)
    forge.notice["rule"] = "lowest"


def requoted(forge):
    """A quote changed in the seal after the box was made."""
    forge.seal["entrants"][0]["quote_fen"] = 1


def other_ticket(file):
    file["order"][0]["ticket"] = "0" * 64


def needless_ticket(file):
    file["order"][-1]["ticket"] = "0" * 64


def as_lowest(leaf):
    quotes = {f"A{no:06}": quote for no, quote in enumerate(EVEN, 1)}
    leaf["order"] = [ref for ref, _ in rows("lowest", quotes, leaf["seed"])]


def second_result(forge):
    forge.stages["after"].append(forge.leaf("draw.result", order=["A000001"], seed="0" * 64))


CASES = {
    "lowest": (by_price, True, None),
    "average": (lambda f: by_price(f, "average"), True, None),
    "equals swapped": (
        twisted(lambda f: f.twist_result.append(swap)),
        False,
        "result.order",
    ),
    "another seed": (in_result(seed="0" * 64), False, "result.seed"),
    "another number of winners": (in_result(winners=2), False, "result.winners"),
    "a quote changed": (twisted(requoted), False, "entry.commitment"),
    "another rule in the notice": (lottery, False, "result.rule"),
    "two results": (twisted(second_result), False, "result.rule"),
    "another ticket": (
        twisted(lambda f: f.twist.append(other_ticket)),
        False,
        "evidence.order",
    ),
    "a ticket of one who was not equal": (
        twisted(lambda f: f.twist.append(needless_ticket)),
        False,
        "evidence.order",
    ),
    "the mean ranked as the lowest": (
        twisted(lambda f: f.twist_result.append(as_lowest), "average"),
        False,
        "result.order",
    ),
}


@functools.cache
def text(name):
    return make(CASES[name][0]).text()


@functools.cache
def verdicts():
    pinned = keys_json(alg_from=[{"index": 0, "algs": [ALG, RANK], "t": 2}])
    return dict(
        zip(CASES, batch([{"text": text(name), "keys": pinned} for name in CASES]), strict=True)
    )


@pytest.mark.parametrize("name", CASES)
def test_both_refuse_what_was_changed_and_nothing_else(name):
    _, verdict, code = CASES[name]
    pinned = keys.load(keys_json(alg_from=[{"index": 0, "algs": [ALG, RANK], "t": 2}]))
    answer = verdicts()[name]
    assert (answer["ok"], answer.get("code")) == (verdict, code), answer
    try:
        steps = list(evidence.check(text(name), pinned))
    except Fault as fault:
        assert (verdict, code) == (False, fault.code)
        return
    assert verdict
    assert [step.fault for step in steps if step.fault] == []


def test_the_program_holds_scores_to_the_evidence(tmp_path):
    file = tmp_path / "evidence.json"
    file.write_text(text("average"), encoding="utf-8")
    amounts = {f"A{no:06}": quote for no, quote in enumerate(EVEN, 1)}
    draw = json.loads(text("average"))
    shown = ranked.scores_of(draw["draw"], "average", amounts, draw["seed"])
    scores = tmp_path / "scores.json"
    for change, code in (({}, 0), ({"seed": "0" * 64}, 1)):
        scores.write_text(json.dumps(shown | {"input": shown["input"] | change}), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "verify/verify_draw.py", file, "--scores", scores, "--lang", "en"],
            capture_output=True,
            text=True,
            check=False,
            cwd=HERE.parents[2],
        )
        assert (done.returncode, "scores.json" in done.stdout + done.stderr) == (code, True)
