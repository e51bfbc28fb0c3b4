"""Grounds of not accepting a complaint that the platform knows to be false."""

import datetime as dt

import pytest

from market.complaints import queries, service
from market.complaints.models import Proposal
from market.complaints.rules import About, ProposalKind, Reason, State
from market.complaints.service.accept import propose, to_handle
from market.db import in_one_transaction
from market.kernel.errors import Invalid
from market.kernel.shown import token
from tests.complaints.deeds import card, do
from tests.factories import accounts as people
from tests.factories import complaints, selection

GROUNDS = complaints.GROUNDS


def non_acceptance(number, desk, reason, reasons=GROUNDS["reasons"]):
    return do(
        service.propose_non_acceptance,
        desk.officer,
        number=number,
        reason=reason,
        **{**GROUNDS, "reasons": reasons},
    )


def refused(number, desk, reason, reasons=GROUNDS["reasons"]):
    with pytest.raises(Invalid) as no:
        non_acceptance(number, desk, reason, reasons)
    return no.value.code, no.value.field


@pytest.mark.databases
@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (Reason.LATE, "complaint.ground_not_late"),
        (Reason.NOT_COMPLETED, "complaint.ground_not_asked"),
        (Reason.NOT_VERIFIED, "complaint.ground_verified"),
        (Reason.SAME_FACTS, "complaint.ground_without_earlier"),
        (Reason.NOT_SUBJECT, None),
        (Reason.NO_FACTS, None),
        (Reason.OTHER_PROCEDURE, None),
    ],
)
def test_of_a_complaint_in_time_by_a_known_person_only_what_may_be_true_is_taken(
    context, reason, code
):
    notice, _ = selection.announced_notice()
    desk = complaints.desk()
    number = complaints.filed(notice, about=About.RESULT)
    if code:
        field = "reasons" if reason is Reason.SAME_FACTS else "reason"
        assert refused(number, desk, reason) == (code, field)
        assert card(number).state is State.FILED
    else:
        assert non_acceptance(number, desk, reason)


@pytest.mark.databases
def test_it_stays_in_time_however_late_the_office_looks(context, clock):
    notice, _ = selection.announced_notice()
    desk = complaints.desk()
    number = complaints.filed(notice, about=About.RESULT)
    clock.instant += dt.timedelta(days=30)
    assert refused(number, desk, Reason.LATE)[0] == "complaint.ground_not_late"


@pytest.mark.databases
def test_what_was_asked_for_and_came_is_not_missing(context, clock):
    notice = selection.published_notice()
    desk = complaints.desk()
    who = complaints.citizen()
    number = complaints.filed(notice, who)
    do(service.ask_completion, desk.officer, number=number, request="请补充证据原件")
    do(service.complete, who, number=number, text="证据原件已补")
    assert refused(number, desk, Reason.NOT_COMPLETED)[0] == "complaint.ground_completed"


@pytest.mark.databases
def test_the_same_facts_name_the_earlier_number(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    open_one = complaints.filed(notice)
    first = complaints.decided(complaints.accepted(complaints.filed(notice), desk), desk)
    elsewhere = complaints.decided(
        complaints.accepted(complaints.filed(selection.published_notice()), desk), desk
    )
    again = complaints.filed(notice)
    for named in (again, open_one, elsewhere, "TS-360481-2026-99999", "此前的投诉"):
        assert refused(again, desk, Reason.SAME_FACTS, f"同一事实见 {named}，已有处理结果。") == (
            "complaint.ground_without_earlier",
            "reasons",
        )
    wide = first.replace("-", "\u2013").translate({each: each + 0xFEE0 for each in range(48, 58)})
    assert non_acceptance(again, desk, Reason.SAME_FACTS, f"同一事实见{wide}，已有处理结果。")


@pytest.mark.databases
def test_what_was_proposed_before_is_looked_at_again_when_it_is_signed(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    number = complaints.filed(notice)

    def plant(work):
        row = to_handle(work, number, "complaint.handle")
        false = Proposal(kind=ProposalKind.NOT_ACCEPT, reason=Reason.LATE, **GROUNDS)
        propose(work, row, false, shown=token(queries.case_shown(work, number)))

    in_one_transaction(plant, desk.officer)
    with pytest.raises(Invalid, match="ground_not_late"):
        do(service.sign, desk.signatory, number=number)
    assert card(number).state is State.FILED


@pytest.mark.databases
def test_who_came_by_telephone_may_stay_unknown(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    clerk = people.member(desk.organisation_id, "intake_clerk")
    number = complaints.registered(notice, clerk, complaints.by_hotline())
    assert non_acceptance(number, desk, Reason.NOT_VERIFIED)
