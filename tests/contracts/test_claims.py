"""What an agency asks for about money that is owed: a confirmation for its bank, a letter of demand."""

import datetime as dt

import pytest

from market.contracts import queries, service
from market.contracts.rules.claim import (
    CONFIRM_CLAIM,
    DEMAND_EVERY,
    NEXT_CLAIM,
    Claim,
    ClaimState,
    Standing,
    check_claim,
    move_claim,
)
from market.contracts.rules.matter import PAY, PAYABLE, ContractState
from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.kernel.shown import token
from market.ledger.queries.integrity import compare, declared
from market.windows import queries as windows
from tests.contracts.asking import sweep_at
from tests.contracts.test_change import due, refused
from tests.factories import accounts as people
from tests.factories import contracts
from tests.factories.deeds import do

DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 10, 20)
REASON = "已按合同预付，金额有出入，附付款凭证。"


def in_step() -> bool:
    return compare(reading(CLOCK), declared()).count == 0


@pytest.mark.databases
def test_the_owner_confirms_what_it_owes_and_the_bank_checks_it(app, client):
    with app.app_context():
        deal = contracts.accepted()
        do(service.ask_claim, deal.winner.actor, number=deal.number)
        window = windows.live(reading(CLOCK), CONFIRM_CLAIM, f"{deal.number}:1")
        assert window.responsible_id == deal.buyer.organisation_id
        refused("contract.claim_waits", service.ask_claim, deal.winner.actor, number=deal.number)
        do(service.answer_claim, deal.buyer.signatory, number=deal.number, is_confirmed=True)
        (claim,) = contracts.of(deal).claims
        assert (claim.state, claim.amount_fen) == (
            ClaimState.CONFIRMED,
            contracts.of(deal).amount_fen,
        )
        assert in_step()
        amount = contracts.of(deal).amount_fen
    page = client.get(f"/receivables/{claim.code}").text
    assert deal.number in page and "现在未付" in page
    assert client.get("/receivables/AAAAAAAAAAAAAAAA").status_code == 404
    with app.app_context():
        contracts.pay(deal, amount)
    assert "0.00 元" in client.get(f"/receivables/{claim.code}").text


def test_money_that_came_before_the_answer_ends_the_question(context):
    deal = contracts.accepted()
    do(service.ask_claim, deal.winner.actor, number=deal.number)
    contracts.pay(deal, contracts.of(deal).amount_fen)
    given = {"number": deal.number, "is_confirmed": True}
    refused("contract.claim_paid", service.answer_claim, deal.buyer.signatory, **given)
    do(service.confirm_receipt, deal.winner.actor, number=deal.number, no=1)
    (claim,) = contracts.of(deal).claims
    assert claim.is_overtaken
    assert windows.live(reading(CLOCK), CONFIRM_CLAIM, f"{deal.number}:1") is None
    refused("contract.no_claim", service.answer_claim, deal.buyer.signatory, **given)
    assert in_step()


def test_what_was_asked_for_and_what_is_unpaid_stand_before_who_signs(app, client):
    with app.app_context():
        deal = contracts.accepted()
        amount = contracts.of(deal).amount_fen
        first = token(queries.owed_shown(reading(CLOCK), deal.number))
        do(service.ask_claim, deal.winner.actor, number=deal.number)
        second = token(queries.claim_shown(reading(CLOCK), deal.number))
        contracts.pay(deal, 100)
        late = {"number": deal.number, "shown": second, "is_confirmed": True}
        refused("shown.changed", service.answer_claim, deal.buyer.signatory, **late)
        do(
            service.answer_claim,
            deal.buyer.signatory,
            number=deal.number,
            is_confirmed=False,
            reasons=REASON,
        )
        again = {"number": deal.number, "shown": first}
        refused("shown.changed", service.ask_claim, deal.winner.actor, **again)
        do(service.ask_claim, deal.winner.actor, number=deal.number)
        contracts.pay(deal, 100)
    people.sign_in(client, deal.buyer.signatory)
    page = client.get(f"/contracts/{deal.number}/acknowledge").text
    for fen in (amount - 100, amount - 200):
        assert f"{fen / 100:,.2f}" in page


def test_who_does_not_confirm_says_why(context):
    deal = contracts.accepted()
    do(service.ask_claim, deal.winner.actor, number=deal.number)
    with pytest.raises(Invalid, match="claim_reasons"):
        do(service.answer_claim, deal.buyer.signatory, number=deal.number, is_confirmed=False)
    given = {"is_confirmed": False, "reasons": REASON}
    do(service.answer_claim, deal.buyer.signatory, number=deal.number, **given)
    assert contracts.of(deal).claims[0].reasons == REASON
    refused(
        "contract.no_claim",
        service.answer_claim,
        deal.buyer.signatory,
        number=deal.number,
        is_confirmed=True,
    )
    assert in_step()


@pytest.mark.databases
def test_a_demand_leaves_at_the_agency_s_click_after_the_due(context, clock):
    deal = contracts.accepted()
    refused("contract.not_late", service.demand, deal.winner.actor, number=deal.number)
    sweep_at(clock, due(deal, PAY) + DAY)
    do(service.demand, deal.winner.actor, number=deal.number)
    (claim,) = contracts.of(deal).claims
    assert (claim.state, claim.days_late >= 1) == (ClaimState.SENT, True)
    refused("contract.demanded_lately", service.demand, deal.winner.actor, number=deal.number)
    clock.advance(DEMAND_EVERY * DAY)
    do(service.demand, deal.winner.actor, number=deal.number)
    assert [each.no for each in contracts.of(deal).claims] == [1, 2]
    assert in_step()


def test_only_the_two_signatories_and_only_of_this_matter(context):
    deal = contracts.accepted()
    with pytest.raises(NotPermitted):
        do(service.ask_claim, deal.buyer.signatory, number=deal.number)
    stranger = people.member(people.organisation("agency", "别的机构"), "agency_signatory")
    with pytest.raises(NotFound):
        do(service.ask_claim, stranger, number=deal.number)
    do(service.ask_claim, deal.winner.actor, number=deal.number)
    with pytest.raises(NotPermitted):
        do(service.answer_claim, deal.acceptor, number=deal.number, is_confirmed=True)


@pytest.mark.parametrize("claim", list(Claim))
@pytest.mark.parametrize("state", list(ContractState))
def test_nothing_is_claimed_of_what_is_not_owed(claim, state):
    given = {"days_late": 1, "demanded_on": None, "is_asked": False}
    nothing = Standing(state=state, left_fen=0, **given)
    with pytest.raises(Refusal, match="nothing_owed"):
        check_claim(claim, nothing, TODAY)
    some = Standing(state=state, left_fen=1, **given)
    if state in PAYABLE:
        assert check_claim(claim, some, TODAY) is None
    else:
        with pytest.raises(Refusal, match="nothing_owed"):
            check_claim(claim, some, TODAY)


@pytest.mark.parametrize("old", list(ClaimState))
@pytest.mark.parametrize("new", list(ClaimState))
def test_a_claim_is_answered_once(old, new):
    if new in NEXT_CLAIM.get(old, ()):
        assert move_claim(old, new) is new
    else:
        with pytest.raises(Refusal, match="claim_answered"):
            move_claim(old, new)
