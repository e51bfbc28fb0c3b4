"""The course of a complaint: acceptance, completion, investigation, decision, closing. Two persons,
one log.
"""

import datetime as dt

import pytest

from market.complaints import queries, rules, service
from market.complaints.models import Complaint
from market.complaints.rules import About, Complainant, Outcome, Reason, Respondent, State
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, Refusal
from market.selection.results import queries as result_queries
from market.windows import jobs as windows_jobs
from market.windows import queries as windows
from tests.complaints.deeds import card, due_of, kinds, live
from tests.factories import accounts as people
from tests.factories import agencies, complaints, selection
from tests.factories.deeds import do

GROUNDS = complaints.GROUNDS


@pytest.mark.databases
def test_fifteen_working_days_run_from_the_acceptance_itself(context, clock):
    notice = selection.published_notice()
    desk = complaints.desk()
    number = complaints.filed(notice)
    clock.instant = dt.datetime(
        2026, 3, 5, 6, tzinfo=dt.UTC
    )  # the next day, Thursday: one of the two days is left
    complaints.accepted(number, desk)
    assert live(number, rules.ACCEPT) is None
    due = live(number, rules.DECIDE)
    assert due.due_at == dt.datetime(2026, 3, 26, 16, tzinfo=dt.UTC)
    assert due.responsible_id == desk.organisation_id
    assert live(number, rules.HOLD_CAP).due_at == dt.datetime(
        2026, 4, 7, 16, tzinfo=dt.UTC
    )  # 4 April is a holiday
    row = card(number)
    assert (row.accepted_by, row.accepted_at) == (desk.signatory.person_id, clock.instant)


@pytest.mark.databases
def test_non_acceptance_gives_its_reasons_and_releases_the_award(context):
    notice, _ = selection.announced_notice()
    desk = complaints.desk()
    number = complaints.refused(complaints.filed(notice, about=About.RESULT), desk, Reason.NO_FACTS)
    row = card(number)
    assert (row.state, row.reason, row.ended_at) == (
        State.NOT_ACCEPTED,
        Reason.NO_FACTS,
        reading(CLOCK).now,
    )
    assert result_queries.notice(reading(CLOCK), notice).state == "announced"
    assert windows.of_subject(reading(CLOCK), number)[0].state == "met"
    view = queries.view(reading(complaints_person(row)), number)
    assert (view.ruling.reason, view.ruling.remedy_note) == (
        Reason.NO_FACTS,
        GROUNDS["remedy_note"],
    )


def complaints_person(row: Complaint):
    assert row.complainant_person_id is not None
    return people.actor_of(row.complainant_person_id)


@pytest.mark.databases
def test_an_officer_proposes_and_another_person_signs(context):
    notice = selection.published_notice()
    office = people.body("office")
    both = people.member(office, "complaint_officer", "complaint_signatory")
    desk = complaints.desk()
    number = complaints.filed(notice)
    with pytest.raises(Refusal, match="no_proposal"):
        do(service.sign, desk.signatory, number=number)
    with pytest.raises(Refusal, match="no_proposal"):
        do(service.return_proposal, desk.signatory, number=number, note="?")
    do(service.propose_acceptance, both, number=number)
    with pytest.raises(Refusal, match="proposal_waits"):
        do(service.propose_acceptance, desk.officer, number=number)
    with pytest.raises(Refusal, match="same_person"):
        do(service.sign, both, number=number)
    do(service.return_proposal, desk.signatory, number=number, note="请补充理由")
    do(
        service.propose_non_acceptance,
        desk.officer,
        number=number,
        reason=Reason.NO_FACTS,
        **GROUNDS,
    )
    assert do(service.sign, both, number=number) is State.NOT_ACCEPTED
    rulings = queries.view(reading(people.staff("inspection", "inspector")), number).dossier.rulings
    assert [(one.kind, one.state) for one in rulings] == [
        ("accept", "returned"),
        ("not_accept", "signed"),
    ]


@pytest.mark.databases
def test_completion_is_asked_once_and_stops_the_clock(context, clock):
    """Filed on Wednesday, due Friday; asked on Thursday, given on Monday: Thursday to Monday are
    not counted.
    """
    notice = selection.published_notice()
    desk = complaints.desk()
    who = complaints.citizen()
    number = complaints.filed(notice, who)
    clock.instant = dt.datetime(2026, 3, 5, 2, tzinfo=dt.UTC)
    do(service.propose_acceptance, desk.officer, number=number)
    do(service.ask_completion, desk.officer, number=number, request="请补充证据原件")
    assert card(number).state is State.COMPLETING
    assert live(number, rules.COMPLETE).due_at == dt.datetime(2026, 3, 10, 16, tzinfo=dt.UTC)
    with pytest.raises(Refusal, match="no_proposal"):  # the proposal fell with the question
        do(service.sign, desk.signatory, number=number)
    clock.instant = dt.datetime(2026, 3, 9, 2, tzinfo=dt.UTC)
    with pytest.raises(NotFound):
        do(service.complete, complaints.citizen(), number=number, text="我不是投诉人")
    do(service.complete, who, number=number, text="证据原件已补")
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.complete, who, number=number, text="再补")
    assert card(number).state is State.FILED
    assert live(number, rules.ACCEPT).due_at == dt.datetime(2026, 3, 11, 16, tzinfo=dt.UTC)
    with pytest.raises(Refusal, match="asked_before"):
        do(service.ask_completion, desk.officer, number=number, request="再补一次")
    assert kinds(number).count("window.paused") == 1


