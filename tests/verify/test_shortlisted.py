"""信用择优 without a market: what the vectors say, what changes nothing, what both verifiers refuse."""

import functools
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verify.boxed import ALG, second
from tests.verify.cases import in_parts
from tests.verify.forge import Forge, inclusion, keys_json, make, number_hex, root
from tests.verify.node import batch, script
from tests.verify.vectors import HERE
from verify.zjcs import draw as protocol
from verify.zjcs import evidence, examples, keys, openings, score, shortlisted
from verify.zjcs.faults import Fault

RANK = "zjcs-rank/2"
SEED = "ab" * 32
MEAN = 9140
CASES_BS = json.loads((HERE / "best_score.json").read_text("utf-8"))["cases"]
BS_18 = next(row for row in CASES_BS if row["id"] == "BS-18")
NOTICE = {
    "credit": {"count": 9, "mean": MEAN, "sha256": "0" * 64},
    "shortlist": {"longlist": 4, "shortlist": 2, "silence": "first"},
}
MARKS = st.dictionaries(
    st.integers(1, 999_999).map(lambda no: f"A{no:06}"),
    st.none() | st.sampled_from([0, 6999, 7000, 9140, 10_000]) | st.integers(0, 10_000),
    min_size=2,
    max_size=12,
)


def in_javascript(cases: list[tuple[dict[str, int | None], str]]) -> list:
    """What the browser's twin draws of (marks, seed): longlist, rows of [ref, ticket], shortlist."""
    told = json.dumps([[list(marks.items()), seed] for marks, seed in cases])
    return script(
        'import { lottery } from "./shortlisted.js";'
        f"const found = {told}.map(([rows, seed]) => lottery("
        f"{json.dumps(NOTICE['shortlist'])}, {MEAN}, new Map(rows), seed));"
        "console.log(JSON.stringify(found.map((each) => [each.longlist,"
        " each.order.map(({ ref, ticket }) => [ref, ticket]), each.shortlist])));"
    )


def drawn(marks: dict[str, int | None], seed: str = SEED) -> list:
    found = shortlisted.drawn(NOTICE, marks, seed)
    tickets = shortlisted.best(found)
    return [found.longlist, [[ref, tickets[ref]] for ref in found.refs], found.shortlist]


def test_the_example_is_drawn_as_written_by_both():
    given_ = BS_18["input"]
    marks = {
        ref: None if text is None else score.hundredths(text)
        for ref, text in given_["credit"].items()
    }
    found = drawn(marks, given_["seed"])
    expected = BS_18["expected"]
    assert found[0] == expected["longlist"]
    assert [ref for ref, _ in found[1]] == expected["order"]
    assert found[2] == expected["shortlist"]
    assert in_javascript([(marks, given_["seed"])]) == [found]


