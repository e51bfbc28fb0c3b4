"""A contract that one side ends, or a decision about a complaint: nothing hangs for ever."""

import datetime as dt

import pytest

from market.complaints import service as complaint_service
from market.complaints.rules import About, Outcome, Remedy, Respondent
from market.contracts import service, words
from market.contracts.rules.change import (
    ENDABLE,
    OBJECT,
    SETTLE,
    Change,
    ChangeState,
    Reason,
)
from market.contracts.rules.matter import BINDING, DELIVER, PAY, ContractState
from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, Refusal
from market.ledger import queries as ledger
from market.ledger.queries.integrity import compare, declared
from market.letters import jobs as letters
from market.letters import queries as inbox
from market.selection.notices import queries as notice_queries
from market.selection.notices.rules.states import NoticeState
from market.windows import queries as windows
from tests.complaints.deeds import card as case
from tests.contracts.asking import now, sweep_at, winner_of
from tests.contracts.test_change import ask, change, due, refused
from tests.factories import accounts as people
from tests.factories import complaints, contracts, selection
from tests.factories.deeds import do

HOUR = dt.timedelta(hours=1)
OBJECTION = "延误因业主资料不齐，有往来函件，不同意解除。"


def cancel(deal, who, reason=Reason.AGENCY_FAULT, fen=1_000_000):
    ask(deal, who, Change.CANCEL, reason=reason, amount_fen=fen)


def kinds(deal) -> list[str]:
    return [entry.type for entry in ledger.of_subject(reading(CLOCK), deal.notice)]


def in_step() -> bool:
    return compare(reading(CLOCK), declared()).count == 0


@pytest.mark.databases
def test_silence_does_not_hold_up_an_end_by_one_side(context, clock):
    deal = contracts.started()
    cancel(deal, deal.buyer.signatory)
    window = windows.live(reading(CLOCK), OBJECT, deal.number)
    assert window.responsible_id == deal.winner.organisation_id
    assert contracts.of(deal).state is ContractState.RUNNING
    sweep_at(clock, due(deal, OBJECT) + HOUR)

    card = contracts.of(deal)
    assert (card.state, card.changes[-1].state) == (ContractState.SETTLING, ChangeState.STOOD)
    assert now(deal.notice).state is NoticeState.TERMINATED
    assert due(deal, DELIVER) is None
    assert due(deal, SETTLE) is not None
    assert in_step()


def test_who_is_ended_may_object_and_its_words_stay(context):
    deal = contracts.started()
    cancel(deal, deal.buyer.signatory)
    with pytest.raises(Invalid, match="objection_missing"):
        do(service.refuse_change, deal.winner.actor, number=deal.number)
    do(service.refuse_change, deal.winner.actor, number=deal.number, objection=OBJECTION)
    card = contracts.of(deal)
    assert card.state is ContractState.SETTLING
    assert card.changes[-1].objection == OBJECTION
    assert "contract.cancel_objected" in kinds(deal)
    assert OBJECTION not in str([each.fields for each in ledger.latest(reading(CLOCK), limit=50)])
    assert in_step()


def test_who_takes_the_end_takes_its_amount_and_is_paid(context):
    deal = contracts.started()
    cancel(deal, deal.winner.actor, Reason.OWNER_FAULT, 3_000_000)
    refused("contract.waits", service.agree_change, deal.winner.actor, number=deal.number)
    do(service.agree_change, deal.buyer.signatory, number=deal.number)
    card = contracts.of(deal)
    assert (card.state, card.amount_fen) == (ContractState.ENDED, 3_000_000)
    assert due(deal, PAY) is not None
    contracts.pay(deal, 3_000_000)
    do(service.confirm_receipt, deal.winner.actor, number=deal.number, no=1)
    assert contracts.of(deal).closed_at is not None
    assert in_step()


def test_what_one_side_says_of_the_other_is_read_by_both_sides_alone(app, client):
    with app.app_context():
        deal = contracts.started()
        cancel(deal, deal.buyer.signatory)
        asked = str([each.fields for each in ledger.latest(reading(CLOCK), limit=5)])
        do(service.refuse_change, deal.winner.actor, number=deal.number, objection=OBJECTION)
        said = [each.fields for each in ledger.latest(reading(CLOCK), limit=50)]
        assert in_step()
    assert "agency_fault" not in asked + str(said)
    told = str(words.REASONS[Reason.AGENCY_FAULT])
    path = f"/contracts/{deal.number}"
    page = client.get(path).text
    assert "解除" in page and told not in page
    people.sign_in(client, deal.winner.actor)
    assert told in client.get(path).text


