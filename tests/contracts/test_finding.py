"""What the log shows of an agency is proposed as a record, once, and never counts before it is heard."""

import datetime as dt

import pytest

from market.complaints import service as complaint_service
from market.complaints.rules import About
from market.contracts import jobs, service
from market.contracts.rules import Decline
from market.contracts.rules.change import Change, Reason
from market.contracts.rules.matter import DELIVER, START
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.reputation import queries as reputations
from market.reputation.rules import CreditState
from tests.contracts.asking import letters, now, sweep_at, winner_of
from tests.contracts.test_change import ask, due
from tests.factories import complaints, contracts, selection
from tests.factories import reputation as credit
from tests.factories.deeds import do

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def bench(context):
    """Somebody who decides what is proposed."""
    return credit.bench()


def records(deal) -> list[tuple[str, CreditState]]:
    jobs.follow()
    found = reputations.of_party(reading(CLOCK), deal.winner.organisation_id)
    return sorted((each.behaviour.code, each.state) for each in found)


def proposed(*codes: str) -> list[tuple[str, CreditState]]:
    return [(code, CreditState.PROPOSED) for code in codes]


@pytest.mark.databases
@pytest.mark.parametrize(
    ("days", "codes"),
    [(-1, []), (0, []), (1, ["AG-P05"]), (14, ["AG-P05"]), (30, ["AG-P04"])],
    ids=["before", "on the last day", "late", "ten working days", "much"],
)
def test_a_late_delivery_is_proposed_by_how_late_it_is(bench, clock, days, codes):
    deal = contracts.started()
    clock.instant = due(deal, DELIVER) - HOUR + days * DAY
    contracts.deliver(deal)
    assert records(deal) == proposed(*codes)
    assert records(deal) == proposed(*codes)


@pytest.mark.parametrize(
    ("reason", "codes"), [(Reason.AUTHORITY_LATE, []), (Reason.OWN_DELAY, ["AG-P05"])]
)
def test_days_granted_for_the_own_delay_still_count(bench, clock, reason, codes):
    deal = contracts.started()
    last = due(deal, DELIVER)
    ask(deal, deal.winner.actor, Change.EXTEND, days=10, reason=reason)
    do(service.agree_change, deal.buyer.signatory, number=deal.number)
    clock.instant = last + 2 * DAY
    contracts.deliver(deal)
    assert records(deal) == proposed(*codes)


def test_a_service_that_does_not_begin_is_proposed(bench, clock):
    deal = contracts.confirmed(ceiling_fen=12_000_000)
    sweep_at(clock, due(deal, START) + HOUR)
    assert records(deal) == proposed("AG-P06")


@pytest.mark.parametrize(
    ("reason", "codes"), [(Decline.CAPACITY, ["AG-D01"]), (Decline.FORCE_MAJEURE, [])]
)
def test_giving_up_without_a_good_reason_is_proposed(bench, reason, codes):
    deal = contracts.awarded()
    in_one_transaction(
        service.decline,
        deal.winner.actor,
        number=deal.letter,
        reason=reason,
        statement="设备不能按期到位",
    )
    assert records(deal) == proposed(*codes)


@pytest.mark.parametrize(("wait", "codes"), [(2, []), (6, ["AG-D05"])])
def test_an_agency_that_registers_late_is_proposed(bench, clock, wait, codes):
    deal = contracts.awarded()
    signed = reading(CLOCK).today
    clock.advance(wait * DAY)
    contracts.registered(contracts.letter_of(deal), deal.winner.actor, signed_on=signed)
    assert records(deal) == proposed(*codes)


def test_who_registers_again_what_was_questioned_is_not_late(bench, clock):
    deal = contracts.awarded()
    letter = contracts.letter_of(deal)
    signed = reading(CLOCK).today
    contracts.registered(letter, deal.winner.actor, signed_on=signed)
    clock.advance(6 * DAY)
    question = "付款期限不是这样约定的，请改正后再登记。"
    do(service.question_contract, deal.buyer.signatory, number=deal.number, question=question)
    contracts.registered(letter, deal.winner.actor, signed_on=signed)
    assert records(deal) == []


def test_who_could_not_register_while_a_complaint_held_the_award_is_not_late(bench, clock):
    complaints.desk()
    notice, entrants = selection.announced_notice()
    who = complaints.citizen()
    draft = complaints.drafted(notice, who, about=About.RESULT)
    last = now(notice).standstill_due
    sweep_at(clock, last)
    signed = reading(CLOCK).today
    clock.instant = last - dt.timedelta(seconds=1)  # received in time, the letter has left
    number = in_one_transaction(complaint_service.file, who, draft_id=draft)
    clock.instant = last + DAY
    jobs.follow()
    clock.advance(8 * DAY)
    in_one_transaction(complaint_service.withdraw, who, number=number, note="已经说明，不再投诉。")
    jobs.follow()
    winner = winner_of(notice, entrants)
    contracts.registered(letters(notice)[-1], winner.actor, signed_on=signed)
    jobs.follow()
    assert reputations.of_party(reading(CLOCK), winner.organisation_id) == []


def test_what_a_person_has_proposed_is_not_proposed_twice(bench, clock):
    deal = contracts.started()
    clock.instant = due(deal, DELIVER) + 3 * DAY
    contracts.deliver(deal)
    assert records(deal) == proposed("AG-P05")
    assert records(deal) == proposed("AG-P05")


def test_where_nobody_decides_nothing_stops(context, clock):
    deal = contracts.started()
    clock.instant = due(deal, DELIVER) + 3 * DAY
    contracts.deliver(deal)
    assert records(deal) == []
    assert contracts.of(deal).deliveries[-1].version == 1