@pytest.mark.databases
def test_a_completion_that_does_not_come_decides_nothing(context, clock):
    notice = selection.published_notice()
    desk = complaints.desk()
    who = complaints.citizen()
    number = complaints.filed(notice, who)
    do(service.ask_completion, desk.officer, number=number, request="请补充")
    due = live(number, rules.COMPLETE).due_at
    clock.instant = due - dt.timedelta(seconds=1)
    windows_jobs.sweep()
    assert card(number).state is State.COMPLETING
    clock.instant = due
    windows_jobs.sweep()
    windows_jobs.sweep()
    assert card(number).state is State.FILED
    assert kinds(number).count("complaint.completion_lapsed") == 1
    assert live(number, rules.ACCEPT).due_at > clock.instant
    complaints.refused(number, desk, Reason.NOT_COMPLETED)
    assert card(number).state is State.NOT_ACCEPTED


@pytest.mark.databases
def test_a_sweep_that_comes_late_changes_nothing_for_a_completion_that_lapsed(context, clock):
    """Asked on Wednesday, three days: the clock of acceptance goes on from Saturday whenever the
    sweep comes (R9).
    """
    desk = complaints.desk()
    who = complaints.citizen()
    swept, late = (complaints.filed(selection.published_notice(), who) for _ in range(2))
    for number in (swept, late):
        do(service.ask_completion, desk.officer, number=number, request="请补充")
    over = live(late, rules.COMPLETE).due_at
    clock.instant = over
    in_time = in_one_transaction(_lapse, CLOCK, number=swept)
    clock.instant = over + dt.timedelta(days=5)
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.complete, who, number=late, text="晚了")
    assert in_one_transaction(_lapse, CLOCK, number=late) == in_time


def _lapse(work, *, number: str) -> dt.datetime:
    completion = live(number, rules.COMPLETE)
    assert completion is not None
    service.completion_lapsed(work, completion)
    return due_of(number, rules.ACCEPT)


