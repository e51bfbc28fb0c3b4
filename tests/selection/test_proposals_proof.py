"""What proves a selection by sealed files: both verifiers pass it, and refuse whatever was changed."""

import base64
import copy
import json

import pytest

from market.fabric import fabric
from tests.factories import selection as f
from tests.selection import filing as p
from tests.selection import scoring as s
from tests.selection.test_scored_proof import FORGED, code_of, in_node, of
from tests.selection.test_scored_proof import checked as of_leaves
from tests.verify.node import batch, script
from verify.zjcs import keys as verifier_keys
from verify.zjcs import proposed, scoring_result
from verify.zjcs.case import Case, Leaf
from verify.zjcs.faults import Fault

ALIKE = (
    "a mark changed",
    "another's sheet",
    "letters swapped",
    "a reserve out of turn",
    "another order",
    "no result",
    "an entry left out",
)
"""Forgeries of a scored selection that are those of this one too."""
FOR_LEAVES = {
    **{name: FORGED[name] for name in ALIKE},
    "a digest of part A swapped": (
        lambda given: of(given, "letters.opened")["rows"][0].update(proposal="00" * 32),
        "scored.letters",
    ),
}


DOCUMENTS = """
import { documentsStand } from "./proposed.js";
import { Case } from "./case.js";
const out = {};
for (const [name, given] of Object.entries(GIVEN)) {
  const leaves = given.map((leaf, index) => ({ ...leaf, index, where: `leaf ${index}`, hash: "" }));
  const draw = new Case({ draw: "DRAW", keys: { log: [], witnesses: [] }, leaves, heads: [] });
  const rows = draw.the("quotes.opened").rows, letters = new Map(draw.the("letters.opened").rows.map((row) => [row.letter, row]));
  try {
    documentsStand(draw, rows, letters);
    out[name] = draw.marks.map(({ code }) => code);
  } catch (fault) {
    out[name] = fault.code ?? String(fault);
  }
}
console.log(JSON.stringify(out));
"""
"""Whether the jurors were shown what the entrants had named, asked of the browser's verifier alone."""


def left_out(given: list[dict], reason: str) -> None:
    of(given, "entries.listed")["excluded"].append(
        {"by": "system", "no": 9, "reason": reason, "ref": "A000009"}
    )


def confirmed(given: list[dict], number: int, reason: str) -> None:
    draw = of(given, "quotes.opened")["draw"]
    said = {"at": 1, "by": "inspection", "draw": draw, "no": number, "reason": reason}
    given.append({"type": "proposal.unopened", "v": 1, **said})


def shut(given: list[dict]) -> None:
    row = of(given, "quotes.opened")["rows"][0]
    row.clear()
    row.update(no=1, unopened="proposal_hash")


OF_DOCUMENTS = {
    "as it was": (lambda given: None, []),
    "another document was judged": (
        lambda given: of(given, "quotes.opened")["rows"][0].update(proposal="22" * 32),
        "proposal.other",
    ),
    "no document was named": (
        lambda given: of(given, "quotes.opened")["rows"][0].pop("proposal"),
        "proposal.other",
    ),
    "left out for its file": (
        lambda given: left_out(given, "proposal.payload_open"),
        ["proposal.unconfirmed"],
    ),
    "left out for something else": (lambda given: left_out(given, "agency.suspended"), []),
    "out for another document": (shut, ["proposal.unconfirmed"]),
    "confirmed": (
        lambda given: (shut(given), confirmed(given, 1, "proposal_hash")),
        [],
    ),
    "confirmed for another reason": (
        lambda given: (shut(given), confirmed(given, 1, "proposal.kind")),
        ["proposal.unconfirmed"],
    ),
}


def documents(draw: str, leaves: list[dict]) -> list[str] | str:
    """What the Python verifier says of the documents: what it lists, or why it refuses."""
    nobody = verifier_keys.claimed("", (), ())
    case = Case(draw, nobody, [Leaf(at, leaf, "") for at, leaf in enumerate(leaves)])
    try:
        proposed.documents_stand(case, scoring_result.quote_rows(case))
    except Fault as fault:
        return fault.code
    return [mark.code for mark in case.marks]


def what_was_judged_is_what_was_entered(draw: str, whole: list[dict]) -> None:
    forged = {}
    for name, (forge, said) in OF_DOCUMENTS.items():
        forged[name] = copy.deepcopy(whole)
        forge(forged[name])
        assert documents(draw, forged[name]) == said, name
    names = list(forged)
    for start in range(0, len(names), 3):
        some = {name: forged[name] for name in names[start : start + 3]}
        answer = script(DOCUMENTS.replace("GIVEN", json.dumps(some)).replace("DRAW", draw))
        assert answer == {name: OF_DOCUMENTS[name][1] for name in some}


def pinned() -> str:
    witness = fabric().witness
    assert witness is not None
    return json.dumps(witness.keys())


def test_a_changed_leaf_is_refused_in_python_and_in_the_browser(context):
    number = p.finished()
    file = json.loads(s.evidence_of(number))
    whole = [json.loads(leaf["utf8"]) for leaf in file["leaves"]]
    draw = file["draw"]
    forged = {}
    for name, (forge, code) in FOR_LEAVES.items():
        forged[name] = copy.deepcopy(whole)
        forge(forged[name])
        assert code_of(draw, forged[name]) == code, name
    answers = in_node(draw, {"whole": whole, **forged})
    assert answers.pop("whole") == of_leaves(draw, whole)
    assert answers == {name: code for name, (_, code) in FOR_LEAVES.items()}
    what_was_judged_is_what_was_entered(draw, whole)
    _files_are_refused(number)


def _files_are_refused(number: str) -> None:
    """A published proposal, another's box, keys before the head over the close."""
    text = s.evidence_of(number)
    whole = json.loads(text)
    assert set(whole["boxes"]) == {"1", "2", "3"}
    published = copy.deepcopy(whole)
    published["boxes"]["1"] = base64.b64encode(_a_proposal(number)).decode()
    other = copy.deepcopy(whole)
    other["boxes"]["1"] = other["boxes"]["2"]
    early = copy.deepcopy(whole)
    early["closed"] = {
        **early["closed"],
        "checkpoint": early["checkpoint"],
        "inclusion": early["proofs"][str(_index(whole, "entries.closed"))],
        "consistency": [],
    }
    early["heads"] = [each for each in early["heads"] if each]
    texts = [text, *(json.dumps(each) for each in (published, other, early))]
    answers = batch([{"text": each, "keys": pinned()} for each in texts])
    codes = ["evidence.shape", "quote.other_box", "proposal.key_early"]
    assert [each["ok"] for each in answers] == [True, False, False, False], answers
    assert [each.get("code") for each in answers[1:]] == codes
    for each, code in zip(texts[1:], codes, strict=True):
        with pytest.raises(Fault, match=code):
            s.checked(each)


def _index(file: dict, kind: str) -> int:
    return next(
        leaf["index"] for leaf in file["leaves"] if json.loads(leaf["utf8"])["type"] == kind
    )


def _a_proposal(number: str) -> bytes:
    who = f.agency()
    return p.sealed_file(number, who, p.pdf("方案")).box
