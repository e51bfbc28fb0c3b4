"""Remedies that wait for the draw: a relisting is carried out when the result is out, and one
already carried out meanwhile is done.
"""

import datetime as dt

import pytest

from market.complaints import jobs, queries, service
from market.complaints.rules import About, Outcome, Remedy, Respondent, State
from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.clock import CHINA
from market.kernel.errors import Invalid, Refusal
from market.ledger import queries as ledger
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from market.windows import queries as windows
from tests.complaints.deeds import card, do
from tests.contracts import asking
from tests.factories import complaints, selection

GROUNDS = complaints.GROUNDS
SECOND = dt.timedelta(seconds=1)


def notice_of(number: str):
    return result_queries.notice(reading(CLOCK), number)


def log(subject: str, kind: str):
    return [entry for entry in ledger.of_subject(reading(CLOCK), subject) if entry.type == kind]


def proposed(number: str, desk: complaints.Desk, **texts: str) -> None:
    """A decision to amend the notice with these words, before the signatory."""
    do(
        service.propose_decision,
        desk.officer,
        number=number,
        outcome=Outcome.UPHELD,
        remedies={Remedy.AMEND: ""},
        texts=texts,
        **GROUNDS,
    )


def china(month: int, day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=CHINA)


@pytest.mark.databases
@pytest.mark.parametrize("entrants", [3, 0])
def test_a_relisting_signed_while_the_selection_is_drawn_is_carried_out_when_its_result_is_out(
    context, entrants
):
    desk = complaints.desk()
    notice = selection.published_notice()
    number = complaints.accepted(complaints.filed(notice), desk)
    do(
        service.propose_decision,
        desk.officer,
        number=number,
        outcome=Outcome.UPHELD,
        remedies={Remedy.RELIST: ""},
        **GROUNDS,
    )
    if entrants:
        selection.entered(notice, entrants)
    selection.move_to(notice_of(notice).entry_close + SECOND)  # closed, not sealed yet
    do(service.sign, desk.signatory, number=number)
    assert (card(number).state, queries.holding(reading(CLOCK), notice)) == (State.UPHELD, 1)
    complaints.published(number, desk)
    with pytest.raises(Refusal, match="remedy_pending"):
        do(service.finish_remedy, desk.officer, number=number, report="已重新发布")
    assert queries.view(reading(desk.officer), number).dossier.relist_waits
    selection.drawn(notice)
    jobs.open_filing()
    jobs.open_filing()
    now = notice_of(notice)
    assert now.state == ("annulled" if entrants else "failed")
    (acted,) = log(number, "complaint.remedy_acted")
    assert acted.fields["remedy"] == "relist"
    (again,) = [
        each
        for each in notice_queries.of_owner(reading(CLOCK), now.owner_organisation_id)
        if each.predecessor == notice
    ]
    assert again.state == "draft"
    assert queries.holding(reading(CLOCK), notice) == 0
    do(service.finish_remedy, desk.officer, number=number, report="已重新发布")
    assert card(number).state is State.CALLBACK


def test_an_award_does_not_leave_before_the_relisting_that_waits(context, clock):
    """The clock stood still from the result to the end of the standstill: the relisting comes first
    all the same.
    """
    desk = complaints.desk()
    notice = selection.published_notice()
    number = complaints.accepted(complaints.filed(notice), desk)
    selection.entered(notice)
    selection.sealed(notice)
    complaints.decided(number, desk, Outcome.UPHELD, {Remedy.RELIST: ""})
    selection.move_to(notice_of(notice).draw_at)
    selection.move_to(notice_of(notice).standstill_due)
    assert notice_of(notice).state == "held"
    jobs.open_filing()
    assert notice_of(notice).state == "annulled"


