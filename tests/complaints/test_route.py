"""Which body: transfer and reassignment (decision 16)."""

import datetime as dt

import pytest

from market.complaints import rules, service
from market.complaints.rules import Outcome, State
from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.rulebook import service as rulebook_service
from market.selection.results import queries as result_queries
from market.windows import jobs as windows_jobs
from tests.complaints.deeds import card, do, kinds, live
from tests.factories import accounts as people
from tests.factories import complaints, selection

GROUNDS = complaints.GROUNDS


@pytest.mark.databases
def test_a_transfer_does_not_start_the_clock_again(context, clock):
    regulator = complaints.regulator_desk()
    desk = complaints.desk()
    notice = selection.published_notice()
    number = complaints.filed(notice)
    due = live(number, rules.ACCEPT).due_at
    clock.advance(dt.timedelta(hours=20))
    do(service.propose_acceptance, desk.officer, number=number)
    do(
        service.transfer,
        desk.officer,
        number=number,
        organisation_id=regulator.organisation_id,
        reason="属行业监管事项",
    )
    assert card(number).state is State.TRANSFERRED
    assert (live(number, rules.ACCEPT).due_at, live(number, rules.ACCEPT).responsible_id) == (
        due,
        regulator.organisation_id,
    )
    assert live(number, rules.TRANSFER).due_at == due  # one working day for taking it in
    for act, who in ((service.take_in, desk.officer), (service.propose_acceptance, desk.officer)):
        with pytest.raises(NotFound):
            do(act, who, number=number)
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.propose_acceptance, regulator.officer, number=number)
    do(service.take_in, regulator.officer, number=number)
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.take_in, regulator.officer, number=number)
    complaints.accepted(number, regulator)
    assert (
        kinds(number).count("window.opened") == 5
    )  # accept, accept again for the new body, transfer, decide, cap


@pytest.mark.databases
def test_lateness_before_a_transfer_stays_with_the_first_body(context, clock):
    regulator = complaints.regulator_desk()
    desk = complaints.desk()
    notice = selection.published_notice()
    complaints.desk("authority")
    number = complaints.filed(notice)
    clock.instant = live(number, rules.ACCEPT).due_at
    windows_jobs.sweep()
    do(
        service.transfer,
        desk.officer,
        number=number,
        organisation_id=regulator.organisation_id,
        reason="晚了才转",
    )
    windows_jobs.sweep()
    assert kinds(number).count("complaint.acceptance_overdue") == 1
    clock.instant = live(number, rules.TAKEOVER).due_at
    windows_jobs.sweep()
    assert card(number).state is State.ESCALATED  # also one that nobody took in
    assert live(number, rules.TRANSFER) is None


def test_a_transfer_after_a_completion_keeps_what_the_stop_gained(context, clock):
    regulator = complaints.regulator_desk()
    desk = complaints.desk()
    who = complaints.citizen()
    number = complaints.filed(selection.published_notice(), who)
    do(service.ask_completion, desk.officer, number=number, request="补充")
    clock.advance(dt.timedelta(days=2))
    do(service.complete, who, number=number, text="补充了")
    due = live(number, rules.ACCEPT).due_at
    do(
        service.transfer,
        desk.officer,
        number=number,
        organisation_id=regulator.organisation_id,
        reason="转",
    )
    assert live(number, rules.ACCEPT).due_at == due


@pytest.mark.databases
def test_the_new_body_can_ask_for_completion_and_its_clock_stands_as_the_first_ones_would(
    context, clock
):
    """Filed on Wednesday, due Friday; transferred, asked on Thursday, given on Monday: Thursday to
    Monday are not counted.
    """
    regulator = complaints.regulator_desk()
    desk = complaints.desk()
    who = complaints.citizen()
    number = complaints.filed(selection.published_notice(), who)
    do(
        service.transfer,
        desk.officer,
        number=number,
        organisation_id=regulator.organisation_id,
        reason="转",
    )
    do(service.take_in, regulator.officer, number=number)
    clock.instant = dt.datetime(2026, 3, 5, 2, tzinfo=dt.UTC)
    do(service.ask_completion, regulator.officer, number=number, request="补充")
    clock.instant = dt.datetime(2026, 3, 9, 2, tzinfo=dt.UTC)
    windows_jobs.sweep()
    assert card(number).acceptance_overdue_at is None
    do(service.complete, who, number=number, text="补充了")
    assert live(number, rules.ACCEPT).due_at == dt.datetime(2026, 3, 11, 16, tzinfo=dt.UTC)