def test_who_ends_may_take_it_back_before_it_comes(context):
    deal = contracts.started()
    cancel(deal, deal.buyer.signatory)
    do(service.withdraw_change, deal.buyer.signatory, number=deal.number)
    assert due(deal, OBJECT) is None
    assert contracts.of(deal).state is ContractState.RUNNING
    assert in_step()


@pytest.mark.parametrize(
    ("side", "reason"),
    [
        ("owner", Reason.OWNER_FAULT),
        ("agency", Reason.AGENCY_FAULT),
        ("agency", Reason.PROJECT_ENDED),
        ("owner", Reason.AGREED),
    ],
)
def test_nobody_ends_a_contract_for_its_own_fault(context, side, reason):
    deal = contracts.started()
    who = deal.buyer.signatory if side == "owner" else deal.winner.actor
    asked = change(Change.CANCEL, reason=reason, amount_fen=0)
    with pytest.raises(Invalid, match="change_reason"):
        do(service.ask_change, who, number=deal.number, asked=asked)


def test_work_that_is_accepted_meanwhile_is_not_undone(context, clock):
    deal = contracts.delivered()
    cancel(deal, deal.winner.actor, Reason.OWNER_FAULT)
    contracts.accept(deal)
    refused(
        "contract.change_when",
        service.refuse_change,
        deal.buyer.signatory,
        number=deal.number,
        objection=OBJECTION,
    )
    sweep_at(clock, due(deal, OBJECT) + HOUR)
    card = contracts.of(deal)
    assert (card.state, card.changes[-1].state) == (ContractState.ACCEPTED, ChangeState.VOID)
    assert in_step()


@pytest.mark.databases
def test_both_settle_later_and_the_days_are_over_once(context, clock):
    deal = contracts.started()
    cancel(deal, deal.buyer.signatory)
    do(service.refuse_change, deal.winner.actor, number=deal.number, objection=OBJECTION)
    sweep_at(clock, due(deal, SETTLE) + HOUR)
    assert kinds(deal).count("contract.unsettled") == 1
    assert contracts.of(deal).state is ContractState.SETTLING

    ask(deal, deal.winner.actor, Change.SETTLE, reason=Reason.RULED, amount_fen=2_000_000)
    do(service.agree_change, deal.buyer.signatory, number=deal.number)
    card = contracts.of(deal)
    assert (card.state, card.amount_fen) == (ContractState.ENDED, 2_000_000)
    assert due(deal, PAY) is not None
    assert in_step()


def test_a_court_may_find_more_than_was_agreed(context):
    deal = contracts.started()
    cancel(deal, deal.winner.actor, Reason.OWNER_FAULT)
    do(service.refuse_change, deal.buyer.signatory, number=deal.number, objection=OBJECTION)
    more = contracts.of(deal).amount_fen + 100
    agreed = change(Change.SETTLE, reason=Reason.AGREED, amount_fen=more)
    given = {"number": deal.number, "asked": agreed}
    refused("contract.end_amount", service.ask_change, deal.winner.actor, **given)
    ask(deal, deal.winner.actor, Change.SETTLE, reason=Reason.RULED, amount_fen=more)
    do(service.agree_change, deal.buyer.signatory, number=deal.number)
    card = contracts.of(deal)
    assert (card.state, card.left_fen) == (ContractState.ENDED, more)
    assert in_step()


def test_settled_at_nothing_a_matter_closes_at_once(context):
    deal = contracts.confirmed(ceiling_fen=12_000_000)
    cancel(deal, deal.buyer.signatory, Reason.PROJECT_ENDED, 0)
    do(service.agree_change, deal.winner.actor, number=deal.number)
    assert contracts.of(deal).closed_at is not None
    assert due(deal, SETTLE) is None


def test_both_hear_of_it_with_what_to_do_and_until_when(context):
    deal = contracts.started()
    cancel(deal, deal.buyer.signatory)
    letters.write()
    titles = [each.title for each in inbox.inbox(reading(deal.winner.actor))]
    assert any("一方提出解除" in title for title in titles)
    do(service.refuse_change, deal.winner.actor, number=deal.number, objection=OBJECTION)
    letters.write()
    titles = [each.title for each in inbox.inbox(reading(deal.winner.actor))]
    assert any("请商定结算金额" in title for title in titles)


