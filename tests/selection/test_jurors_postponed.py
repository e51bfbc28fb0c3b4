"""A lot of experts that was postponed: by whose head its instant follows, in both languages."""

import copy
import json

import pytest

from tests.selection import scoring as s
from tests.selection.test_jurors_proof import of, of_public_money
from tests.verify.node import script
from verify.zjcs import draw as protocol
from verify.zjcs import experts
from verify.zjcs.canonical import jcs
from verify.zjcs.case import Case, Leaf, View
from verify.zjcs.faults import Fault
from verify.zjcs.keys import Keys
from verify.zjcs.merkle import leaf_hash

WITNESS = "late.example"

POSTPONED_IN_NODE = """
import { SCORING } from "./scored.js";
import { Case } from "./case.js";
const { leaves: given, size, name, time, owner_of, anchors } = GIVEN;
const leaves = given.map(({ leaf, hash }, index) => ({ ...leaf, index, where: `leaf ${index}`, hash }));
const keys = { log: [], witnesses: [], origin: "log", pinned: true, owner_of, anchors };
const finalView = { size, times: new Map([[name, time]]) };
const draw = new Case({ draw: "DRAW", keys, leaves, heads: [], finalView });
try {
  console.log(JSON.stringify(await SCORING.find(([step]) => step === "scored_experts")[2](draw)));
} catch (fault) {
  console.log(JSON.stringify(fault.code ?? String(fault)));
}
"""


def hash_of(leaf: dict) -> str:
    return leaf_hash(jcs(leaf)).hex()


def postponed(draw: str, whole: list[dict]) -> tuple[list[dict], int]:
    """The same selection with a lot that was fixed for one period earlier, and moved by a late head; the
    leaves up to who was drawn, and when the witness saw it.
    """
    leaves = copy.deepcopy(whole)
    notice = of(leaves, "notice.published")
    notice["experts"]["level"] = "S0"
    fixed = of(leaves, "lot.fixed")
    late = fixed["draw_at"]
    period = of(leaves, "source.anchor")["period"]
    fixed["draw_at"] = late - period
    fixed["at"] = fixed["draw_at"] - notice["experts"]["gap"]
    for each in fixed["sources"]:
        if each["kind"] == "chain":
            each["slot"] -= 1
        else:
            each["round"] = protocol.drand_round(fixed["draw_at"])
    whole = _moved(leaves, draw, late)
    _drawn(whole)
    return whole, late - protocol.GAP


def _moved(leaves: list[dict], draw: str, late: int) -> list[dict]:
    """Say behind the lot that it was moved."""
    fixed = of(leaves, "lot.fixed")
    moved = {"type": "draw.postponed", "draw": draw, "draw_at": late, "at": late - 1}
    leaves.insert(leaves.index(fixed) + 1, moved)
    return leaves


def _drawn(leaves: list[dict]) -> None:
    """Draw anew from what the sources gave."""
    notice = of(leaves, "notice.published")
    fixed = of(leaves, "lot.fixed")
    given = []
    for each in fixed["sources"]:
        value = next(
            leaf
            for leaf in leaves
            if leaf["type"] == "source.value" and leaf["source"] == each["id"]
        )
        number = "slot" if each["kind"] == "chain" else "round"
        given.append({"id": each["id"], number: value[number], "value": value["value"]})
    seed = experts.seed_of(fixed["lot"], hash_of(notice), hash_of(fixed), given)
    of(leaves, "lot.drawn")["seed"] = seed
    ranked = experts.order(seed, of(leaves, "jurors.listed")["refs"])
    seats = of(leaves, "jurors.drawn")["seats"]
    seats[:] = [{"seat": row["seat"], "ref": ref} for row, ref in zip(seats, ranked, strict=False)]


def codes(draw: str, leaves: list[dict], time: int) -> tuple[str, str]:
    """What Python and the browser say of these leaves and of one head over the lot."""
    size = leaves.index(of(leaves, "lot.fixed")) + 2
    chains = {each["id"]: WITNESS for each in of(leaves, "lot.fixed")["sources"] if "slot" in each}
    anchors = {
        leaf["source"]: anchor_of(leaf) for leaf in leaves if leaf["type"] == "source.anchor"
    }
    keys = Keys("log", (), (), anchors, chains, pinned=True)
    found = [Leaf(at, leaf, hash_of(leaf)) for at, leaf in enumerate(leaves)]
    case = Case(draw, keys, found)
    case.final_view = View(size, {WITNESS: time})
    with pytest.raises(Fault) as no:
        experts.experts_stand(case)

    given = {
        "leaves": [{"leaf": leaf, "hash": hash_of(leaf)} for leaf in leaves],
        "size": size,
        "name": WITNESS,
        "time": time,
        "owner_of": chains,
        "anchors": anchors,
    }
    said = script(POSTPONED_IN_NODE.replace("GIVEN", json.dumps(given)).replace("DRAW", draw))
    return no.value.code, said


def anchor_of(leaf: dict) -> dict:
    return {key: leaf[key] for key in ("anchor", "genesis", "period", "n", "hash") if key in leaf}


def test_a_lot_that_was_postponed_is_undecided_and_none_says_another_instant(context):
    number = of_public_money()
    file = json.loads(s.evidence_of(number))
    draw = file["draw"]
    leaves, time = postponed(draw, [json.loads(leaf["utf8"]) for leaf in file["leaves"]])
    assert codes(draw, leaves, time) == ("postponed.list", "postponed.list")

    other = copy.deepcopy(leaves)
    of(other, "draw.postponed")["draw_at"] += 1
    assert codes(draw, other, time) == ("slot.postponed", "slot.postponed")
    assert codes(draw, leaves, time - 60 * 60) == ("slot.postponed", "slot.postponed")
