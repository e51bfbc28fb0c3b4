"""Which person: who is concerned keeps out, and every verb is refused to everybody else (decision
19; docs/rules.md#duties, separations).
"""

import datetime as dt

import pytest

from market.complaints import queries, rules, service
from market.complaints.rules import Outcome, Reason, State
from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, NotPermitted
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from tests.complaints.deeds import card, do, kinds
from tests.factories import accounts as people
from tests.factories import complaints, selection

GROUNDS = complaints.GROUNDS


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
        do(notice_service.approve, selection.reviewer(), notice_id=notice_id)
    notice = do(notice_service.publish, reviewer, notice_id=notice_id)
    number = complaints.filed(notice, officer if why == "complainant" else None)
    if why == "member":
        owner = result_queries.notice(reading(CLOCK), notice).owner_organisation_id
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
