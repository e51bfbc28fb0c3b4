"""The law of evaluations, without a database."""

import itertools

import pytest

from market.evaluations.rules import (
    NEXT,
    WEIGHTS,
    EvaluationState,
    Marks,
    Standing,
    check_said,
    move_evaluation,
    standing_of,
)
from market.evaluations.rules.appeal import EFFECTS, NEXT_APPEAL, AppealState, Ground, move_appeal
from market.evaluations.views.blueprint import stars
from market.kernel.errors import Refusal, each_of


def marks(*each: int) -> Marks:
    return Marks(**dict(zip(WEIGHTS, each, strict=True)))


@pytest.mark.parametrize(
    ("each", "overall"),
    [
        ((5, 5, 5, 5, 5), 500),
        ((1, 1, 1, 1, 1), 100),
        ((2, 3, 4, 3, 3), 285),
        ((5, 4, 5, 4, 5), 460),
    ],
)
def test_the_overall_mark_is_the_weighted_mean_in_hundredths(each, overall):
    assert sum(WEIGHTS.values()) == 100
    assert marks(*each).overall == overall


@pytest.mark.parametrize(("total", "count", "mean"), [(0, 0, None), (285, 1, 285), (745, 2, 373)])
def test_a_mean_is_rounded_half_up_and_nobody_begins_with_one(total, count, mean):
    assert standing_of(count, total) == Standing(count, mean)


def test_stars_have_one_decimal_half_up():
    assert [stars(each) for each in (455, 454, 500, 100)] == ["4.6", "4.5", "5.0", "1.0"]


@pytest.mark.parametrize(
    ("given", "text", "fact", "fields"),
    [
        (marks(5, 4, 3, 3, 3), "", "", []),
        (marks(2, 5, 5, 5, 5), "", "短", ["fact"]),
        (marks(2, 5, 5, 5, 5), "", "一" * 20, []),
        (marks(0, 6, 5, 5, 5), "", "一" * 20, ["quality", "timeliness"]),
        (marks(5, 5, 5, 5, 5), "一" * 1001, "", ["text"]),
    ],
)
def test_a_low_mark_needs_a_fact_and_everything_is_told_at_once(given, text, fact, fields):
    found = []
    try:
        check_said(given, text, fact)
    except Refusal as no:
        found = [each.field for each in each_of(no)]
    assert found == fields


def test_states_move_by_their_tables_alone():
    for old, new in itertools.product(EvaluationState, EvaluationState):
        allowed = new in NEXT.get(old, ())
        if allowed:
            assert move_evaluation(old, new) is new
        else:
            with pytest.raises(Refusal):
                move_evaluation(old, new)
    for old, new in itertools.product(AppealState, AppealState):
        if new not in NEXT_APPEAL.get(old, ()):
            with pytest.raises(Refusal):
                move_appeal(old, new)


def test_every_ground_has_its_effect():
    assert set(EFFECTS) == set(Ground)
