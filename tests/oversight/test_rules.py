"""The fourteen checks: nine follow from the facts, five are the reader's."""

import dataclasses
import datetime as dt

import pytest

from market.kernel.errors import Invalid
from market.oversight import rules
from market.oversight.rules import BY_READER, Check, Mark, Outcome, Verdict
from market.selection.results.rules.facts import Facts

DAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
LATER = DAY + dt.timedelta(days=3)
FACTS = Facts(
    document_sha256="aa",
    logged_sha256="aa",
    first_close=LATER,
    earliest_close=LATER,
    is_within_catalogue=True,
    findings=0,
    is_cleared=False,
    amendments=[(LATER, LATER)],
    is_opened=True,
    given=3,
    numbers=[1, 2, 3],
    unreasoned=0,
    instants=[DAY, DAY, LATER],
    promised="S1",
    reached="S2",
)
GOOD = dict.fromkeys(BY_READER, Mark.GOOD)
ALL_TRUE = rules.by_system(FACTS, Verdict.HOLDS)


def test_a_selection_in_order_passes_all_nine():
    assert list(ALL_TRUE) == [check for check in Check if check not in BY_READER]
    assert set(ALL_TRUE.values()) == {True}


@pytest.mark.parametrize(
    ("check", "change", "said"),
    [
        (Check.FROZEN, {"logged_sha256": "bb"}, False),
        (Check.FROZEN, {"logged_sha256": None}, False),
        (Check.PERIOD, {"first_close": LATER - dt.timedelta(seconds=1)}, False),
        (Check.REQUIREMENT, {"is_within_catalogue": False}, False),
        (Check.CONDITIONS, {"findings": 1}, False),
        (Check.CONDITIONS, {"findings": 1, "is_cleared": True}, True),
        (Check.AMENDMENTS, {"amendments": [(LATER, DAY)]}, False),
        (Check.NUMBERS, {"numbers": [1, 3]}, False),
        (Check.NUMBERS, {"numbers": [1, 2, 2]}, False),
        (Check.NUMBERS, {"numbers": [1], "is_opened": False}, None),
        (Check.EXCLUSIONS, {"unreasoned": 1}, False),
        (Check.EXCLUSIONS, {"is_opened": False}, None),
        (Check.ORDER, {"instants": [LATER, DAY]}, False),
        (Check.ORDER, {"promised": "S3"}, False),
        (Check.ORDER, {"reached": None}, None),
    ],
)
def test_each_fact_out_of_order_fails_its_check_alone(check, change, said):
    found = rules.by_system(dataclasses.replace(FACTS, **change), Verdict.HOLDS)
    assert found[check] is said
    others = {name for name, value in found.items() if value is False and name is not check}
    assert not others


@pytest.mark.parametrize(
    ("verdict", "said"),
    [(None, None), (Verdict.HOLDS, True), (Verdict.BROKEN, False), (Verdict.UNDECIDED, None)],
)
def test_the_recomputation_is_said_as_it_went(verdict, said):
    assert rules.by_system(FACTS, verdict)[Check.RECOMPUTED] is said


@pytest.mark.parametrize(
    ("outcome", "marks", "remark", "system", "code"),
    [
        (Outcome.IN_ORDER, GOOD, "", ALL_TRUE, None),
        (Outcome.REMARK, GOOD, "报名时间偏短", ALL_TRUE, None),
        (Outcome.REMARK, GOOD, " \u200b ", ALL_TRUE, "oversight.no_remark"),
        (Outcome.CLUE, GOOD, "", ALL_TRUE, "oversight.no_remark"),
        (Outcome.IN_ORDER, {}, "", ALL_TRUE, "oversight.unmarked"),
        (Outcome.IN_ORDER, {**GOOD, Check.REASONS: Mark.REMARK}, "x", ALL_TRUE, "oversight.not_in_order"),
        (Outcome.IN_ORDER, GOOD, "x", {Check.FROZEN: False}, "oversight.not_in_order"),
        (Outcome.IN_ORDER, GOOD, "", {Check.FROZEN: None}, None),
    ],
)  # fmt: skip
def test_a_review_says_what_it_owes(outcome, marks, remark, system, code):
    if code is None:
        rules.check_review(outcome, marks, remark, system)
        return
    with pytest.raises(Invalid) as refused:
        rules.check_review(outcome, marks, remark, system)
    assert refused.value.code == code
