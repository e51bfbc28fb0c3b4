"""What follows a decision has days of its own: publishing it, putting right, calling back."""

import pytest

from market.complaints import queries, rules, service
from market.complaints.rules import CallbackResult, Outcome, Remedy
from market.db import reading
from market.kernel.actor import VISITOR
from market.windows.rules import Nature
from tests.complaints.deeds import live, sweep_at
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.deeds import do

AFTER = (rules.PUBLISH, rules.REMEDY, rules.CALL_BACK)


def running(number):
    return [kind.name for kind in AFTER if live(number, kind)]


@pytest.mark.databases
def test_each_step_after_the_decision_has_a_clock_and_its_own_body(context):
    desk = complaints.desk()
    caller = people.staff("authority", "callback_officer")
    number = complaints.accepted(complaints.filed(selection.published_notice()), desk)
    assert running(number) == []
    complaints.decided(number, desk, Outcome.PARTLY)
    assert running(number) == ["complaint.publish"]
    complaints.published(number, desk)
    assert running(number) == ["complaint.remedy"]
    assert live(number, rules.REMEDY).responsible_id == desk.organisation_id
    do(service.finish_remedy, desk.officer, number=number, report="已更正")
    assert running(number) == ["complaint.call_back"]
    assert live(number, rules.CALL_BACK).responsible_id == caller.organisation_id
    do(
        service.call_back,
        caller,
        number=number,
        result=CallbackResult.UNSATISFIED,
        note="还没改",
    )
    assert running(number) == ["complaint.remedy"]
    do(service.finish_remedy, desk.officer, number=number, report="现已更正")
    do(service.call_back, caller, number=number, result=CallbackResult.SATISFIED, note="满意")
    assert running(number) == []
    assert all(kind.nature is Nature.DUTY for kind in AFTER)


def test_a_step_that_is_late_is_late_on_the_public_page_and_stays_owed(context, client, clock):
    desk = complaints.desk()
    number = complaints.accepted(complaints.filed(selection.published_notice()), desk)
    complaints.decided(number, desk, Outcome.DISMISSED)
    assert queries.published(reading(VISITOR), number) is None
    sweep_at(clock, live(number, rules.PUBLISH).due_at)
    complaints.published(number, desk)
    said = queries.published(reading(VISITOR), number)
    late = {step.kind: (step.is_late, step.done_at is not None) for step in said.steps}
    assert late == {
        "complaint.accept": (False, True),
        "complaint.decide": (False, True),
        "complaint.publish": (True, True),
        "complaint.call_back": (False, False),
    }
    page = client.get(f"/complaints/{number}").text
    for part in (
        complaints.GROUNDS["legal_basis"],
        complaints.GROUNDS["remedy_note"],
        "没有需要纠正的内容",
        "各环节是否按期",
        "已超期",
    ):
        assert part in page


def test_what_names_the_complainant_is_not_published_with_the_decision(context):
    desk = complaints.desk()
    who = complaints.citizen()
    number = complaints.accepted(complaints.filed(selection.published_notice(), who), desk)
    do(
        service.propose_decision,
        desk.officer,
        number=number,
        outcome=Outcome.PARTLY,
        remedies={Remedy.RECTIFY: ""},
        **complaints.GROUNDS | {"legal_basis": "《办法》第十二条，王小民的申请"},
    )
    do(service.sign, desk.signatory, number=number)
    complaints.published(number, desk)
    said = queries.published(reading(VISITOR), number)
    assert (said.legal_basis, said.remedies) == ("", (Remedy.RECTIFY,))
    assert said.remedy_note == complaints.GROUNDS["remedy_note"]


def test_the_desk_goes_on_behind_its_first_page_in_the_order_of_the_dues(context, clock):
    desk = complaints.desk()
    notice = selection.published_notice()
    numbers = [complaints.filed(notice, complaints.citizen(f"王{n}民")) for n in "一二三"]
    complaints.accepted(numbers[0], desk)  # its next due is weeks away
    seen = []
    after = None
    for _ in numbers:
        page = queries.desk(reading(desk.officer), desk.organisation_id, after, limit=1)
        seen += [row.complaint.number for row in page]
        after = page.next
    assert (seen, after) == ([numbers[1], numbers[2], numbers[0]], None)
