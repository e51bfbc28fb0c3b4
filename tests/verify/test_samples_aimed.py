"""A sample that somebody could aim: its lot without time to be seen, or with the operator's values alone."""

from types import SimpleNamespace
from typing import Any

import pytest

from verify.zjcs import keys, samples
from verify.zjcs.case import Leaf
from verify.zjcs.faults import Fault, Undecided
from verify.zjcs.sampled import Held, Sample
from verify.zjcs.sources import lost_text

PLAN = Leaf(0, {"label": "contracts", "period": "2026-03"}, "")
FIXED = {"at": 1000, "draw_at": 1060, "draw": "S", "sources": [{"id": "op-1", "slot": 7}]}


NO_LOG: Any = SimpleNamespace(sources=[], walked={})


class Nothing:
    """A log that serves no head over the lot."""

    def read(self, path: str) -> None:
        return None


def held(**changes) -> tuple[Held, Leaf]:
    fixed = Leaf(3, {**FIXED, **changes}, "")
    nobody = keys.claimed("log", (), ())
    drawn = Leaf(9, {"seed": "00" * 32}, "")
    return Held(NO_LOG, {}, nobody, Nothing(), Sample(PLAN, None, fixed, drawn)), fixed


def test_a_lot_without_a_minute_to_be_seen_is_refused():
    sample, fixed = held(at=1001)
    with pytest.raises(Fault, match="sample.too_soon"):
        sample._seen(fixed)
    sample, fixed = held()
    with pytest.raises(Undecided, match="sample.no_seal"):
        sample._seen(fixed)


def test_the_operators_values_alone_leave_a_sample_undecided():
    """A chain that is lost gives nothing: its leaf says what the operator writes."""
    own = {"id": "op-1", "slot": 7, "value": "00" * 32}
    lost = {"id": "chain-w", "failed_leaf": "00" * 32}
    sample, fixed = held(sources=[*FIXED["sources"], {"id": "chain-w", "slot": 7}])
    for used in ([own], [own, lost]):
        with pytest.raises(Undecided, match="sample.operator"):
            sample._somebody_else(fixed, used)
    sample._somebody_else(fixed, [own, {"id": "chain-w", "slot": 7, "value": "00" * 32}])


@pytest.mark.parametrize("index", [3, 9])
def test_a_value_that_stood_before_the_witnessed_head_or_behind_the_seed_is_refused(index):
    sample, fixed = held()
    anchor = {"anchor": "00" * 32, "genesis": 0, "period": 153, "n": 100}
    value = Leaf(index, {"type": "source.value", "source": "op-1", "slot": 7, "value": ""}, "")
    found: Any = SimpleNamespace(sources=[value], walked={index: True})
    other = Held(found, {"op-1": Leaf(1, anchor, "")}, sample.keys, sample.source, sample.sample)
    with pytest.raises(Fault, match="sample.value_place"):
        other._used(FIXED["sources"][0], fixed, 5, 1060)


@pytest.mark.parametrize(
    ("index", "slot", "code"),
    [
        (3, 7, "failure.order"),  # with the lot, or before it
        (9, 7, "failure.order"),  # behind the seed
        (5, 7, "lost.signers"),  # by nobody who holds the chain
        (5, 8, "sample.value"),  # lost only later: a value is owed
    ],
)
def test_a_chain_that_two_bodies_have_not_given_up_is_not_passed_over(index, slot, code):
    sample, fixed = held()
    anchor = {"anchor": "00" * 32, "genesis": 0, "period": 153, "n": 100}
    signed = lost_text("op-1", slot) + "\n\u2014 somebody AAAAAAAA\n"
    said = {"type": "source.lost", "source": "op-1", "slot": slot, "at": 10**6, "note": signed}
    found: Any = SimpleNamespace(sources=[Leaf(index, said, "")], walked={})
    other = Held(found, {"op-1": Leaf(1, anchor, "")}, sample.keys, sample.source, sample.sample)
    with pytest.raises(Fault, match=code):
        other._used(FIXED["sources"][0], fixed, 5, 1060)


@pytest.mark.parametrize("label", [[], {}, None, 1])
def test_a_label_of_another_kind_is_no_sample(label):
    assert not samples.is_of_a_sample({"type": "lot.fixed", "label": label})
