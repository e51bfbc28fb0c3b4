"""Draws of `zjcs-draw/2`: honest ones verify, and what `/2` binds besides refuses its forgery, from Python
and from JavaScript alike.
"""

import functools
import json

import pytest

from tests.verify.boxed import ALG, second
from tests.verify.cases import amend, exclude
from tests.verify.forge import REGULATOR, Forge, keys_json, make
from tests.verify.node import batch
from tests.verify.tighter import token
from verify.zjcs import evidence, keys
from verify.zjcs.faults import Fault

SINCE_2 = ("drain_max", "project", "rule", "rulebook", "sealed_quotes", "quote_rule")
FROM_THE_START = [{"index": 0, "algs": [ALG]}]


def withdrawn(forge: Forge, opened: str | None = None) -> None:
    """Entry 2 is withdrawn by whoever has its token."""
    second(forge)
    forge.seal["entrants"].pop(1)
    at = forge.close - 50
    forge.stages["entries"].append(
        forge.leaf("entry.withdrawn", at=at, received_at=at, no=2, token=opened or token(2)[1])
    )


def amended(forge: Forge, seen: int | None) -> None:
    """An amendment that a witness saw at `seen` (None: the file does not show it)."""
    second(forge)
    amend(forge, draw_at=forge.draw_at)
    if seen is None:
        return

    def show(file):
        leaves = [leaf["utf8"].encode() for leaf in file["leaves"]]
        hashes = [evidence.merkle.leaf_hash(leaf) for leaf in leaves]
        view = forge.view(hashes, 3, {REGULATOR: seen})
        file["version"] = 2
        file["heads"] = [{key: view[key] for key in ("checkpoint", "consistency")}]

    forge.twist.append(show)


def other(stage: str, **fields):
    def apply(forge: Forge) -> None:
        second(forge)
        forge.stages[stage][-1].update(fields)

    return apply


def drop(key: str, stage: str):
    def apply(forge: Forge) -> None:
        second(forge)
        forge.stages[stage][0].pop(key)

    return apply


def late_entry(forge: Forge) -> None:
    """An entry behind the closed count, sealed or not."""
    forge.entrants = 4
    second(forge)
    forge.entrants = 5
    forge.stages["parts"].append(forge.stages["entries"].pop())
    forge.seal["received"] = 5


def proved_exclusion(forge: Forge) -> None:
    second(forge)
    exclude(forge, 2)
    forge.seal["excluded"][0].update(reason="agency.suspended", leaf=0)


CASES = {  # name: change, verdict, code of the fault or the mark
    "honest": (second, True, None),
    "withdrawn by its token": (withdrawn, True, None),
    "amended in sight": (lambda f: amended(f, f.close - 1990), True, None),
    "left out with a proof": (proved_exclusion, True, None),
    "withdrawn by another token": (lambda f: withdrawn(f, token(3)[1]), False, "entry.token"),
    "amended unseen": (lambda f: amended(f, f.close), False, "amendment.unseen"),
    "amended and not shown": (lambda f: amended(f, None), False, "amendment.unseen"),
    "no project": (drop("project", "notice"), False, "leaf.key"),
    "no token": (drop("undo", "entries"), False, "leaf.key"),
    "no count in the seal": (drop("received", "seal"), False, "leaf.key"),
    "two entries with one token": (other("entries", undo=token(1)[0]), False, "entry.undo_twice"),
    "never closed": (
        lambda f: (second(f), f.stages["closed"].pop(0)),
        False,
        "closed.missing",
    ),
    "an entry behind the closing": (late_entry, False, "closed.after"),
    "another number received": (other("seal", received=6), False, "seal.received"),
    "an entry that waited too long": (
        lambda f: (second(f), f.stages["entries"][-1].update(received_at=f.close - 2000)),
        False,
        "entry.waited",
    ),
    "an entry that waited": (
        lambda f: (
            second(f),
            f.stages["entries"][-1].update(at=f.close + 1, received_at=f.close - 100),
        ),
        True,
        "entry.late",
    ),
    "an entry of the older kind": (
        lambda f: (second(f), f.stages["entries"].__setitem__(0, f.entry(1))),
        False,
        "leaf.key",
    ),
    "a code in capitals": (
        lambda f: (proved_exclusion(f), f.seal["excluded"][0].update(reason="SUSPENDED")),
        False,
        "leaf.key",
    ),
    "a way that is not computed here": (
        lambda f: (
            second(f),
            f.fill_values(),
            f.stages.update(result=[f.result()]),
            f.notice.update(alg="zjcs-rank/2", rule="some_other_way"),
            f.twist.append(lambda file: file.update(protocol="zjcs-rank/2")),
        ),
        None,
        "way.unknown",
    ),
}


@functools.cache
def text(name):
    return make(CASES[name][0]).text()


@functools.cache
def in_javascript():
    pinned = keys_json(alg_from=[{"index": 0, "algs": [ALG, "zjcs-rank/2"], "t": 1}])
    return dict(
        zip(CASES, batch([{"text": text(name), "keys": pinned} for name in CASES]), strict=True)
    )


@pytest.mark.parametrize("name", CASES)
def test_both_give_the_verdict(name):
    _, verdict, code = CASES[name]
    pinned = keys.load(keys_json(alg_from=[{"index": 0, "algs": [ALG, "zjcs-rank/2"]}]))
    answer = in_javascript()[name]
    assert answer["ok"] is verdict, answer
    try:
        steps = list(evidence.check(text(name), pinned))
    except Fault as fault:
        assert (verdict, code) == (False, fault.code)
        assert (answer["code"], answer["rule"]) == (fault.code, fault.rule)
        return
    said = [each.code for step in steps for each in (step.fault, step.mark) if each]
    assert said == ([code] if code else [])
    assert [*answer["open"], *answer["marks"]] == said


def test_of_two_protocols_in_one_draw_none_counts():
    def mixed(forge):
        second(forge)
        amend(forge, alg="zjcs-draw/1")
        forge.stages["amended"][0] = {
            key: value for key, value in forge.stages["amended"][0].items() if key not in SINCE_2
        }

    data = make(mixed).text()
    with pytest.raises(Fault, match="notice.other_alg"):
        list(evidence.check(data))
    assert batch([{"text": data}])[0]["code"] == "notice.other_alg"
    claimed = json.dumps(json.loads(text("honest")) | {"protocol": "zjcs-draw/1"})
    assert batch([{"text": claimed}])[0]["ok"] is False
    with pytest.raises(Fault):
        list(evidence.check(claimed))
