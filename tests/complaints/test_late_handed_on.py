"""Lateness and who has it next: the fault stays with the body whose days they were."""

import datetime as dt

import pytest

from market.complaints import queries, rules, service
from market.complaints.rules import State
from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.ledger import queries as ledger
from market.letters import jobs as told
from market.letters import queries as inbox
from market.windows import queries as windows
from tests.complaints.deeds import card, due_of, kinds, live, sweep_at
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.deeds import do

SECOND = dt.timedelta(seconds=1)


def late_bodies(number: str) -> list[str]:
    """The bodies that the log says were late with their decision, in that order."""
    return [
        entry.fields["body"]
        for entry in ledger.of_subject(reading(CLOCK), number)
        if entry.type == "complaint.decision_overdue"
    ]


@pytest.mark.databases
def test_a_body_that_is_given_an_overdue_complaint_has_days_of_its_own_and_the_first_keeps_the_fault(
    context, clock
):
    """Accepted on Wednesday 4 March: due on the 25th. Given to the bureau on the 27th, whose five
    working days end on 3 April (6 April, Qingming, would not count); the superior's five more end
    on 13 April.
    """
    bureau = complaints.regulator_desk()
    desk = complaints.desk()
    authority = complaints.desk("authority")
    assigner = people.staff("authority", "authority_assigner")
    number = complaints.accepted(complaints.filed(selection.published_notice()), desk)
    sweep_at(clock, due_of(number, rules.DECIDE))
    overdue_at = card(number).decision_overdue_at
    clock.instant = dt.datetime(2026, 3, 27, 2, tzinfo=dt.UTC)
    do(
        service.reassign,
        assigner,
        number=number,
        organisation_id=bureau.organisation_id,
        reason="指定办理",
    )
    own = live(number, rules.DECIDE)
    assert own.responsible_id == bureau.organisation_id
    assert own.due_at == dt.datetime(2026, 4, 3, 16, tzinfo=dt.UTC)
    assert live(number, rules.TAKEOVER) is None  # the first body's: it no longer has the case
    shown = queries.view(reading(bureau.officer), number)
    assert (shown.is_past_due, shown.public.is_late) == (True, True)
    sweep_at(clock, own.due_at - SECOND)
    assert kinds(number).count("complaint.decision_overdue") == 1
    sweep_at(clock, own.due_at, times=2)
    assert late_bodies(number) == [f"O{desk.organisation_id:06d}", f"O{bureau.organisation_id:06d}"]
    assert card(number).decision_overdue_at == overdue_at  # the legal due did not move
    sweep_at(clock, due_of(number, rules.TAKEOVER))
    assert card(number).state is State.ESCALATED
    assert card(number).body_id == authority.organisation_id
    counted = {body.body_name: body.decided_late for body in queries.timeliness(reading(CLOCK))}
    assert sorted(counted.values()) == [0, 1, 1]


@pytest.mark.databases
def test_a_lateness_that_the_sweep_had_yet_to_note_when_the_complaint_went_on_is_the_first_bodys(
    context, clock
):
    bureau = complaints.regulator_desk()
    desk = complaints.desk()
    complaints.desk("authority")
    number = complaints.filed(selection.published_notice())
    clock.instant = due_of(number, rules.ACCEPT)
    do(
        service.reassign,
        people.staff("authority", "authority_assigner"),
        number=number,
        organisation_id=bureau.organisation_id,
        reason="指定办理",
    )
    assert windows.live(reading(CLOCK), rules.ACCEPT, number).responsible_id == desk.organisation_id
    sweep_at(clock, clock.instant, times=2)
    (note,) = [
        entry
        for entry in ledger.of_subject(reading(CLOCK), number)
        if entry.type == "complaint.acceptance_overdue"
    ]
    assert note.fields["body"] == f"O{desk.organisation_id:06d}"
    own = windows.live(reading(CLOCK), rules.ACCEPT, number)
    assert (own.responsible_id, own.overdue_at) == (bureau.organisation_id, None)
    assert complaints.accepted(number, bureau)


def test_nobody_stops_the_clock_of_what_is_overdue_already_also_not_in_days_of_his_own(
    context, clock
):
    bureau = complaints.regulator_desk()
    complaints.appraisals_stop_the_clock(clock)
    desk = complaints.desk()
    assigner = people.staff("authority", "authority_assigner")
    notice = selection.published_notice()
    fresh = complaints.filed(notice)
    accepted = complaints.accepted(complaints.filed(notice), desk)
    for number, kind in ((fresh, rules.ACCEPT), (accepted, rules.DECIDE)):
        sweep_at(clock, due_of(number, kind))
        do(
            service.reassign,
            assigner,
            number=number,
            organisation_id=bureau.organisation_id,
            reason="指定办理",
        )
    with pytest.raises(Refusal, match="late_already"):
        do(service.ask_completion, bureau.officer, number=fresh, request="请补充")
    with pytest.raises(Refusal, match="late_already"):
        do(service.pause, bureau.officer, number=accepted, reason="鉴定")


@pytest.mark.databases
def test_a_transfer_that_nobody_takes_in_is_told_above_and_to_the_inspector(context, clock):
    bureau = complaints.regulator_desk()
    desk = complaints.desk()
    authority = complaints.desk("authority")
    inspector = people.staff("inspection", "inspector")
    number = complaints.filed(selection.published_notice())
    do(
        service.transfer,
        desk.officer,
        number=number,
        organisation_id=bureau.organisation_id,
        reason="属行业监管事项",
    )
    due = due_of(number, rules.TRANSFER)
    sweep_at(clock, due - SECOND)
    assert "complaint.transfer_overdue" not in kinds(number)
    sweep_at(clock, due, times=2)
    (note,) = [
        entry
        for entry in ledger.of_subject(reading(CLOCK), number)
        if entry.type == "complaint.transfer_overdue"
    ]
    assert note.fields["body"] == f"O{bureau.organisation_id:06d}"
    told.write()
    for who in (inspector, authority.officer):
        assert f"投诉 {number} 转交后逾期未接收" in [
            letter.title for letter in inbox.inbox(reading(who))
        ]
