"""Which body, which person: transfer, reassignment, recusal (decisions 16 and 19; roles.md,
separations).
"""

import datetime as dt
import threading
from functools import partial

import pytest

from market.complaints import queries, rules, service
from market.complaints.rules import About, Outcome, Reason, State
from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.rulebook import service as rulebook_service
from market.selection import queries as selections
from market.windows import jobs as windows_jobs
from market.windows import queries as windows
from tests.factories import accounts as people
from tests.factories import complaints, selection

GROUNDS = complaints.GROUNDS


def card(number: str):
    return queries.by_key(reading(CLOCK), number)


def kinds(subject: str) -> list[str]:
    return [entry.type for entry in ledger.of_subject(reading(CLOCK), subject)]


def do(act, who, **values):
    return in_one_transaction(act, who, **values)


def live(number: str, kind):
    return windows.live(reading(CLOCK), kind, number)


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
    owner = selections.notice(reading(CLOCK), notice).owner_organisation_id
    body = {"owner": owner, "self": desk.organisation_id, "concerned": regulator.organisation_id}[
        to
    ]
    with pytest.raises(Invalid, match=code):
        do(service.transfer, desk.officer, number=number, organisation_id=body, reason="转")


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
        do(
            service.reassign,
            assigner,
            number=number,
            organisation_id=regulator.organisation_id,
            reason="指定办理",
        )
        assert card(number).body_id == regulator.organisation_id
    assert (live(second, rules.DECIDE).due_at, live(second, rules.DECIDE).responsible_id) == (
        due,
        regulator.organisation_id,
    )
    complaints.decided(second, regulator)
    with pytest.raises(Refusal, match="ended"):
        do(
            service.reassign,
            assigner,
            number=second,
            organisation_id=desk.organisation_id,
            reason="晚了",
        )
    with pytest.raises(NotPermitted):
        do(
            service.reassign,
            desk.officer,
            number=first,
            organisation_id=desk.organisation_id,
            reason="我要",
        )
    do(
        service.transfer,
        regulator.officer,
        number=first,
        organisation_id=desk.organisation_id,
        reason="退回",
    )
    do(
        service.reassign,
        assigner,
        number=first,
        organisation_id=regulator.organisation_id,
        reason="还是你办",
    )
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


# --- people -------------------------------------------------------------------------------

DEEDS = {
    "take_up": (service.take_up, {}),
    "propose_acceptance": (service.propose_acceptance, {}),
    "ask_completion": (service.ask_completion, {"request": "补充"}),
    "transfer": (service.transfer, {"organisation_id": 1, "reason": "转"}),
    "propose_non_acceptance": (service.propose_non_acceptance, {"reason": Reason.LATE, **GROUNDS}),
}


@pytest.mark.parametrize("why", ["reviewer", "member", "interest", "complainant"])
def test_who_is_concerned_does_nothing_and_sees_nothing(context, why):
    office = people.body("office")
    desk = complaints.desk()
    officer = people.member(
        office, "complaint_officer", "complaint_signatory", "notice_reviewer", "publisher"
    )
    notice_id = selection.submitted_notice()
    reviewer = officer if why == "reviewer" else selection.publisher()
    if why != "reviewer":
        do(selection.service.approve, selection.reviewer(), notice_id=notice_id)
    notice = do(selection.service.publish, reviewer, notice_id=notice_id)
    number = complaints.filed(notice, officer if why == "complainant" else None)
    if why == "member":
        owner = selections.notice(reading(CLOCK), notice).owner_organisation_id
        people.join(owner, officer.person_id, "owner_drafter")
    if why == "interest":
        do(service.declare_interest, officer, number=number, note="配偶在业主单位工作")
        do(service.declare_interest, officer, number=number, note="再说一遍")
    for act, values in DEEDS.values():
        with pytest.raises(NotPermitted, match=f"recused_{why}"):
            do(act, officer, number=number, **values)
    do(service.propose_acceptance, desk.officer, number=number)
    for act, values in ((service.sign, {}), (service.return_proposal, {"note": "退"})):
        with pytest.raises(NotPermitted, match=f"recused_{why}"):
            do(act, officer, number=number, **values)
    with pytest.raises(NotPermitted, match=f"recused_{why}"):
        do(service.assign, desk.signatory, number=number, person_id=officer.person_id)
    relation = queries.view(reading(officer), number).relation
    assert relation == ("complainant" if why == "complainant" else "public")
    assert card(number).state is State.FILED


@pytest.mark.databases
def test_when_the_last_free_officer_declares_an_interest_the_body_above_takes_it(context):
    desk = complaints.desk()
    notice = selection.published_notice()
    authority = complaints.desk("authority")
    number = complaints.filed(notice)
    do(service.take_up, desk.officer, number=number)
    assert card(number).handler_id == desk.officer.person_id
    do(service.declare_interest, desk.officer, number=number, note="与投诉人相识")
    row = card(number)
    assert (row.body_id, row.handler_id) == (authority.organisation_id, None)
    assert "complaint.reassigned" in kinds(number)
    with pytest.raises(NotFound):
        do(service.declare_interest, desk.signatory, number=number, note="已经不在我单位")