def test_staff_enter_the_completion_of_a_complaint_that_they_registered(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    number = complaints.registered(notice, desk.officer, complaints.by_hotline())
    do(service.ask_completion, desk.officer, number=number, request="请补充")
    do(service.complete, desk.officer, number=number, text="来电补充")
    assert card(number).completion == "来电补充"


@pytest.mark.databases
def test_the_body_does_not_answer_for_one_who_filed_online(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    firm = agencies.active_agency().actor
    for who, changes in (
        (complaints.citizen(), {}),
        (firm, {"complainant": Complainant.ORGANISATION}),
    ):
        number = complaints.filed(notice, who, **changes)
        do(service.ask_completion, desk.officer, number=number, request="请补充")
        with pytest.raises(Refusal, match="completed_online"):
            do(service.complete, desk.officer, number=number, text="替他补充")
        with pytest.raises(NotFound):
            do(service.complete, complaints.citizen(), number=number, text="替他补充")
        colleague = people.member(firm.organisation_id, "agency_agent") if changes else who
        do(service.complete, colleague, number=number, text="补充了")
        assert card(number).completion == "补充了"


@pytest.mark.databases
def test_a_body_that_is_late_cannot_stop_its_clock(context, clock):
    notice = selection.published_notice()
    desk = complaints.desk()
    number = complaints.filed(notice)
    other = complaints.filed(notice)
    clock.instant = live(number, rules.ACCEPT).due_at
    with pytest.raises(Refusal, match="late_already"):  # late by the instant, before any sweep
        do(service.ask_completion, desk.officer, number=number, request="请补充")
    windows_jobs.sweep()
    with pytest.raises(Refusal, match="late_already"):
        do(service.ask_completion, desk.officer, number=number, request="请补充")
    complaints.accepted(other, desk)  # late, but decided: the body's late act still counts
    assert card(other).state is State.ACCEPTED
    with pytest.raises(Refusal, match="late_already"):
        do(service.ask_completion, desk.officer, number=other, request="请补充")


# --- the investigation --------------------------------------------------------------------


@pytest.mark.databases
def test_the_respondent_answers_once_and_does_not_learn_who_complains(context, clock):
    notice = selection.published_notice()
    desk = complaints.desk()
    agency = selection.agency()
    number = complaints.filed(notice, agency.actor, complainant=Complainant.ORGANISATION)
    owner = result_queries.notice(reading(CLOCK), notice).owner_organisation_id
    member = people.member(owner, "owner_drafter")
    with pytest.raises(Refusal, match="wrong_state"):  # accepted first
        do(service.ask_answer, desk.officer, number=number, hides_complainant=False)
    complaints.accepted(number, desk)
    assert queries.view(reading(member), number).relation == "public"
    with pytest.raises(NotFound):
        do(service.answer, member, number=number, text="还没有人问我")
    do(service.ask_answer, desk.officer, number=number, hides_complainant=True)
    with pytest.raises(Refusal, match="asked_before"):
        do(service.ask_answer, desk.officer, number=number, hides_complainant=False)
    seen = queries.view(reading(member), number)
    assert (seen.relation, seen.content.name, seen.content.phone) == ("respondent", None, None)
    assert seen.content.matters
    assert live(number, rules.ANSWER).responsible_id == owner
    with pytest.raises(NotFound):
        do(service.answer, agency.actor, number=number, text="我不是被投诉人")
    do(service.answer, member, number=number, text="要求来自资质标准")
    with pytest.raises(Refusal, match="answered_before"):
        do(service.answer, member, number=number, text="再答")
    assert live(number, rules.ANSWER) is None
    assert queries.view(reading(desk.officer), number).content.answer == "要求来自资质标准"
    assert queries.view(reading(agency.actor), number).content.answer is None


def test_a_firm_is_named_to_the_respondent_when_the_officer_sees_no_risk_and_a_person_never_is(
    context,
):
    notice = selection.published_notice()
    desk = complaints.desk()
    agency = selection.agency()
    owner = people.member(
        result_queries.notice(reading(CLOCK), notice).owner_organisation_id, "owner_drafter"
    )
    names = {}
    for who, kind in (
        (agency.actor, Complainant.ORGANISATION),
        (complaints.citizen(), Complainant.PERSON),
    ):
        number = complaints.accepted(complaints.filed(notice, who, complainant=kind), desk)
        do(service.ask_answer, desk.officer, number=number, hides_complainant=False)
        names[kind.value] = queries.view(reading(owner), number).content.name
    assert names == {"organisation": agency.name, "person": None}


def test_an_answer_after_the_decision_is_too_late(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    owner = people.member(
        result_queries.notice(reading(CLOCK), notice).owner_organisation_id, "owner_signatory"
    )
    number = complaints.accepted(complaints.filed(notice), desk)
    do(service.ask_answer, desk.officer, number=number, hides_complainant=True)
    complaints.decided(number, desk)
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.answer, owner, number=number, text="迟到的答复")


def test_who_is_not_on_the_platform_cannot_be_asked(context):
    """The regulator of the item is no body of this platform."""
    notice = selection.published_notice()
    desk = complaints.desk()
    number = complaints.filed(notice, respondent=Respondent.REGULATOR)
    assert card(number).respondent_id is None
    complaints.accepted(number, desk)
    with pytest.raises(Refusal, match="no_respondent"):
        do(service.ask_answer, desk.officer, number=number, hides_complainant=True)


@pytest.mark.databases
def test_appraisal_stops_the_clock_only_where_the_rulebook_allows_it(context, clock):
    selection.town()
    desk = complaints.desk()
    strict = complaints.accepted(complaints.filed(selection.published_notice()), desk)
    with pytest.raises(Refusal, match="stop_not_allowed"):
        do(service.pause, desk.officer, number=strict, reason="鉴定")
    complaints.appraisals_stop_the_clock(clock)
    number = complaints.accepted(complaints.filed(selection.published_notice()), desk)
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.resume, desk.officer, number=number)
    before = live(number, rules.DECIDE).due_at
    do(service.pause, desk.officer, number=number, reason="送检测机构鉴定")
    assert card(number).state is State.PAUSED
    with pytest.raises(Refusal, match="wrong_state"):
        do(
            service.propose_decision,
            desk.officer,
            number=number,
            outcome=Outcome.DISMISSED,
            remedies={},
            **GROUNDS,
        )
    clock.instant = dt.datetime(2026, 3, 12, 2, tzinfo=dt.UTC)
    do(service.resume, desk.officer, number=number)
    after = live(number, rules.DECIDE).due_at
    assert (card(number).state, (after - before).days) == (State.ACCEPTED, 7)
    clock.instant = after
    with pytest.raises(Refusal, match="late_already"):
        do(service.pause, desk.officer, number=number, reason="又要鉴定")
