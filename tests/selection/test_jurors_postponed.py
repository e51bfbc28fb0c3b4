"""A lot of experts that was postponed: by whose head its instant follows, and that nobody hid an earlier one,
in both languages.
"""

import copy
import datetime as dt
import json

from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.selection.entries import jobs as entry_jobs
from market.selection.results import queries as result_queries
from market.selection.scored import queries as scored_queries
from market.selection.sources import jobs as source_jobs
from market.windows import jobs as windows
from tests.factories import selection as f
from tests.oversight.test_sampling import Served
from tests.selection import jurying as j
from tests.selection import scoring as s
from tests.selection.test_jurors_proof import amended, of, of_public_money
from tests.verify.node import batch, script
from verify.zjcs import draw as protocol
from verify.zjcs import evidence, experts, logcheck, scoring_result, witnessed
from verify.zjcs import keys as verifier_keys
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


def codes(
    draw: str, leaves: list[dict], time: int, step: str = "scored_experts"
) -> tuple[str, str]:
    """What Python and the browser say of these leaves and of one head over the lot, at a step."""
    size = leaves.index(of(leaves, "lot.fixed")) + 2
    chains = {each["id"]: WITNESS for each in of(leaves, "lot.fixed")["sources"] if "slot" in each}
    anchors = {
        leaf["source"]: anchor_of(leaf) for leaf in leaves if leaf["type"] == "source.anchor"
    }
    keys = Keys("log", (), (), anchors, chains, pinned=True)
    found = [Leaf(at, leaf, hash_of(leaf)) for at, leaf in enumerate(leaves)]
    case = Case(draw, keys, found)
    case.final_view = View(size, {WITNESS: time})
    try:
        python = dict(scoring_result.CHECKS)[step](case)
    except Fault as no:
        python = no.code

    given = {
        "leaves": [{"leaf": leaf, "hash": hash_of(leaf)} for leaf in leaves],
        "size": size,
        "name": WITNESS,
        "time": time,
        "owner_of": chains,
        "anchors": anchors,
    }
    source = POSTPONED_IN_NODE.replace("GIVEN", json.dumps(given)).replace("DRAW", draw)
    return python, script(source.replace("scored_experts", step))


def anchor_of(leaf: dict) -> dict:
    return {key: leaf[key] for key in ("anchor", "genesis", "period", "n", "hash") if key in leaf}


def test_none_says_another_instant_than_that_which_follows_from_the_head(context):
    number = of_public_money()
    file = json.loads(s.evidence_of(number))
    draw = file["draw"]
    leaves, time = postponed(draw, [json.loads(leaf["utf8"]) for leaf in file["leaves"]])
    count = len(of(leaves, "jurors.listed")["refs"])
    assert codes(draw, leaves, time)[0].startswith(f"{count}; ")
    assert len(set(codes(draw, leaves, time))) == 1

    close = of(leaves, "notice.published")["entry_close"]
    amended_late = copy.deepcopy(leaves)
    amended(entry_close=close)(amended_late)
    unseen = codes(draw, amended_late, time, "scored_entries")
    assert unseen == ("amendment.unseen", "amendment.unseen")
    assert "unseen" not in codes(draw, amended_late, close - 1, "scored_entries")[0]

    other = copy.deepcopy(leaves)
    of(other, "draw.postponed")["draw_at"] += 1
    assert codes(draw, other, time) == ("slot.postponed", "slot.postponed")
    assert codes(draw, leaves, time - 60 * 60) == ("slot.postponed", "slot.postponed")


# --- the witness's list -------------------------------------------------------------------
def seen_late():
    """A selection whose lot the witness saw half a minute before its instant; its result is out."""
    j.town()
    j.pool(j.body())
    number, _ = j.published()
    s.entered(number, [10_000_000, 9_000_000, 8_000_000])
    close = result_queries.notice(reading(CLOCK), number).entry_close
    fabric().clock.instant = close + dt.timedelta(seconds=60)
    windows.sweep()
    entry_jobs.seal_due()  # the lot is fixed, and nobody has seen it yet
    planned = j.lot_at(number)
    f.move_to(planned - dt.timedelta(seconds=30))
    f.move_to(planned)
    assert j.lot_at(number) == planned + dt.timedelta(seconds=30)
    f.move_to(planned + dt.timedelta(seconds=f.PERIOD))
    source_jobs.fetch_lists()
    j.finished(number)
    return number