def test_a_case_is_given_to_an_officer_of_the_body_alone(context):
    desk = complaints.desk()
    notice = selection.published_notice()
    number = complaints.filed(notice)
    with pytest.raises(Invalid, match="no_officer"):
        do(service.assign, desk.signatory, number=number, person_id=desk.signatory.person_id)
    with pytest.raises(NotPermitted):
        do(service.assign, desk.officer, number=number, person_id=desk.officer.person_id)
    do(service.assign, desk.signatory, number=number, person_id=desk.officer.person_id)
    assert queries.view(reading(desk.officer), number).dossier.handler == "承办人"


# --- everybody else is refused ------------------------------------------------------------

ALL = {
    **DEEDS,
    "sign": (service.sign, {}),
    "return": (service.return_proposal, {"note": "退"}),
    "ask_answer": (service.ask_answer, {"hides_complainant": True}),
    "pause": (service.pause, {"reason": "鉴定"}),
    "violation": (
        service.find_violation,
        {"violation": rules.Violation.OTHER, "reasons": "查明的事实"},
    ),
    "resume": (service.resume, {}),
    "join": (service.join, {"organisation_id": 1, "due_on": dt.date(2026, 3, 6)}),
    "opinion": (service.give_opinion, {"text": "意见"}),
    "hold": (service.continue_hold, {"reasons": "理由"}),
    "decide": (service.propose_decision, {"outcome": Outcome.DISMISSED, "remedies": {}, **GROUNDS}),
    "publish": (service.publish_decision, {"text": "公开文本"}),
    "remedied": (service.finish_remedy, {"report": "已改"}),
    "call_back": (service.call_back, {"result": rules.CallbackResult.SATISFIED, "note": "满意"}),
    "assign": (service.assign, {"person_id": 1}),
    "reassign": (service.reassign, {"organisation_id": 1, "reason": "改"}),
    "recuse": (service.declare_interest, {"note": "回避"}),
    "take_in": (service.take_in, {}),
    "answer": (service.answer, {"text": "答复"}),
    "withdraw": (service.withdraw, {"note": "误会"}),
    "rate": (service.rate, {"level": 3}),
    "complete": (service.complete, {"text": "补充"}),
}


@pytest.mark.databases
def test_every_verb_is_refused_to_everybody_whose_it_is_not(context):
    """Eight strangers at a fresh complaint: another agency, another owner, another body, the
    inspector, ...
    """
    regulator = complaints.regulator_desk()
    notice = selection.published_notice()
    complaints.desk()
    strangers = [
        complaints.citizen(),
        selection.agency().actor,
        selection.owner().signatory,
        regulator.officer,
        regulator.signatory,
        people.staff("inspection", "inspector"),
        people.staff("office", "enrolment_checker"),
        CLOCK,
    ]
    number = complaints.filed(notice)
    before = kinds(number)
    for name, (act, values) in ALL.items():
        for who in strangers:
            with pytest.raises((NotPermitted, NotFound)):
                do(act, who, number=number, **values)
                pytest.fail(f"{name} by {who}")
    assert kinds(number) == before


# --- races --------------------------------------------------------------------------------


@pytest.mark.databases
@pytest.mark.parametrize("outcome", ["accept", "not_accept"])
def test_a_signature_racing_the_withdrawal_leaves_one_story(app, outcome):
    with app.app_context():
        desk = complaints.desk()
        notice = selection.announced_notice()[0]
        people_of = [complaints.citizen() for _ in range(4)]
        numbers = [complaints.filed(notice, who, about=About.RESULT) for who in people_of]
        for number in numbers:
            if outcome == "accept":
                do(service.propose_acceptance, desk.officer, number=number)
            else:
                do(
                    service.propose_non_acceptance,
                    desk.officer,
                    number=number,
                    reason=Reason.NO_FACTS,
                    **GROUNDS,
                )
        db.session.remove()
    for who, number in zip(people_of, numbers, strict=True):
        race(
            app,
            (service.sign, desk.signatory, number),
            (partial(service.withdraw, note="误会"), who, number),
        )
    with app.app_context():
        for number in numbers:
            story = [
                kind
                for kind in kinds(number)
                if kind in ("complaint.accepted", "complaint.not_accepted", "complaint.withdrawn")
            ]
            assert story in (
                [["complaint.withdrawn"], ["complaint.accepted", "complaint.withdrawn"]]
                if outcome == "accept"
                else [["complaint.withdrawn"], ["complaint.not_accepted"]]
            )
            assert not [
                due for due in windows.of_subject(reading(CLOCK), number) if due.closed_at is None
            ]
        assert selections.notice(reading(CLOCK), notice).state == "announced"
        assert queries.open_about(reading(CLOCK), notice) == 0


def race(app, *runs) -> None:
    """Let several people act on one complaint at the same instant; only refusals are expected
    besides success.
    """
    start = threading.Barrier(len(runs))
    faults = []

    def one(act, who, number: str) -> None:
        with app.app_context():
            start.wait(timeout=30)
            try:
                in_one_transaction(act, who, number=number)
            except Refusal:
                pass
            except Exception as fault:  # noqa: BLE001 - told to the test's own thread
                faults.append(fault)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=one, args=run) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not faults
