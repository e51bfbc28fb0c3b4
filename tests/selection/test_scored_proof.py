"""What proves a scored selection: both verifiers pass it, and refuse whatever was changed."""

import copy
import json

import pytest

from market.fabric import fabric
from tests.selection import scoring as s
from tests.verify.node import batch, script
from verify.zjcs import draw as protocol
from verify.zjcs import keys as verifier_keys
from verify.zjcs import scoring_result
from verify.zjcs.canonical import jcs
from verify.zjcs.case import Case, Leaf
from verify.zjcs.faults import Fault, Undecided
from verify.zjcs.merkle import leaf_hash

CHECKED = [each for each in scoring_result.CHECKS if each[0] != "scored_prices"]
"""What needs no keys and no boxes: held to leaves alone."""


def digested(leaf):
    """Say the digest of an order that stands there whole."""
    leaf["order_sha256"] = protocol.order_digest(leaf["order"])


def of(leaves: list[dict], kind: str) -> dict:
    return next(each for each in leaves if each["type"] == kind)


def moved(leaves: list[dict], kind: str, behind: str) -> None:
    leaf = of(leaves, kind)
    leaves.remove(leaf)
    leaves.insert(leaves.index(of(leaves, behind)) + 1, leaf)


def swapped(leaves: list[dict]) -> None:
    rows = of(leaves, "letters.opened")["rows"]
    rows[0]["letter"], rows[1]["letter"] = rows[1]["letter"], rows[0]["letter"]


FORGED = {
    "a mark changed": (
        lambda f: of(f, "sheet.opened")["rows"][0].update(marks=[0, 0]),
        "scored.sheet",
    ),
    "a comment changed": (
        lambda f: of(f, "sheet.opened").update(comments="00" * 32),
        "scored.sheet",
    ),
    "another's sheet": (
        lambda f: of(f, "sheet.opened").update(juror=of(f, "jurors.named")["reserves"][1]),
        "scored.sheet",
    ),
    "a sheet left out": (lambda f: f.remove(of(f, "sheet.opened")), "scored.sheets"),
    "a sheet after the end": (lambda f: moved(f, "sheet.sealed", "sheets.closed"), "scored.late"),
    "two sheets of a seat": (
        lambda f: f.insert(f.index(of(f, "sheet.sealed")), copy.deepcopy(of(f, "sheet.sealed"))),
        "scored.sheet_twice",
    ),
    "letters swapped": (swapped, "scored.letters"),
    "another proposal": (
        lambda f: of(f, "letters.opened")["rows"][0].update(proposal="00" * 32),
        "scored.letters",
    ),
    "a reserve out of turn": (
        lambda f: of(f, "juror.replaced").update(ref=of(f, "jurors.named")["reserves"][1]),
        "scored.jurors",
    ),
    "jurors named later": (lambda f: moved(f, "jurors.named", "entry.received"), "scored.jurors"),
    "weights changed": (
        lambda f: of(f, "notice.published").update(price={"formula": "low_first", "weight": 99}),
        "scored.result",
    ),
    "a quote changed": (
        lambda f: of(f, "quotes.opened")["rows"][0].update(quote_fen=90_000_000),
        "scored.result",
    ),
    "another order": (lambda f: of(f, "ranking.result")["order"].reverse(), "scored.result"),
    "a digest that a whole order does not have": (
        lambda f: digested(of(f, "ranking.result")),
        "scored.result",
    ),
    "no result": (lambda f: f.remove(of(f, "ranking.result")), "scored.result"),
    "an entry left out": (lambda f: of(f, "entries.listed")["entrants"].pop(), "entry.end"),
    "an entry behind the close": (
        lambda f: moved(f, "entry.received", "entries.closed"),
        "entry.numbers",
    ),
}
IN_NODE = """
import { SCORING } from "./scored.js";
import { Case } from "./case.js";
const out = {};
for (const [name, given] of Object.entries(GIVEN)) {
  const leaves = given.map(({ leaf, hash }, index) => ({ ...leaf, index, where: `leaf ${index}`, hash }));
  const draw = new Case({ draw: "DRAW", keys: { log: [], witnesses: [] }, leaves, heads: [] });
  try {
    out[name] = [];
    for (const [step, , check] of SCORING) if (!["scored_prices", "head"].includes(step)) out[name].push(await check(draw));
  } catch (fault) {
    out[name] = fault.code ?? String(fault);
  }
}
console.log(JSON.stringify(out));
"""


def checked(draw: str, leaves: list[dict]) -> list[str]:
    nobody = verifier_keys.claimed("", (), ())
    found = [Leaf(at, leaf, leaf_hash(jcs(leaf)).hex()) for at, leaf in enumerate(leaves)]
    case = Case(draw, nobody, found)
    return [check(case) for _, check in CHECKED]


def code_of(draw: str, leaves: list[dict]) -> str:
    with pytest.raises(Fault) as no:
        checked(draw, leaves)
    return no.value.code


def in_node(draw: str, given: dict[str, list[dict]]) -> dict:
    """What the browser's checks say of these leaves; a few at a time, as a command line takes them."""
    hashed = {
        name: [{"leaf": leaf, "hash": leaf_hash(jcs(leaf)).hex()} for leaf in leaves]
        for name, leaves in given.items()
    }
    names = list(hashed)
    answers: dict = {}
    for start in range(0, len(names), 3):
        some = {name: hashed[name] for name in names[start : start + 3]}
        answers |= script(IN_NODE.replace("GIVEN", json.dumps(some)).replace("DRAW", draw))
    return answers


def file_passes_and_a_changed_one_does_not(number: str) -> None:
    """The file of the whole, by both verifiers and the regulator's keys."""
    text = s.evidence_of(number)
    witness = fabric().witness
    assert witness is not None
    pinned = json.dumps(witness.keys())
    said = s.verified(number)
    assert said["scored_jurors"] == "3; 1" and said["scored_prices"] == "2; 3"

    other = json.loads(text)
    other["boxes"]["1"] = other["boxes"]["2"]
    without = json.loads(text)
    del without["boxes"]["1"]
    with pytest.raises(Undecided, match=r"quote.no_box"):
        raise next(step.fault for step in s.checked(json.dumps(without)) if step.fault)
    early = json.loads(text)
    early["heads"] = [{"checkpoint": early["checkpoint"], "consistency": []}]
    texts = [text, json.dumps(other), json.dumps(early)]
    answers = batch([{"text": each, "keys": pinned} for each in (*texts, json.dumps(without))])
    assert "quote.no_box" in str(answers.pop())
    assert [each["ok"] for each in answers] == [True, False, False], answers
    assert [each.get("code") for each in answers[1:]] == ["quote.other_box", "scored.key_early"]
    for each, code in zip(texts[1:], ("quote.other_box", "scored.key_early"), strict=True):
        with pytest.raises(Fault, match=code):
            s.checked(each)


def test_whatever_was_changed_is_refused_in_python_and_in_the_browser(context):
    number = s.finished()
    file_passes_and_a_changed_one_does_not(number)
    file = json.loads(s.evidence_of(number))
    whole = [json.loads(leaf["utf8"]) for leaf in file["leaves"]]
    draw = file["draw"]
    forged = {}
    for name, (forge, code) in FORGED.items():
        forged[name] = copy.deepcopy(whole)
        forge(forged[name])
        assert code_of(draw, forged[name]) == code, name

    answers = in_node(draw, {"whole": whole, **forged})
    assert answers.pop("whole") == checked(draw, whole)
    assert answers == {name: code for name, (_, code) in FORGED.items()}