def said(file: str, lists: list[str], pinned: str) -> tuple[str, str]:
    """What Python and the browser say of a file and of lists of cosignatures."""
    keys = verifier_keys.load(pinned)
    try:
        steps = [*evidence.check(file, keys), *witnessed.steps(lists, file, keys)]
        fault = next((step.fault for step in steps if step.fault), None)
    except Fault as no:
        fault = no
    (browser,) = batch([{"text": file, "keys": pinned, "cosignatures": lists}])
    return str(fault.code if fault else "verified"), browser["code"] or (
        *browser["open"],
        "verified",
    )[0]


def test_a_postponed_lot_is_decided_by_the_witness_s_whole_list(app, context):
    number = seen_late()
    file = s.evidence_of(number)
    pinned = json.dumps(fabric().witness.inner.keys())
    course = scored_queries.course(reading(CLOCK), number).drawn
    assert course is not None and course.is_postponed
    client = app.test_client()
    listed = client.get(f"/notices/{number}/scores/cosignatures.json").text
    assert said(file, [listed], pinned) == ("verified", "verified")
    assert said(file, [], pinned) == ("postponed.list", "postponed.list")

    whole = json.loads(listed)
    (numbered,) = [each for each in whole if isinstance(each, dict)]
    bare = json.dumps([each for each in whole if each is not numbered])
    assert said(file, [bare], pinned) == ("postponed.list", "postponed.list")
    cut = {**numbered, "checkpoints": numbered["checkpoints"][:-1]}
    assert said(file, [json.dumps(cut)], pinned) == ("list.cut", "list.cut")
    unsigned = {**numbered, "head": numbered["head"].replace("\n\n", "0\n\n", 1)}
    assert said(file, [json.dumps(unsigned)], pinned) == ("list.cut", "list.cut")

    steps = list(logcheck.check(Served(client), verifier_keys.load(pinned)))
    assert [step.fault for step in steps if step.fault] == []
    assert "notice.rulebook" not in {step.mark.code for step in steps if step.mark}
    assert (
        str(course.listed) and "cosignatures.json" in client.get(f"/notices/{number}/scores").text
    )


HIDDEN_IN_NODE = """
import { nothingHidden } from "./witnessed.js";
const leaves = [{ type: "lot.fixed" }, { type: "draw.postponed" }];
const [lot, late, early] = [{ index: 4, sources: [{ kind: "chain", id: "w" }] }, new Map([["w", 90]]), { size: 5, name: "w", time: 60 }];
const draw = { heads: [], closedView: null, finalView: { size: 9, times: late }, the: () => lot, owner: () => "w", keys: { origin: "log" } };
const found = { heads: [early, { size: 9, name: "w", time: 90 }], numbered: [] };
try {
  console.log(JSON.stringify(nothingHidden({ draw, leaves }, found)));
} catch (fault) {
  console.log(JSON.stringify(fault.code ?? String(fault)));
}
"""


def test_a_head_that_was_seen_before_the_one_that_is_shown_is_told(context):
    """Who waits for a later head to move the lot is told by the witness's list."""
    number = of_public_money()
    file = json.loads(s.evidence_of(number))
    keys = verifier_keys.load(json.dumps(fabric().witness.inner.keys()))
    early = file["heads"].pop(0)["checkpoint"]
    file["closed"]["checkpoint"] = file["heads"][0]["checkpoint"]  # that over the closed sheets
    try:
        list(witnessed.steps([json.dumps([early])], json.dumps(file), keys))
        python = "verified"
    except Fault as no:
        python = no.code
    assert (python, script(HIDDEN_IN_NODE)) == ("witness.earlier", "witness.earlier")
