"""Each row of the second set of rules gives a properly signed forgery its verdict: refused, undecided or
listed with "!", from Python and from JavaScript alike.
"""

import functools
import json
import time

import pytest

from tests.verify.cases import late
from tests.verify.forge import DRAW_AT, keys_json, make
from tests.verify.mirror import numbered
from tests.verify.node import batch, script
from tests.verify.tighter import TIGHTER
from verify.zjcs import bounds, evidence, keys, leaves, witnessed
from verify.zjcs.faults import Fault
from verify.zjcs.words import sentence


@functools.cache
def text(name):
    """The forged file."""
    forgery = TIGHTER[name]
    return make(forgery.change, **forgery.settings).text()


@functools.cache
def in_javascript():
    jobs = [
        {"text": text(name), "keys": each.pinned, "lottery": list(each.lottery)}
        for name, each in TIGHTER.items()
    ]
    return dict(zip(TIGHTER, batch(jobs), strict=True))


def in_python(name, lists=()):
    """(verdict, codes of faults and marks) as verify_draw comes to it."""
    forgery = TIGHTER[name]
    pinned = keys.load(forgery.pinned) if forgery.pinned else None
    found = []
    verdict = True
    try:
        steps = list(evidence.check(text(name), pinned, forgery.lottery))
        if lists or b"draw.postponed" in text(name).encode():
            steps += witnessed.steps(lists, text(name), pinned)
    except Fault as fault:
        return False, [fault]
    for step in steps:
        verdict = None if step.fault else verdict
        found += [each for each in (step.fault, step.mark) if each]
    return verdict, found


@pytest.mark.parametrize("name", TIGHTER)
def test_python_gives_the_verdict_of_the_row(name):
    verdict, found = in_python(name)
    assert verdict is TIGHTER[name].verdict
    assert TIGHTER[name].code in [each.code for each in found]
    for each in found:
        assert each.where
        assert "<" not in sentence(each) and sentence(each, "zh") != str(each)


@pytest.mark.parametrize("name", TIGHTER)
def test_javascript_gives_the_same(name):
    answer = in_javascript()[name]
    assert answer["ok"] is TIGHTER[name].verdict, answer
    assert TIGHTER[name].code in [answer["code"], *answer["open"], *answer["marks"]]


def test_both_know_the_same_leaves_with_the_same_keys():
    """The tables of all protocols, written twice."""
    ours = {
        alg: {
            kind: [[sorted(each.required), sorted(each.optional)] for each in shapes]
            for kind, shapes in table.items()
        }
        for alg, table in leaves.TABLES.items()
    }
    theirs = script("""
        import { TABLES } from "./leaves.js";
        const keys = (of) => Object.keys(of).sort();
        console.log(JSON.stringify(Object.fromEntries(Object.entries(TABLES).map(([alg, table]) => [alg, Object.fromEntries(
          Object.entries(table).map(([kind, shapes]) => [kind, shapes.map((each) => [keys(each.required), keys(each.optional)])]))]))));
    """)
    assert theirs == ours


# --- work before work ---------------------------------------------------------------------
@pytest.mark.parametrize("name", ["a string of 30 MB", "80 million steps down chains"])
def test_too_much_work_is_refused_in_a_moment(name):
    """By both, in less than two seconds for the check itself."""
    data = text(name)
    began = time.perf_counter()
    assert in_python(name)[0] is False
    assert time.perf_counter() - began < 2
    took = script(f"""
        import {{ verify }} from "./draw.js";
        const text = {json.dumps(data) if len(data) < 1_000_000 else '`{"x":"${"a".repeat(30e6)}"}`'};
        const began = performance.now(), {{ ok, fault }} = await verify(text);
        console.log(JSON.stringify([ok, fault.code, performance.now() - began]));
    """)
    assert took[:2] == [False, TIGHTER[name].code] and took[2] < 2000


@pytest.mark.parametrize(
    "written",
    [
        '{"x":"' + '\\\\"' * 4_000_000 + '"}',
        '"' + "\\u0041" * 3_000_000 + '"',
        "[" * 100_000,
        '{"a":' * 60 + "1" + "}" * 60,
        '"' + "a" * 5_000_000,
    ],
)
def test_a_file_made_to_hurt_is_a_fault_and_no_error(written):
    with pytest.raises(Fault):
        evidence.load(written)
    assert batch([{"text": written}])[0]["ok"] is False


def test_nought_has_one_spelling_in_a_file_too():
    data = text("closed without a promise").replace('"index": 0,', '"index": -0,')
    with pytest.raises(Fault, match="canonical.float"):
        evidence.load(data)
    assert batch([{"text": data}])[0]["code"] == "canonical.float"


def test_a_chain_of_a_whole_log_is_walked_once():
    forge = make(lambda f: f.fill_values())
    found = forge.case(forge.leaves()).leaves
    anchors = {leaf["source"]: leaf for leaf in found if leaf["type"] == "source.anchor"}
    assert set(bounds.walk(found, anchors).values()) == {True}
    far = [
        evidence.Leaf(leaf.index, {**leaf.value, "slot": 10_000_000}, leaf.hash)
        if leaf["type"] == "source.value"
        else leaf
        for leaf in found
    ]
    many = [evidence.Leaf(100 + n, {**far[-2].value, "value": f"{n:064x}"}, "") for n in range(3)]
    with pytest.raises(Fault, match="work.steps"):
        bounds.walk([*far, *many], anchors)


# --- the numbered list --------------------------------------------------------------------
def cut(change):
    """The list of a postponed draw, changed after the witness signed it."""
    value = json.loads(numbered(make(late)))
    change(value)
    return json.dumps(value)


LISTS = {
    "whole": (numbered(make(late)), True, None),
    "from the seal on": (numbered(make(late), first=3), None, "postponed.list"),
    "from before the seal on": (numbered(make(late), first=2), True, None),
    "one taken out": (cut(lambda v: v["checkpoints"].pop(1)), False, "list.cut"),
    "the end cut off": (cut(lambda v: v["checkpoints"].pop()), False, "list.cut"),
    "its beginning hidden": (cut(lambda v: v.update(first=2)), False, "list.cut"),
    "another beginning": (cut(lambda v: v.update(before="0" * 64)), False, "list.cut"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_cut_list_shows(name):
    given, verdict, code = LISTS[name]
    data = make(late).text()
    pinned = keys.load(keys_json(DRAW_AT))
    answer = batch([{"text": data, "keys": keys_json(DRAW_AT), "cosignatures": [given]}])[0]
    assert answer["ok"] is verdict and code in [answer["code"], *answer["open"], None]
    try:
        steps = list(witnessed.steps([given], data, pinned))
    except Fault as fault:
        assert (verdict, code) == (False, fault.code)
    else:
        assert [step.fault.code for step in steps if step.fault] == ([code] if code else [])