def test_ends_are_offered_in_their_states_alone():
    assert ENDABLE < BINDING
    settled = {ContractState.ACCEPTED, ContractState.CLOSED, ContractState.ENDED}
    assert not ENDABLE & (settled | {ContractState.SETTLING})


# --- a decision about a complaint ------------------------------------------------------------


@pytest.fixture
def complained(context, clock):
    """A contract that both have signed after the hold's cap, while a complaint is not decided: the deal,
    the complaint's number, and the desk that decides.
    """
    desk = complaints.desk()
    buyer = selection.owner()
    notice, entrants = selection.announced_notice(buyer=buyer)
    about = {"about": About.RESULT, "respondent": Respondent.AGENCY}
    number = complaints.accepted(complaints.filed(notice, **about), desk)
    (cap,) = (
        each
        for each in windows.of_subject(reading(CLOCK), number)
        if each.kind == "complaint.hold_cap"
    )
    for _ in range(2):
        sweep_at(clock, cap.due_at)
    winner = winner_of(notice, entrants)
    deal = contracts.Deal(
        notice=notice,
        letter=f"TZ{notice[2:]}",
        number=f"HT{notice[2:]}",
        buyer=buyer,
        acceptor=people.member(buyer.organisation_id, "owner_acceptor"),
        winner=winner,
        reserves=[made for made in entrants if made is not winner],
    )
    contracts.registered(contracts.letter_of(deal), buyer.signatory)
    do(service.confirm_contract, winner.actor, number=deal.number)
    return deal, number, desk


@pytest.mark.databases
def test_a_decision_ends_the_contract_at_its_signature(complained):
    deal, number, desk = complained
    ask(deal, deal.winner.actor, Change.EXTEND, days=7)
    complaints.decided(number, desk, Outcome.UPHELD, {Remedy.TERMINATE: ""})
    card = contracts.of(deal)
    assert card.state is ContractState.SETTLING
    assert card.terminated_at is not None
    assert card.changes[-1].state is ChangeState.VOID
    assert due(deal, SETTLE) is not None
    assert now(deal.notice).state is NoticeState.TERMINATED
    assert case(number).outcome is Outcome.UPHELD
    assert in_step()


def test_a_decision_ends_it_and_lays_the_next_listing_before_the_owner(complained):
    deal, number, desk = complained
    complaints.decided(number, desk, Outcome.UPHELD, {Remedy.RELIST: ""})
    assert contracts.of(deal).state is ContractState.SETTLING
    assert now(deal.notice).state is NoticeState.TERMINATED
    (again,) = (
        each
        for each in notice_queries.of_owner(reading(CLOCK), deal.buyer.organisation_id)
        if each.predecessor == deal.notice
    )
    assert again.state is NoticeState.DRAFT
    assert in_step()


def test_work_that_is_accepted_is_not_undone_by_a_decision(complained):
    deal, number, desk = complained
    today = reading(CLOCK).today
    if contracts.of(deal).state is ContractState.NOT_STARTED:
        do(service.start, deal.winner.actor, number=deal.number, started_on=today)
    contracts.deliver(deal)
    contracts.accept(deal)
    for remedy in (Remedy.TERMINATE, Remedy.RELIST):
        with pytest.raises(Refusal, match="remedy_impossible"):
            complaints.decided(number, desk, Outcome.UPHELD, {remedy: ""})
    assert contracts.of(deal).state is ContractState.ACCEPTED


def test_what_is_accepted_between_proposal_and_signature_stands(complained):
    deal, number, desk = complained
    do(
        complaint_service.propose_decision,
        desk.officer,
        number=number,
        outcome=Outcome.UPHELD,
        remedies={Remedy.TERMINATE: ""},
        **complaints.GROUNDS,
    )
    if contracts.of(deal).state is ContractState.NOT_STARTED:
        today = reading(CLOCK).today
        do(service.start, deal.winner.actor, number=deal.number, started_on=today)
    contracts.deliver(deal)
    contracts.accept(deal)
    with pytest.raises(Refusal, match="remedy_impossible"):
        do(complaint_service.sign, desk.signatory, number=number)
    assert contracts.of(deal).terminated_at is None