@given(MARKS, st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_nothing_and_ties_at_the_cut_are_all_in(marks, dice):
    shuffled = list(marks.items())
    dice.shuffle(shuffled)
    longlist, order, chosen_among = drawn(marks)
    assert [longlist, order, chosen_among] == drawn(dict(shuffled))
    used = {ref: MEAN if own is None else own for ref, own in marks.items()}
    least = min(used[ref] for ref in longlist)
    assert {ref for ref in used if used[ref] >= least} == set(longlist)
    assert sum(used[ref] > least for ref in longlist) < 4
    assert sorted(ref for ref, _ in order) == sorted(longlist)
    assert chosen_among == [ref for ref, _ in order][:2]


@given(MARKS)
def test_a_newcomer_stands_as_whoever_has_the_mean(marks):
    """Nobody is below the mean for want of a history: None and the mean itself draw the same."""
    given_ = {ref: MEAN if own is None else own for ref, own in marks.items()}
    assert drawn(marks) == drawn(given_)


@given(MARKS)
def test_the_chosen_one_comes_first_and_the_others_keep_their_order(marks):
    found = shortlisted.drawn(NOTICE, marks, SEED)
    for ref in found.shortlist:
        order = shortlisted.chosen_first(found, ref)
        assert order[0] == ref
        assert order[1:] == [each for each in found.refs if each != ref]
    outside = [ref for ref in marks if ref not in found.shortlist]
    for ref in outside[:1]:
        with pytest.raises(Fault, match=r"choice\.outside"):
            shortlisted.chosen_first(found, ref)


def test_the_twin_draws_the_same():
    """Three hundred lists at once: one run of node."""
    dice = random.Random(20261130)
    cases = []
    for _ in range(300):
        refs = dice.sample(range(1, 999_999), dice.randint(2, 12))
        marks = {
            f"A{no:06}": dice.choice([None, 7000, 9140, 9000, dice.randint(0, 10_000)])
            for no in refs
        }
        cases.append((marks, f"{dice.getrandbits(256):064x}"))
    assert in_javascript(cases) == [drawn(*case) for case in cases]


def test_paths_of_a_tree_are_those_of_the_log():
    for size in range(1, 20):
        hashes = tuple(
            shortlisted.row_hash("XQ-1", f"A{no:06}", no, "0" * 32) for no in range(size)
        )
        top, proofs = shortlisted.paths(hashes)
        assert top == root(hashes)
        assert proofs == [inclusion(hashes, place) for place in range(size)]


def test_scores_are_an_example_that_draws_again():
    marks = {"A000001": 9800, "A000002": None, "A000003": 8200}
    file = shortlisted.scores_of("XQ-1", NOTICE, marks, SEED)
    assert examples.expected(file["method"], file["input"]) == file["expected"]
    assert file["input"]["credit"] == {"A000001": "98.00", "A000002": None, "A000003": "82.00"}


# --- forged files -------------------------------------------------------------------------
CREDIT = (9800, 9550, None, 9000, 9000)


def frozen(forge: Forge, marks: tuple[int | None, ...] = CREDIT) -> None:
    """An honest notice, credit, lottery and choice; nine agencies were active, five have entered."""
    made = second(forge)
    for no in range(1, forge.entrants + 1):
        made.put(no, made.seal(no, openings.data_of(made.opening(no))))
    own = [*marks, 7000, 8000, None, 10_000]
    salts = [number_hex(f"credit {place}", 32) for place in range(len(own))]
    hashes = [
        shortlisted.row_hash(forge.notice["draw"], f"A{place + 1:06}", each, salts[place])
        for place, each in enumerate(own)
    ]
    top, proofs = shortlisted.paths(hashes)
    forge.notice.update(
        alg=RANK,
        rule="credit_shortlist",
        credit={"count": len(own), "mean": MEAN, "sha256": top.hex()},
        shortlist={"longlist": 4, "shortlist": 2, "silence": "first"},
    )
    rows = [
        {
            "no": no,
            "path": [each.hex() for each in proofs[no - 1]],
            "place": no - 1,
            "salt": salts[no - 1],
            **({} if own[no - 1] is None else {"marks": own[no - 1]}),
        }
        for no in range(1, forge.entrants + 1)
    ]
    forge.stages["closed"][1:1] = [
        forge.leaf("credit.frozen", at=forge.close + 2, rows=rows[start : start + 32])
        for start in range(0, len(rows), 32)
    ]
    forge.twist.append(lambda file: file.update(protocol=RANK))


def chosen(forge: Forge, choose=lambda order: order[1]) -> None:
    """The lottery and the choice, where `choose` names one of the shortlist."""
    forge.fill_values()
    before = [leaf for name, stage in forge.stages.items() if name != "after" for leaf in stage]
    case = forge.case(before)
    order = shortlisted.drawn(forge.notice, shortlisted.marks_in(case), case.seed).shortlist
    at = case.time + 60
    forge.stages["values"].append(
        forge.leaf("shortlist.drawn", at=at, choose_by=at + 300, order=order, seed=case.seed)
    )
    ref = choose(order)
    if ref:
        leaf = forge.leaf("owner.chose", at=at + 200, ref=ref, reason_sha256="1" * 64)
        forge.stages["values"].append(leaf)
    forge.twist_result.insert(0, lambda leaf: leaf.update(at=at + (200 if ref else 300)))


def honest(change=lambda forge: None, choose=lambda order: order[1], late=lambda forge: None):
    def apply(forge: Forge) -> None:
        frozen(forge)
        change(forge)
        chosen(forge, choose)
        forge.stages["result"] = [forge.result()]
        late(forge)

    return apply


def row(forge: Forge, no: int) -> dict:
    return forge.stages["closed"][1]["rows"][no - 1]


def leaf_of(forge: Forge, kind: str) -> dict:
    return next(leaf for leaf in forge.stages["values"] if leaf["type"] == kind)


def silent(order):
    return None


def fails(forge):
    forge.notice["shortlist"]["silence"] = "fails"


def unfrozen(forge):
    forge.stages["closed"][1]["rows"][4] = {"no": 5}


def behind_the_keys(forge):
    closed = forge.stages["closed"]
    closed.append(closed.pop(1))


def swap(leaf):
    leaf["order"][:2] = leaf["order"][1::-1]


def early(leaf):
    leaf["at"] -= 100


def swapped(forge):
    values = forge.stages["values"]
    values[-2:] = values[:-3:-1]
    values[-2]["at"] = values[-1]["at"]


CASES = {
    "chosen": (honest(), True, None),
    "silent, and place 1 stands": (honest(choose=silent), True, None),
    "one came after the publication": (honest(unfrozen), True, None),
    "credit changed": (honest(lambda f: row(f, 2).update(marks=9900)), False, "credit.other"),
    "a newcomer given marks": (
        honest(lambda f: row(f, 3).update(marks=9140)),
        False,
        "credit.other",
    ),
    "another's row": (
        honest(lambda f: row(f, 5).update(place=0, path=row(f, 1)["path"])),
        False,
        "credit.other",
    ),
    "an entry without a row": (
        honest(late=lambda f: f.stages["closed"][1]["rows"].pop()),
        False,
        "credit.rows",
    ),
    "credit behind the keys": (honest(behind_the_keys), False, "credit.place"),
    "the mean changed": (
        honest(lambda f: f.notice["credit"].update(mean=5000)),
        True,  # of the mean the operator gives his word; the tree binds each agency's own
        None,
    ),
    "no credit promised": (honest(late=lambda f: f.notice.pop("credit")), False, "credit.promise"),
    "another shortlist": (
        honest(late=lambda f: leaf_of(f, "shortlist.drawn")["order"].reverse()),
        False,
        "choice.shortlist",
    ),
    "another ticket": (
        honest(
            late=lambda f: f.twist.append(lambda file: file["order"][0].update(ticket="0" * 64))
        ),
        False,
        "evidence.order",
    ),
    "chosen outside the shortlist": (
        honest(late=lambda f: leaf_of(f, "owner.chose").update(ref="A000099")),
        False,
        "choice.outside",
    ),
    "another order than the choice": (
        honest(late=lambda f: swap(f.stages["result"][0])),
        False,
        "result.order",
    ),
    "chosen before the shortlist": (
        honest(late=swapped),
        False,
        "choice.order",
    ),
    "chosen twice": (
        honest(late=lambda f: f.stages["values"].append(dict(f.stages["values"][-1]))),
        False,
        "leaf.second",
    ),
    "silent, where that ends it": (honest(fails, silent), False, "choice.silence"),
    "silent, before the days were over": (
        honest(choose=silent, late=lambda f: early(f.stages["result"][0])),
        False,
        "choice.early",
    ),
}


def pinned() -> str:
    return keys_json(alg_from=[{"index": 0, "algs": [ALG, RANK], "t": 2}])


@functools.cache
def text(name):
    return make(CASES[name][0]).text()


@functools.cache
def verdicts():
    asked = [{"text": text(name), "keys": pinned()} for name in CASES]
    return dict(zip(CASES, batch(asked), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_both_refuse_what_was_changed_and_nothing_else(name):
    _, verdict, code = CASES[name]
    answer = verdicts()[name]
    assert (answer["ok"], answer.get("code")) == (verdict, code), answer
    try:
        steps = list(evidence.check(text(name), keys.load(pinned())))
    except Fault as fault:
        assert (verdict, code) == (False, fault.code)
        return
    assert verdict
    assert [step.fault for step in steps if step.fault] == []


def few_of_many(forge: Forge) -> None:
    """Three hundred entrants, of whom the longlist takes five: the list stands in parts, and the order is
    shorter than what one leaf holds.
    """
    frozen(forge, (*CREDIT, *[7000] * 295))
    in_parts(forge)
    chosen(forge)
    result = forge.result()
    result["order_sha256"] = protocol.order_digest(result["order"])
    forge.stages["result"] = [result]


def test_both_verify_a_short_order_of_a_long_list():
    file = make(few_of_many, entrants=300).text()
    answer = batch([{"text": file, "keys": pinned()}])[0]
    assert answer["ok"] is True, answer
    steps = {step.name: step for step in evidence.check(file, keys.load(pinned()))}
    assert [step.fault for step in steps.values() if step.fault] == []
    assert steps["credit"].detail == "299 + 1; 91.40"
