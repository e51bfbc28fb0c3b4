"""直接选取 without a market: the order of a list, and what a verifier refuses; both verifiers alike."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verify.forge import keys_json
from tests.verify.node import script
from verify.zjcs import direct, keys
from verify.zjcs.canonical import jcs
from verify.zjcs.case import Case, Leaf
from verify.zjcs.faults import Fault
from verify.zjcs.leaves import check_leaf
from verify.zjcs.merkle import leaf_hash
from verify.zjcs.ways import Record

DRAW = "XQ-360481-2026-00001"
RULE = {
    "cap": 10,
    "day": "2026-03-04",
    "prior": {"matters": 5, "stars": 460, "on_time": 9300},
    "weights": {"completed": 20, "evaluation": 50, "on_time": 30},
}
NOTICE = {
    **RULE,
    "alg": "zjcs-rank/2",
    "choose_by": 1_800_000_000,
    "draw": DRAW,
    "notice_sha256": "00" * 32,
    "project": "GG-360481-2026-00001",
    "rule": "direct",
    "rulebook": {"version": 1, "sha256": "11" * 32},
    "type": "notice.published",
    "v": 1,
    "winners": 1,
}
FIGURES = st.builds(
    Record,
    completed=st.integers(0, 30),
    stars=st.none() | st.integers(100, 500),
    on_time=st.none() | st.integers(0, 10_000),
)
MARKET = st.dictionaries(st.integers(1, 999_999).map(lambda no: f"A{no:06}"), FIGURES, max_size=12)


def rows_of(records: dict[str, Record], new: set[str]) -> list[dict]:
    return [
        {
            "ref": ref,
            "place": place,
            "new": ref in new,
            "completed": records[ref].completed,
            **{
                name: value
                for name in ("stars", "on_time")
                if (value := getattr(records[ref], name)) is not None
            },
        }
        for place, ref in enumerate(direct.list_order(records, new, RULE), start=1)
    ]


def said(kind: str, **fields) -> dict:
    return {"v": 1, "type": kind, "draw": DRAW, "at": 1_790_000_000, **fields}


def course() -> list[dict]:
    """A choice of three: the first refuses, the second accepts and wins."""
    records = {f"A00000{no}": Record(no, 450 + no, 9000) for no in (1, 2, 3)}
    rows = rows_of(records, {"A000001"})
    first = rows[0]["ref"]
    second = rows[1]["ref"]
    return [
        NOTICE,
        said("direct.listed", rows=rows),
        said("direct.offered", ref=first, amount=1),
        said("direct.answered", ref=first, accepted=False, reason="refused"),
        said("direct.offered", ref=second, amount=1),
        said("direct.answered", ref=second, accepted=True),
        said("ranking.result", order=[second], winners=1),
        said("result.final", winners=[second]),
    ]


def checked(leaves: list[dict]) -> list[str]:
    """What each step of the check saw. Raises its Fault."""
    found = [Leaf(index, leaf, leaf_hash(jcs(leaf)).hex()) for index, leaf in enumerate(leaves)]
    case = Case(DRAW, keys.load(keys_json()), found)
    return [check(case) for _, check in direct.CHECKS]


def test_every_leaf_of_a_choice_is_in_the_table():
    for leaf in course():
        check_leaf(leaf, "zjcs-rank/2")


def test_it_says_whom_people_asked_and_what_followed():
    listed, choice, result = checked(course())
    refs = [row["ref"] for row in course()[1]["rows"]]
    assert listed == "3; 2026-03-04"
    assert choice == f"{refs[0]},{refs[1]}; {refs[1]}"
    assert result == refs[1]


def swapped(leaves):
    rows = leaves[1]["rows"]
    rows[:2] = [rows[1] | {"place": 1}, rows[0] | {"place": 2}]


FORGED = {
    "two places swapped": (swapped, "direct.order"),
    "a figure changed": (lambda f: f[1]["rows"][2].update(completed=30), "direct.order"),
    "a place left out": (lambda f: f[1]["rows"][2].update(place=4), "direct.places"),
    "an agency twice": (lambda f: f[1]["rows"][2].update(ref="A000002"), "direct.places"),
    "a weight changed": (
        lambda f: f[0].update(weights={"completed": 0, "evaluation": 0, "on_time": 0}),
        "direct.order",
    ),
    "a second list": (lambda f: f.append(copy.deepcopy(f[1])), "leaf.second"),
    "no list": (lambda f: f.pop(1), "leaf.missing"),
    "who is not on the list": (lambda f: f[2].update(ref="A000009"), "direct.offer"),
    "asked twice": (lambda f: f[4].update(ref=f[2]["ref"]), "direct.offer"),
    "two asked at once": (lambda f: f.pop(3), "direct.offer"),
    "another's answer": (lambda f: f[3].update(ref=f[4]["ref"]), "direct.answer"),
    "who refused wins": (lambda f: f[6].update(order=[f[2]["ref"]]), "direct.result"),
    "a result that nobody accepted": (lambda f: f[5].update(accepted=False), "direct.result"),
    "a final without a result": (lambda f: f.pop(6), "leaf.missing"),
    "another has won": (lambda f: f[7].update(winners=[f[2]["ref"]]), "final.winners"),
    "a second rank drops out": (
        lambda f: f.insert(7, said("result.skip", by="c", rank=2, reason="x", ref=f[2]["ref"])),
        "skip.rank",
    ),
}


def forged(name: str) -> list[dict]:
    leaves = copy.deepcopy(course())
    FORGED[name][0](leaves)
    return leaves


IN_NODE = """
import { CHOICE } from "./direct.js";
import { Case } from "./case.js";
const out = {};
for (const [name, given] of Object.entries(GIVEN)) {
  const leaves = given.map(({ leaf, hash }, index) => ({ ...leaf, index, where: `leaf ${index}`, hash }));
  const draw = new Case({ draw: "DRAW", keys: {}, leaves, heads: [] });
  try {
    out[name] = CHOICE.slice(0, 3).map(([, , check]) => check(draw));
  } catch (fault) {
    out[name] = fault.code ?? String(fault);
  }
}
console.log(JSON.stringify(out));
"""


def in_node(given: dict[str, list[dict]]) -> dict:
    hashed = {
        name: [{"leaf": leaf, "hash": leaf_hash(jcs(leaf)).hex()} for leaf in leaves]
        for name, leaves in given.items()
    }
    return script(IN_NODE.replace("GIVEN", json.dumps(hashed)).replace("DRAW", DRAW))


@pytest.mark.parametrize("name", FORGED)
def test_what_was_changed_is_refused(name):
    with pytest.raises(Fault) as no:
        checked(forged(name))
    assert no.value.code == FORGED[name][1]


def test_the_browser_sees_the_same():
    lists = {f"list {no}": some_list(no) for no in range(20)}
    answers = in_node({"whole": course(), **{name: forged(name) for name in FORGED}, **lists})
    assert answers.pop("whole") == checked(course())
    for name in lists:
        assert answers.pop(name)[0].startswith("9; "), name
    assert answers == {name: code for name, (_, code) in FORGED.items()}


def some_list(number: int) -> list[dict]:
    """A list of nine whose figures look arbitrary, without an offer."""
    records = {
        f"A{place:06}": Record(
            place * number % 14,
            None if (place + number) % 3 else 300 + 17 * place * number % 200,
            None if (place * number) % 4 else 8000 + 31 * place * number % 2000,
        )
        for place in range(1, 10)
    }
    new = {ref for ref in records if int(ref[1:]) % (number + 2) == 0}
    return [NOTICE, said("direct.listed", rows=rows_of(records, new))]


@given(MARKET, st.randoms())
def test_the_order_in_which_agencies_are_given_changes_nothing(records, dice):
    refs = list(records)
    new = set(refs[::3])
    dice.shuffle(refs)
    assert direct.list_order({ref: records[ref] for ref in refs}, new, RULE) == direct.list_order(
        records, new, RULE
    )


@given(MARKET)
def test_everybody_is_on_the_list_and_a_newcomer_is_near_the_top(records):
    new = {ref for ref, record in records.items() if record.completed == 0}
    order = direct.list_order(records, new, RULE)
    assert sorted(order) == sorted(records)
    assert not new or new & set(order[: direct.NEAR])
