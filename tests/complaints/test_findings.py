"""A serious violation found in an investigation: the complainant may go, the case stays
(docs/rules.md#investigation).
"""

import pytest

from market.complaints import queries, rules, service
from market.complaints.rules import CallbackResult, ErasureGround, Outcome, Remedy, State, Violation
from market.db import db, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.letters import jobs as letters
from market.letters import queries as inbox
from market.selection.results import queries as result_queries
from market.windows import jobs as windows_jobs
from market.windows import queries as windows
from tests.complaints.deeds import card, due_of, kinds
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.accounts import sign_in, submit
from tests.factories.deeds import do

FOUND = {
    "violation": Violation.COLLUSION,
    "reasons": "两家机构的响应文件由同一台电脑生成，联系人电话相同。",
}


def titles(who) -> list[str]:
    return [letter.title for letter in inbox.inbox(reading(who))]


def check_noted(number: str) -> None:
    """The log has the withdrawal as a note; before the decision nobody is called guilty in public."""
    said = [kind for kind in kinds(number) if kind.startswith("complaint.")]
    assert said[-2:] == ["complaint.violation_found", "complaint.withdrawal_noted"]
    assert "complaint.withdrawn" not in said
    entries = ledger.of_subject(reading(CLOCK), number)
    found = next(entry for entry in entries if entry.type == "complaint.violation_found")
    assert "collusion" not in str(found.fields)


@pytest.mark.databases
def test_after_it_a_withdrawal_is_noted_and_the_body_goes_on_to_its_decision(context):
    desk = complaints.desk()
    who = complaints.citizen()
    inspector = people.staff("inspection", "inspector")
    notice, _ = selection.announced_notice()
    buyer = people.member(
        result_queries.notice(reading(CLOCK), notice).owner_organisation_id, "owner_drafter"
    )
    number = complaints.accepted(complaints.filed(notice, who, about=rules.About.RESULT), desk)
    do(service.ask_answer, desk.officer, number=number, hides_complainant=True)
    due = due_of(number, rules.DECIDE)
    do(service.find_violation, desk.officer, number=number, **FOUND)
    upheld = {"outcome": Outcome.UPHELD, "remedies": {Remedy.RECTIFY: ""}, **complaints.GROUNDS}
    do(service.propose_decision, desk.officer, number=number, **upheld)
    do(service.withdraw, who, number=number, note="已经和解")
    row = card(number)
    assert (row.state, row.ended_at, row.withdrawn_at is not None) == (State.ACCEPTED, None, True)
    assert due_of(number, rules.DECIDE) == due
    assert queries.open_about(reading(CLOCK), notice) == 1
    assert queries.holding(reading(CLOCK), notice) == 1
    check_noted(number)
    letters.write()
    for reader in (who, desk.officer, buyer):
        assert f"投诉 {number} 的投诉人已撤回，办理继续" in titles(reader)
    assert f"投诉 {number} 查明严重违规，撤回不终止办理" in titles(inspector)
    with pytest.raises(Refusal, match="withdrawn_before"):
        do(service.withdraw, who, number=number, note="再撤一次")
    with pytest.raises(Refusal, match="same_facts"):
        complaints.filed(notice, who, about=rules.About.RESULT)
    # What waited for a signature is worth as much as before.
    do(service.sign, desk.signatory, number=number)
    assert card(number).state is State.UPHELD
    assert queries.holding(reading(CLOCK), notice) == 0


@pytest.mark.databases
@pytest.mark.parametrize("outcome", [Outcome.DISMISSED, Outcome.UPHELD])
def test_who_took_it_back_is_not_called_and_somebody_else_than_the_handler_closes_it(
    context, outcome
):
    desk = complaints.desk()
    who = complaints.citizen()
    caller = people.staff("authority", "callback_officer")
    both = people.member(desk.organisation_id, "complaint_officer", "callback_officer", name="两职")
    number = complaints.accepted(complaints.filed(selection.published_notice(), who), desk)
    do(service.find_violation, both, number=number, **FOUND)
    do(service.withdraw, who, number=number, note="不想再等")
    complaints.decided(number, desk, outcome)
    complaints.published(number, desk)
    if outcome is Outcome.UPHELD:
        do(service.finish_remedy, desk.officer, number=number, report="已改")
    assert card(number).state is State.CALLBACK
    assert [row.number for row in queries.to_call_back(reading(caller))] == [number]
    with pytest.raises(Invalid, match="nobody_to_call"):
        do(service.call_back, caller, number=number, result=CallbackResult.SATISFIED, note="满意")
    with pytest.raises(NotPermitted, match="handled_it"):
        do(service.call_back, both, number=number, note="已核对")
    assert do(service.call_back, caller, number=number, note="决定已公开，已核对") is State.CLOSED
    row = card(number)
    assert (row.callback_result, row.callback_note, row.closed_at is not None) == (
        None,
        "决定已公开，已核对",
        True,
    )
    assert kinds(number)[-1] == "complaint.closed" and "complaint.called_back" not in kinds(number)
    with pytest.raises(Refusal, match="withdrawn_before"):
        do(service.rate, who, number=number, level=5)


def test_a_complaint_that_was_not_taken_back_is_not_closed_without_the_call(context):
    desk = complaints.desk()
    caller = people.staff("authority", "callback_officer")
    number = complaints.accepted(complaints.filed(selection.published_notice()), desk)
    do(service.find_violation, desk.officer, number=number, **FOUND)
    complaints.decided(number, desk)
    complaints.published(number, desk)
    with pytest.raises(Invalid, match="no_callback_result"):
        do(service.call_back, caller, number=number, note="没打电话")
    assert card(number).state is State.CALLBACK


