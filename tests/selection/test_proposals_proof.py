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
from tests.verify.node import batch
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
