"""The law of filing complaints, and their course, as sentences of the regulation. No app, no
database.
"""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.complaints import rules
from market.complaints.rules import (
    About,
    Channel,
    Complainant,
    Intake,
    ProposalState,
    Respondent,
    State,
    Statement,
)
from market.kernel.clock import CHINA
from market.kernel.errors import Invalid, Refusal
from market.workdays.rules import Certainty
from tests.workdays.shipped import official

SPAN = (3, "working_day")


def at(text: str) -> dt.datetime:
    """An instant of Beijing time."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=CHINA)


def said(**changes: object) -> Statement:
    whole = {
        "matter": "GG-360481-2026-00001",
        "about": About.NOTICE,
        "respondent": Respondent.OWNER,
        "matters": "公告有地域条件",
        "request": "更正",
        "complainant": Complainant.PERSON,
        "name": "王",
        "phone": "1",
        **changes,
    }
    return Statement(**whole)  # type: ignore[arg-type]


# --- the window of filing (Ruichang: 中选公告公示之日起3个工作日内) -------------------------------------


@pytest.mark.parametrize(
    ("published", "closes"),
    [
        (
            "2026-03-02T10:00:00",
            "2026-03-06T00:00:00",
        ),  # Monday: Tue, Wed, Thu; over at Thursday 24:00
        ("2026-03-05T23:59:59", "2026-03-11T00:00:00"),  # Thursday evening: Fri, Mon, Tue
        ("2026-03-06T00:00:00", "2026-03-12T00:00:00"),  # midnight is already Friday: Mon, Tue, Wed
        (
            "2026-03-07T09:00:00",
            "2026-03-12T00:00:00",
        ),  # a Saturday: the trigger day is never counted
        (
            "2026-02-13T09:00:00",
            "2026-02-26T00:00:00",
        ),  # before Spring Festival: make-up Saturday 14 Feb, then 24 and 25 Feb
        (
            "2025-12-30T09:00:00",
            "2026-01-06T00:00:00",
        ),  # over the year: 31 Dec, make-up Sunday 4 Jan, 5 Jan
    ],
)
def test_one_may_file_until_the_third_working_day_after_the_result(published, closes):
    due = rules.filing_deadline(at(published), SPAN, official())
    assert due.due_at == at(closes)
    assert due.certainty is Certainty.CONFIRMED


@pytest.mark.parametrize(
    ("received", "in_time"),
    [("2026-03-05T23:59:59", True), ("2026-03-06T00:00:00", False), ("2026-03-06T00:00:01", False)],
)
def test_in_time_is_before_the_last_days_end(received, in_time):
    due = rules.filing_deadline(at("2026-03-02T10:00:00"), SPAN, official())
    assert rules.is_in_time(at(received), due) is in_time


def test_too_late_is_refused_with_the_closing_instant():
    due = rules.filing_deadline(at("2026-03-02T10:00:00"), SPAN, official())
    with pytest.raises(Refusal, match=r"complaint\.too_late") as no:
        rules.check_in_time(at("2026-03-06T00:00:00"), at("2026-02-20T10:00:00"), due)
    assert no.value.facts == {"closed": "2026-03-05 24:00", "received": "2026-03-06 00:00:00"}


def test_an_end_within_a_day_shows_its_hour():
    assert rules.ends(at("2026-03-05T17:30:00")) == "2026-03-05 17:30"


def test_before_the_result_complaints_about_the_notice_are_received():
    assert rules.filing_deadline(None, SPAN, official()) is None
    assert rules.check_in_time(at("2026-03-06T00:00:00"), at("2026-03-02T10:00:00"), None) is None


@pytest.mark.parametrize("published", [None, "2026-03-06T00:00:01"])
def test_nobody_complains_about_a_notice_that_is_not_out(published):
    with pytest.raises(Refusal, match="notice_not_public"):
        rules.check_in_time(at("2026-03-06T00:00:00"), at(published) if published else None, None)


def test_a_provisional_due_never_ends_the_right():
    due = rules.filing_deadline(at("2026-12-30T10:00:00"), SPAN, official())
    assert due.certainty is Certainty.PROVISIONAL
    assert rules.is_in_time(at("2027-02-01T10:00:00"), due)


@pytest.mark.parametrize(
    ("channel", "received", "posted", "judged"),
    [
        (
            Channel.POST,
            "2026-03-09T10:00:00",
            dt.date(2026, 3, 5),
            "2026-03-05T23:59:59",
        ),  # the day of posting counts
        (Channel.POST, "2026-03-05T10:00:00", dt.date(2026, 3, 5), "2026-03-05T10:00:00"),
        (Channel.POST, "2026-03-09T10:00:00", None, "2026-03-09T10:00:00"),
        (Channel.PAPER, "2026-03-09T10:00:00", dt.date(2026, 3, 5), "2026-03-09T10:00:00"),
    ],
)
def test_a_letter_is_in_time_by_its_posting(channel, received, posted, judged):
    assert rules.in_time_by(channel, at(received), posted, at("2026-03-10T00:00:00")) == at(judged)


def test_staff_cannot_receive_in_the_future_nor_before_posting():
    with pytest.raises(Invalid, match="received_in_future"):
        rules.in_time_by(Channel.PAPER, at("2026-03-10T00:00:01"), None, at("2026-03-10T00:00:00"))
    with pytest.raises(Invalid, match="posted_after_receipt"):
        rules.in_time_by(
            Channel.POST, at("2026-03-09T10:00:00"), dt.date(2026, 3, 10), at("2026-03-10T09:00:00")
        )


# --- what may be heard --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "is_over", "code"),
    [
        ({"about": About.RESULT}, False, "complaint.no_result_yet"),
        ({"respondent": Respondent.AGENCY}, False, "complaint.no_agency_yet"),
        ({"respondent": Respondent.AGENCY}, True, "complaint.no_agency_yet"),  # a failed selection
        (
            {"about": About.CONDUCT, "respondent": Respondent.OFFICE},
            False,
            "complaint.act_day_missing",
        ),
        (
            {"about": About.CONDUCT, "act_on": dt.date(2026, 3, 1)},
            False,
            "complaint.conduct_of_office",
        ),
    ],
)
def test_what_cannot_be_heard_in_this_form(changes, is_over, code):
    with pytest.raises(Invalid, match=code):
        rules.check_statement(said(**changes), is_over=is_over, has_winner=False)


@pytest.mark.parametrize(
    ("changes", "is_over"),
    [
        ({}, False),
        ({"about": About.PROCESS}, False),
        ({"about": About.RESULT}, True),
        ({"respondent": Respondent.AGENCY}, True),
        (
            {
                "about": About.CONDUCT,
                "respondent": Respondent.OFFICE,
                "act_on": dt.date(2026, 3, 1),
            },
            False,
        ),
    ],
)
def test_what_is_heard(changes, is_over):
    assert rules.check_statement(said(**changes), is_over=is_over, has_winner=is_over) is None


def test_staff_register_only_what_did_not_come_online_and_keep_the_hotlines_number():
    now = at("2026-03-06T00:00:00")
    for intake, code in (
        (Intake(Channel.ONLINE, now), "online_by_hand"),
        (Intake(Channel.HOTLINE, now), "own_number"),
    ):
        with pytest.raises(Invalid, match=code):
            rules.check_intake(intake)
    assert rules.check_intake(Intake(Channel.HOTLINE, now, external_number="12345-1")) is None


@given(st.text(min_size=1, max_size=40), st.text(alphabet=" ,。!\n ", max_size=5))
def test_the_same_facts_in_another_dress_are_the_same(text, dress):
    dressed = dress.join(text)
    assert rules.facts_digest(text, dress) == rules.facts_digest(dressed)


def test_other_facts_are_others():
    assert rules.facts_digest("公告有地域条件", "更正") != rules.facts_digest(
        "公告有业绩条件", "更正"
    )
    assert rules.facts_digest("ABC", "") == rules.facts_digest("abc")


def test_a_commitment_tells_nothing_without_its_salt():
    content = {"number": "TS-1", "matters": "公告有地域条件"}
    one = rules.commitment(b"a" * 16, content)
    other = rules.commitment(b"b" * 16, content)
    assert one != other
    assert one == rules.commitment(b"a" * 16, dict(reversed(content.items())))
    assert rules.text_digest("公开") == rules.text_digest("公开") != rules.text_digest("不公开")


# --- the course: every pair of states, allowed or refused (docs/rules.md#states) -------------------

STEPS = {
    "draft": "filed",
    "filed": "accepted not_accepted completing transferred withdrawn escalated",
    "completing": "filed withdrawn",
    "transferred": "filed withdrawn escalated",
    "accepted": "paused withdrawn upheld partly dismissed escalated",
    "paused": "accepted withdrawn",
    "escalated": "accepted not_accepted withdrawn upheld partly dismissed",
    "upheld": "remedying",
    "partly": "remedying",
    "dismissed": "callback",
    "remedying": "callback",
    "callback": "closed remedying",
    "not_accepted": "",
    "withdrawn": "",
    "closed": "",
}


@pytest.mark.parametrize(("old", "new"), list(itertools.product(State, State)))
def test_every_step_is_in_the_table_or_refused(old, new):
    if new.value in STEPS[old.value].split():
        assert rules.move_state(old, new) is new
    else:
        with pytest.raises(Refusal, match=r"complaint\.wrong_state"):
            rules.move_state(old, new)


def test_what_has_ended_has_no_step_and_holds_nothing():
    assert {state for state in State if not rules.NEXT.get(state)} == rules.ENDED
    assert not rules.ENDED & rules.HANDLED


@pytest.mark.parametrize(("state", "is_accepted"), list(itertools.product(State, [False, True])))
def test_acceptance_and_decision_are_each_owed_once(state, is_accepted):
    may_rule = (state is State.FILED) or (state is State.ESCALATED and not is_accepted)
    may_decide = (state is State.ACCEPTED) or (state is State.ESCALATED and is_accepted)
    for check, allowed in (
        (rules.may_rule_on_acceptance, may_rule),
        (rules.may_decide, may_decide),
    ):
        if allowed:
            assert check(state, is_accepted) is None
        else:
            with pytest.raises(Refusal, match=r"complaint\.wrong_state"):
                check(state, is_accepted)


@pytest.mark.parametrize(("old", "new"), list(itertools.product(ProposalState, ProposalState)))
def test_a_proposal_is_settled_once(old, new):
    if old is ProposalState.PROPOSED and new is not ProposalState.PROPOSED:
        assert rules.move_proposal(old, new) is new
    else:
        with pytest.raises(Refusal, match=r"complaint\.proposal_done"):
            rules.move_proposal(old, new)