@pytest.mark.databases
def test_one_that_staff_registered_is_taken_back_by_two_persons_and_goes_on_too(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    number = complaints.accepted(
        complaints.registered(
            notice, people.staff("office", "intake_clerk"), complaints.by_hotline()
        ),
        desk,
    )
    do(
        service.propose_withdrawal,
        desk.officer,
        number=number,
        reasons="本人于 3 月 4 日来电要求撤回。",
    )
    do(
        service.find_violation, desk.officer, number=number, **FOUND
    )  # before it is signed: what counts is the signature
    do(service.sign, desk.signatory, number=number)
    assert (card(number).state, queries.open_about(reading(CLOCK), notice)) == (State.ACCEPTED, 1)
    with pytest.raises(Refusal, match="withdrawn_before"):
        do(service.propose_withdrawal, desk.officer, number=number, reasons="再撤一次。")


@pytest.mark.databases
def test_it_is_recorded_once_while_the_complaint_is_investigated(context, clock):
    complaints.regulator_desk()
    complaints.appraisals_stop_the_clock(clock)
    desk = complaints.desk()
    authority = complaints.desk("authority")
    notice = selection.published_notice()
    fresh, paused, late = (complaints.filed(notice) for _ in range(3))
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.find_violation, desk.officer, number=fresh, **FOUND)
    complaints.accepted(paused, desk)
    do(service.pause, desk.officer, number=paused, reason="鉴定")
    do(service.find_violation, desk.officer, number=paused, **FOUND)
    with pytest.raises(Refusal, match="found_before"):
        do(service.find_violation, desk.officer, number=paused, **FOUND)
    complaints.accepted(late, desk)
    for kind in (rules.DECIDE, rules.TAKEOVER):
        clock.instant = windows.live(reading(CLOCK), kind, late).due_at
        windows_jobs.sweep()
    with pytest.raises(NotFound):
        do(service.find_violation, desk.officer, number=late, **FOUND)
    do(service.find_violation, authority.officer, number=late, **FOUND)
    complaints.decided(late, authority)
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.find_violation, authority.officer, number=late, **FOUND)
    assert card(fresh).state is State.ESCALATED  # and nobody has accepted it yet
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.find_violation, authority.officer, number=fresh, **FOUND)


def test_the_reasons_go_with_what_else_was_written_when_it_is_erased(context, clock):
    desk = complaints.desk()
    who = complaints.citizen()
    caller = people.staff("authority", "callback_officer")
    number = complaints.accepted(complaints.filed(selection.published_notice(), who), desk)
    do(service.find_violation, desk.officer, number=number, **FOUND)
    do(service.withdraw, who, number=number, note="不想再等")
    complaints.decided(number, desk)
    complaints.published(number, desk)
    do(service.call_back, caller, number=number, note="已核对")
    with pytest.raises(Refusal, match=r"erasure\.kept"):  # it was ruled on: it is part of the file
        do(
            service.propose_erasure,
            desk.officer,
            subject=number,
            ground=ErasureGround.PERIOD_OVER,
            basis="本人来函",
        )
    clock.instant = clock.instant.replace(year=clock.instant.year + 16)
    do(
        service.propose_erasure,
        desk.officer,
        subject=number,
        ground=ErasureGround.PERIOD_OVER,
        basis="本人来函",
    )
    do(service.sign_erasure, desk.signatory, subject=number)
    assert db.session.execute(db.text("SELECT reasons FROM complaint_finding")).all() == [("",)]


def test_in_the_browser_the_parties_read_it_in_plain_words_and_the_public_learns_nothing_of_what_was_found(
    app, client, new_client
):
    with app.app_context():
        notice = selection.published_notice()
        desk = complaints.desk()
        who = complaints.citizen()
        caller = people.staff("authority", "callback_officer")
        number = complaints.accepted(complaints.filed(notice, who), desk)
    where = f"/complaints/{number}"
    sign_in(client, desk.officer)
    assert "记录查明的严重违规" in client.get(where).text
    for reasons, status in (("", 422), (FOUND["reasons"], 303)):
        form = {"violation": "collusion", "reasons": reasons}
        assert submit(client, f"{where}/violation", form).status_code == status
    inside = client.get(where).text
    assert FOUND["reasons"] in inside and "报名机构之间恶意串通" in inside
    assert "/violation" not in inside
    mine = new_client()
    sign_in(mine, who)
    assert "即使投诉人撤回，办理也继续到作出处理决定" in mine.get(where).text
    assert "不再需要您做什么" in mine.get(f"{where}/withdraw").text
    assert submit(mine, f"{where}/withdraw", {"note": ""}).status_code == 422
    assert submit(mine, f"{where}/withdraw", {"note": "已经和解"}).status_code == 303
    assert f"{where}/withdraw" not in mine.get(where).text
    public = new_client().get(where).text
    assert "撤回投诉。办理单位已查明须继续处理的情形" in public
    assert FOUND["reasons"] not in public and "串通" not in public and "严重违规" not in public
    assert "投诉人已撤回" in new_client().get("/complaints").text
    with app.app_context():
        complaints.decided(number, desk)
        complaints.published(number, desk)
    calls = new_client()
    sign_in(calls, caller)
    page = calls.get(f"{where}/call-back").text
    assert "不打电话" in page and "核对完毕，销号" in page and "核对情况" in page
    assert "回访结果" not in page
    assert submit(calls, f"{where}/call-back", {"note": "决定已公开，已核对"}).status_code == 303
    assert "已销号" in new_client().get(where).text