@pytest.mark.databases
def test_a_clock_that_stands_keeps_standing_when_the_authority_gives_the_complaint_to_another_body(
    context, clock
):
    regulator = complaints.regulator_desk()
    desk = complaints.desk()
    who = complaints.citizen()
    assigner = people.staff("authority", "authority_assigner")
    number = complaints.filed(selection.published_notice(), who)
    clock.instant = dt.datetime(2026, 3, 5, 2, tzinfo=dt.UTC)
    do(service.ask_completion, desk.officer, number=number, request="补充")
    do(
        service.reassign,
        assigner,
        number=number,
        organisation_id=regulator.organisation_id,
        reason="指定办理",
    )
    standing = live(number, rules.ACCEPT)
    assert (standing.state, standing.responsible_id) == ("paused", regulator.organisation_id)
    clock.instant = dt.datetime(2026, 3, 9, 2, tzinfo=dt.UTC)
    windows_jobs.sweep()
    assert card(number).acceptance_overdue_at is None
    do(service.complete, who, number=number, text="补充了")
    assert live(number, rules.ACCEPT).due_at == dt.datetime(2026, 3, 11, 16, tzinfo=dt.UTC)


def test_a_provisional_due_stays_provisional_with_the_new_body(context, clock):
    regulator = complaints.regulator_desk()
    desk = complaints.desk()
    notice = selection.published_notice()
    clock.instant = dt.datetime(2026, 12, 29, 2, tzinfo=dt.UTC)
    number = complaints.filed(notice)
    due = live(number, rules.ACCEPT)
    do(
        service.transfer,
        desk.officer,
        number=number,
        organisation_id=regulator.organisation_id,
        reason="转",
    )
    assert (live(number, rules.ACCEPT).due_at, live(number, rules.ACCEPT).certainty) == (
        due.due_at,
        "provisional",
    )


@pytest.mark.parametrize(
    ("to", "code"), [("owner", "no_body"), ("self", "no_body"), ("concerned", "body_concerned")]
)
def test_a_complaint_goes_to_no_party_and_to_no_stranger(context, to, code):
    regulator = complaints.regulator_desk()
    desk = complaints.desk()
    notice = selection.published_notice()
    number = complaints.filed(notice, respondent=rules.Respondent.REGULATOR)
    owner = result_queries.notice(reading(CLOCK), notice).owner_organisation_id
    body = {"owner": owner, "self": desk.organisation_id, "concerned": regulator.organisation_id}[
        to
    ]
    with pytest.raises(Invalid, match=code):
        do(service.transfer, desk.officer, number=number, organisation_id=body, reason="转")


def reassign(who, number: str, body, reason: str) -> None:
    do(
        service.reassign,
        who,
        number=number,
        organisation_id=body.organisation_id,
        reason=reason,
    )


@pytest.mark.databases
def test_the_authority_gives_a_complaint_to_another_body_at_any_time_before_its_end(context):
    regulator = complaints.regulator_desk()
    desk = complaints.desk()
    notice = selection.published_notice()
    assigner = people.staff("authority", "authority_assigner")
    first = complaints.filed(notice)
    second = complaints.accepted(complaints.filed(notice), desk)
    due = live(second, rules.DECIDE).due_at
    do(
        service.propose_decision,
        desk.officer,
        number=second,
        outcome=Outcome.DISMISSED,
        remedies={},
        **GROUNDS,
    )
    for number in (first, second):
        reassign(assigner, number, regulator, "指定办理")
        assert card(number).body_id == regulator.organisation_id
    assert (live(second, rules.DECIDE).due_at, live(second, rules.DECIDE).responsible_id) == (
        due,
        regulator.organisation_id,
    )
    complaints.decided(second, regulator)
    with pytest.raises(Refusal, match="ended"):
        reassign(assigner, second, desk, "晚了")
    with pytest.raises(NotPermitted):
        reassign(desk.officer, first, desk, "我要")
    do(
        service.transfer,
        regulator.officer,
        number=first,
        organisation_id=desk.organisation_id,
        reason="退回",
    )
    reassign(assigner, first, regulator, "还是你办")
    assert (card(first).state, live(first, rules.TRANSFER)) == (State.FILED, None)


def test_the_rulebook_names_who_hears_complaints_about_the_office(context, clock):
    selection.town()
    editor = people.staff("authority", "rule_editor")
    approver = people.staff("authority", "rule_approver")
    complaints.desk()
    complaints.desk("authority")
    named = people.organisation("regulator", "市场监督管理局")
    complaints.desk("regulator", named)
    version = do(
        rulebook_service.propose,
        editor,
        values={"self_complaint_body": ("市场监督管理局", "")},
        title="回避",
        document_number="瑞数〔2026〕4号",
        in_force_from=dt.date(2026, 3, 5),
    )
    do(rulebook_service.approve, approver, version=version)
    clock.instant = dt.datetime(2026, 3, 5, 2, tzinfo=dt.UTC)
    number = complaints.filed(selection.published_notice(), respondent=rules.Respondent.OFFICE)
    assert card(number).body_id == named