def test_two_relistings_of_one_notice_give_one_draft(context):
    desk = complaints.desk()
    notice = selection.published_notice()
    first, second = (complaints.accepted(complaints.filed(notice), desk) for _ in range(2))
    selection.entered(notice)
    selection.sealed(notice)
    for number in (first, second):
        complaints.decided(number, desk, Outcome.UPHELD, {Remedy.RELIST: ""})
    selection.drawn(notice)
    jobs.open_filing()
    drafts = [
        each
        for each in notice_queries.of_owner(reading(CLOCK), notice_of(notice).owner_organisation_id)
        if each.predecessor == notice
    ]
    assert len(drafts) == 1
    assert all(log(number, "complaint.remedy_acted") for number in (first, second))


def test_the_next_rank_and_a_disqualification_wait_for_the_order(context):
    desk = complaints.desk()
    notice = selection.published_notice()
    number = complaints.accepted(complaints.filed(notice), desk)
    (first, *_) = selection.entered(notice)
    selection.sealed(notice)
    for remedies in ({Remedy.ANNUL_TO_NEXT: ""}, {Remedy.DISQUALIFY: first.ref}):
        with pytest.raises(Invalid, match="remedy_waits"):
            do(
                service.propose_decision,
                desk.officer,
                number=number,
                outcome=Outcome.UPHELD,
                remedies=remedies,
                **GROUNDS,
            )
    selection.drawn(notice)
    complaints.decided(number, desk, Outcome.UPHELD, {Remedy.DISQUALIFY: first.ref})
    assert notice_of(notice).state == "announced"


def test_a_relisting_that_another_decision_has_carried_out_meanwhile_is_done(context):
    """The clock stands still after the result; the owner has published the next listing before it
    goes on.
    """
    desk = complaints.desk()
    buyer = selection.owner()
    notice = selection.published_notice(buyer)
    first, second = (complaints.accepted(complaints.filed(notice), desk) for _ in range(2))
    selection.entered(notice)
    selection.sealed(notice)
    complaints.decided(first, desk, Outcome.UPHELD, {Remedy.RELIST: ""})
    selection.drawn(notice)
    complaints.decided(second, desk, Outcome.UPHELD, {Remedy.RELIST: ""})
    (again,) = [
        each.id
        for each in notice_queries.of_owner(reading(CLOCK), buyer.organisation_id)
        if each.predecessor == notice
    ]
    do(notice_service.save, buyer.drafter, notice_id=again, terms=selection.terms())
    do(notice_service.submit, buyer.drafter, notice_id=again)
    do(notice_service.sign, buyer.signatory, notice_id=again)
    do(notice_service.approve, selection.reviewer(), notice_id=again)
    assert do(notice_service.publish, selection.publisher(), notice_id=again) == f"{notice}-2"
    jobs.open_filing()
    assert (notice_of(notice).state, queries.holding(reading(CLOCK), notice)) == ("relisted", 0)
    assert [len(log(number, "complaint.remedy_acted")) for number in (first, second)] == [1, 0]


def test_a_result_that_has_gone_on_to_another_meanwhile_is_not_annulled_in_his_place(
    context, clock
):
    """The hold has lapsed, so the award goes on while the decision waits for its signature; the
    second has done nothing.
    """
    desk = complaints.desk()
    notice, entrants = selection.announced_notice()
    number = complaints.accepted(
        complaints.filed(notice, about=About.RESULT, respondent=Respondent.AGENCY), desk
    )
    cap = next(
        due
        for due in windows.of_subject(reading(CLOCK), number)
        if due.kind == "complaint.hold_cap"
    )
    for _ in range(2):
        asking.sweep_at(clock, cap.due_at)
    given = {
        "number": number,
        "outcome": Outcome.UPHELD,
        "remedies": {Remedy.ANNUL_TO_NEXT: ""},
        **complaints.GROUNDS,
    }
    do(service.propose_decision, desk.officer, **given)
    asking.give_up(asking.winner_of(notice, entrants), notice)
    with pytest.raises(Refusal, match="result.wrong_state"):
        do(service.sign, desk.signatory, number=number)
    assert asking.now(notice).winner.rank == 2
    do(service.return_proposal, desk.signatory, number=number, note="已由候补递补")
    do(service.propose_decision, desk.officer, **given)  # if he means the second, he says so
    do(service.sign, desk.signatory, number=number)
    assert asking.now(notice).winner.rank == 3
