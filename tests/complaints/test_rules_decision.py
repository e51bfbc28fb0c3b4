"""The law of deciding complaints as sentences of the regulation. No app, no database."""

import datetime as dt

import pytest

from market.complaints import rules
from market.complaints.rules import CallbackResult, Outcome, Remedy, State
from market.kernel.clock import CHINA
from market.kernel.errors import Invalid
from market.selection.notices.rules.states import UNPUBLISHED, NoticeState
from tests.workdays.shipped import official


def at(text: str) -> dt.datetime:
    """An instant of Beijing time."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("outcome", "remedies", "fabricated", "code"),
    [
        (Outcome.DISMISSED, {}, False, None),
        (Outcome.DISMISSED, {}, True, None),
        (Outcome.UPHELD, {Remedy.RELIST: ""}, False, None),
        (Outcome.PARTLY, {Remedy.RECTIFY: ""}, False, None),
        (Outcome.UPHELD, {Remedy.RELIST: "", Remedy.RECTIFY: ""}, False, None),
        (Outcome.UPHELD, {Remedy.DISQUALIFY: "A000017"}, False, None),
        (Outcome.DISMISSED, {Remedy.RELIST: ""}, False, "remedy_without_fault"),
        (Outcome.UPHELD, {}, False, "remedy_missing"),
        (Outcome.PARTLY, {}, False, "remedy_missing"),
        (Outcome.UPHELD, {Remedy.RELIST: "", Remedy.ANNUL_TO_NEXT: ""}, False, "remedies_exclude"),
        (Outcome.UPHELD, {Remedy.DISQUALIFY: ""}, False, "remedy_needs_agency"),
        (Outcome.UPHELD, {Remedy.RELIST: ""}, True, "fabrication_upheld"),
    ],
)
def test_a_decision_does_not_contradict_itself(outcome, remedies, fabricated, code):
    if code is None:
        assert rules.check_decision(outcome, remedies, fabricated) is None
    else:
        with pytest.raises(Invalid, match=code):
            rules.check_decision(outcome, remedies, fabricated)


@pytest.mark.parametrize(
    ("remedies", "corrected", "code"),
    [
        ([Remedy.AMEND], ["content"], None),
        ([Remedy.RECTIFY], [], None),
        ([], [], None),
        ([Remedy.AMEND, Remedy.RECTIFY], [], "correction_missing"),
        ([Remedy.RECTIFY], ["title"], "correction_not_ordered"),
    ],
)
def test_new_words_and_the_order_to_amend_come_together(remedies, corrected, code):
    if code is None:
        assert rules.check_corrected(remedies, corrected) is None
    else:
        with pytest.raises(Invalid, match=code):
            rules.check_corrected(remedies, corrected)


WAITS = "remedy_waits"
NEVER = "remedy_impossible"
ACTING = (
    Remedy.DISQUALIFY,
    Remedy.ANNUL_TO_NEXT,
    Remedy.RELIST,
    Remedy.AMEND,
    Remedy.TERMINATE,
)
TAKES: dict[
    NoticeState | None, tuple[str | None, ...]
] = {  # what becomes of each of ACTING in a state
    NoticeState.ENTRY_OPEN: (NEVER, NEVER, None, None, NEVER),
    NoticeState.PAUSED: (NEVER, NEVER, NEVER, NEVER, NEVER),
    **dict.fromkeys(
        (
            NoticeState.SEALED,
            NoticeState.WAITING_VALUE,
            NoticeState.SCORING,
            NoticeState.SHORTLISTED,
            NoticeState.AUCTION_READY,
            NoticeState.AUCTION_RUNNING,
            NoticeState.AUCTION_FROZEN,
        ),
        (WAITS, WAITS, None, NEVER, WAITS),
    ),
    **dict.fromkeys(
        (NoticeState.CHOOSING, NoticeState.OFFERED), (WAITS, WAITS, WAITS, NEVER, WAITS)
    ),
    **dict.fromkeys(
        (NoticeState.ANNOUNCED, NoticeState.HELD, NoticeState.AWARDED),
        (None, None, None, NEVER, NEVER),
    ),
    **dict.fromkeys(
        (NoticeState.FAILED, NoticeState.CANCELLED, NoticeState.ANNULLED, NoticeState.TERMINATED),
        (NEVER, NEVER, None, NEVER, NEVER),
    ),
    **dict.fromkeys(
        (
            NoticeState.CONTRACTED,
            NoticeState.IN_SERVICE,
            NoticeState.DELIVERED,
        ),
        (NEVER, NEVER, None, NEVER, None),
    ),
    **dict.fromkeys(
        (NoticeState.CLOSED, NoticeState.RELISTED, None), (NEVER, NEVER, NEVER, NEVER, NEVER)
    ),
}


def test_a_remedy_is_proposed_only_in_the_states_in_which_the_selection_can_take_it():
    assert set(TAKES) == (set(NoticeState) - UNPUBLISHED) | {None}
    for state, expected in TAKES.items():
        for remedy, code in zip(ACTING, expected, strict=True):
            given = {remedy: "A000017" if remedy is Remedy.DISQUALIFY else "", Remedy.RECTIFY: ""}
            if code is None:
                assert rules.check_possible(given, state, ["A000017"]) is None
            else:
                with pytest.raises(Invalid, match=code):
                    rules.check_possible(given, state, ["A000017"])
    with pytest.raises(Invalid, match="remedy_no_entrant"):
        rules.check_possible({Remedy.DISQUALIFY: "A000018"}, NoticeState.HELD, ["A000017"])


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("投诉人反映公告有地域条件，经查属实。", True),
        ("投诉人王小民反映……", False),
        ("联系电话 13812345678。", False),
        ("证件 36048119700101123X 已核验。", False),
        ("电话13900000000", False),
        ("编号 TS-360481-2026-00001，金额 1234567 元。", True),
    ],
)
def test_a_decision_is_not_published_with_personal_data(text, clean):
    if clean:
        assert rules.check_redacted(text, ["王小民", ""]) is None
    else:
        with pytest.raises(Invalid, match="personal_data_left"):
            rules.check_redacted(text, ["王小民", ""])


@pytest.mark.parametrize(
    ("result", "outcome", "following"),
    [
        (CallbackResult.SATISFIED, Outcome.UPHELD, State.CLOSED),
        (CallbackResult.UNREACHABLE, Outcome.UPHELD, State.CLOSED),
        (CallbackResult.UNSATISFIED, Outcome.UPHELD, State.REMEDYING),
        (CallbackResult.UNSATISFIED, Outcome.PARTLY, State.REMEDYING),
        (CallbackResult.UNSATISFIED, Outcome.DISMISSED, State.CLOSED),
    ],
)
def test_what_is_not_put_right_goes_back(result, outcome, following):
    assert rules.after_callback(result, outcome) is following


def test_the_superiors_days_begin_with_the_last_day_of_the_late_one():
    """Overdue at Thursday 24:00, which is Friday 00:00: five working days are Friday to the next
    Thursday.
    """
    due = at("2026-03-06T00:00:00")
    takeover = rules.filing_deadline(rules.last_instant(due), (5, "working_day"), official())
    assert takeover.due_at == at("2026-03-13T00:00:00")


def test_every_kind_of_window_is_listed_under_its_name():
    assert all(name == kind.name for name, kind in rules.WINDOW_KINDS.items())
