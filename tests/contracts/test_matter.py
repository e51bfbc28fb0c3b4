"""A matter from the registered contract to its close, through the real services on both databases."""

import dataclasses
import datetime as dt

import pytest

from market.complaints import service as complaint_service
from market.complaints.rules import About
from market.contracts import jobs, queries, service
from market.contracts.rules import SIGN, Decline, State
from market.contracts.rules.matter import (
    DELIVER,
    INSPECT,
    PAY,
    START,
    ContractState,
    PaymentState,
    Track,
)
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.clock import local_date
from market.kernel.errors import NotFound, NotPermitted, Refusal, each_of
from market.kernel.shown import Changed, seen
from market.ledger.queries.integrity import compare
from market.selection.kinds import Fund
from market.windows import queries as windows
from market.windows import service as window_service
from tests.contracts.asking import kinds, letters, now, sweep_at, winner_of
from tests.factories import accounts as people
from tests.factories import complaints, contracts, selection
from tests.factories.deeds import do

DAY = dt.timedelta(days=1)
BIG = {"ceiling_fen": 12_000_000}


def refused(code, act, who, **given):
    with pytest.raises(Refusal) as no:
        do(act, who, **given)
    assert no.value.code == code


@pytest.mark.databases
def test_a_matter_goes_from_letter_to_close_and_each_step_stands_on_the_log(context, clock):
    deal = contracts.accepted()
    letter = contracts.letter_of(deal)
    assert (letter.state, letter.contract_number) == (State.CONTRACTED, deal.number)
    contracts.pay(deal, 4_000_000)
    contracts.pay(deal, letter.amount_fen - 4_000_000)
    assert windows.live(reading(CLOCK), PAY, deal.number).state == "paused"
    agency = deal.winner.actor
    do(service.confirm_receipt, agency, number=deal.number, no=1)
    assert contracts.of(deal).state is ContractState.ACCEPTED
    do(service.confirm_receipt, agency, number=deal.number, no=2)
    card = contracts.of(deal)
    assert (card.state, card.left_fen, card.turns) == (ContractState.CLOSED, 0, ())
    assert now(deal.notice).state == "closed"
    assert [kind for kind in kinds(deal.notice) if kind.startswith("contract.")] == [
        "contract.proposed",
        "contract.confirmed",
        "contract.started",
        "contract.delivered",
        "contract.accepted",
        "contract.paid",
        "contract.paid",
        "contract.received",
        "contract.received",
        "contract.closed",
    ]
    assert kinds(deal.notice).index("result.final") < kinds(deal.notice).index("contract.confirmed")
    assert compare(reading(CLOCK), fabric().held).count == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount_fen": 1}, "amount"),
        ({"amount_fen": -1}, "amount"),
        ({"service_days": 31}, "service_days"),
        ({"owner_name": "别的局"}, "owner_name"),
        ({"agency_name": "别的公司"}, "agency_name"),
        ({"pay_days": 61}, "pay_days"),
    ],
)
def test_what_is_not_as_promised_is_refused_to_the_fen(context, changes, field):
    deal = contracts.awarded()
    letter = contracts.letter_of(deal)
    if "amount_fen" in changes:
        changes = {"amount_fen": letter.amount_fen + changes["amount_fen"]}
    with pytest.raises(Refusal) as no:
        contracts.registered(letter, deal.buyer.signatory, **changes)
    assert no.value.field == field
    assert queries.on_award(reading(CLOCK), letter.number) is None


def test_every_difference_is_told_at_once(context):
    deal = contracts.awarded()
    with pytest.raises(Refusal) as no:
        contracts.registered(
            contracts.letter_of(deal), deal.winner.actor, amount_fen=1, service_days=1
        )
    assert [each.field for each in each_of(no.value)] == ["amount", "service_days"]


@pytest.mark.databases
def test_the_time_for_signing_stands_still_while_the_other_side_looks(context, clock):
    deal = contracts.awarded()
    letter = contracts.letter_of(deal)
    due = letter.contract_due
    contracts.registered(letter, deal.winner.actor)
    assert windows.live(reading(CLOCK), SIGN, letter.number).state == "paused"
    refused("contract.waits", service.confirm_contract, deal.winner.actor, number=deal.number)
    outsider = deal.reserves[0].actor
    refused("contract.none", service.confirm_contract, outsider, number=deal.number)
    sweep_at(clock, due + DAY)
    assert letters(deal.notice)[0].state is State.ISSUED
    question = {"number": deal.number, "question": "付款期限写错了"}
    do(service.question_contract, deal.buyer.signatory, **question)
    assert contracts.of(deal, deal.winner.actor).question == "付款期限写错了"
    live = windows.live(reading(CLOCK), SIGN, letter.number)
    assert live.state == "open"
    assert live.due_at > clock.instant
    contracts.registered(letter, deal.buyer.drafter)
    do(service.confirm_contract, deal.winner.actor, number=deal.number)
    assert windows.live(reading(CLOCK), SIGN, letter.number) is None
    assert contracts.of(deal).state is ContractState.NOT_STARTED


def test_nobody_reads_a_contract_that_is_not_confirmed_but_its_sides(context):
    deal = contracts.awarded()
    contracts.registered(contracts.letter_of(deal), deal.winner.actor)
    for who in (VISITOR, deal.reserves[0].actor):
        with pytest.raises(NotFound):
            contracts.of(deal, who)
    assert contracts.of(deal, deal.buyer.drafter).number == deal.number


def test_what_was_not_shown_is_not_confirmed(context):
    deal = contracts.awarded()
    letter = contracts.letter_of(deal)
    contracts.registered(letter, deal.winner.actor)
    signatory = deal.buyer.signatory
    old = seen(service.confirm_contract, reading(signatory), deal.number)
    do(service.question_contract, signatory, number=deal.number, question="期限不对")
    contracts.registered(letter, deal.winner.actor, pay_days=45)
    with pytest.raises(Changed) as no:
        in_one_transaction(service.confirm_contract, signatory, number=deal.number, shown=old)
    assert "contract.pay_days" in [each.part for each in no.value.differences]


@pytest.mark.databases
def test_a_letter_that_ends_takes_the_unconfirmed_contract_with_it(context, clock):
    deal = contracts.awarded()
    contracts.registered(contracts.letter_of(deal), deal.buyer.signatory)
    in_one_transaction(
        service.decline,
        deal.winner.actor,
        number=deal.letter,
        reason=Decline.CAPACITY,
        statement="设备不能按期到位",
    )
    assert contracts.of(deal, deal.winner.actor).state is ContractState.VOID
    refused("contract.wrong_state", service.confirm_contract, deal.winner.actor, number=deal.number)
    sweep_at(clock, now(deal.notice).standstill_due)
    letter = contracts.letter_of(deal)
    assert letter.rank == 2
    contracts.registered(letter, deal.buyer.signatory)
    assert contracts.of(deal, deal.buyer.drafter).winner == letter.winner


@pytest.mark.databases
def test_a_return_is_one_list_and_the_next_version_is_inspected_again(context, clock):
    deal = contracts.delivered()
    acceptor = deal.acceptor
    given = {"number": deal.number, "verdicts": contracts.met(deal)}
    refused("contract.list_empty", service.return_delivery, acceptor, **given, items=[])
    items = ["缺图 3", "面积合计有误"]
    do(service.return_delivery, acceptor, **given, items=items)
    card = contracts.of(deal)
    assert (card.state, card.returns) == (ContractState.RETURNED, 1)
    assert now(deal.notice).state == "in_service"
    refused("contract.wrong_state", service.accept_delivery, acceptor, **given)
    assert contracts.deliver(deal) == 2
    contracts.accept(deal, acceptor)
    card = contracts.of(deal)
    assert [one.is_accepted for one in card.deliveries] == [False, True]
    assert card.deliveries[0].items == tuple(items)


def test_who_drafted_or_signed_does_not_accept_for_a_public_body(context):
    deal = contracts.delivered()
    organisation = deal.buyer.organisation_id
    for who in (deal.buyer.drafter, deal.buyer.signatory):
        everything = dataclasses.replace(who, duties=who.duties | {"owner_acceptor"})
        given = {"number": deal.number, "verdicts": contracts.met(deal)}
        refused("contract.acceptor_signed", service.accept_delivery, everything, **given)
    with pytest.raises(NotPermitted):
        contracts.accept(deal, deal.winner.actor)
    contracts.accept(deal, people.member(organisation, "owner_acceptor"))
    assert contracts.of(deal).state is ContractState.ACCEPTED


@pytest.mark.databases
def test_silence_accepts_nothing(context, clock):
    deal = contracts.delivered()
    due = windows.live(reading(CLOCK), INSPECT, deal.number).due_at
    for late in (dt.timedelta(), DAY, 30 * DAY):
        sweep_at(clock, due + late)
    assert contracts.of(deal).state is ContractState.DELIVERED
    assert kinds(deal.number).count("window.overdue") == 1


@pytest.mark.databases
def test_silence_about_a_payment_leaves_the_voucher_standing_and_a_no_makes_it_owed(context, clock):
    deal = contracts.accepted()
    whole = contracts.letter_of(deal).amount_fen
    contracts.pay(deal, whole)
    do(service.deny_receipt, deal.winner.actor, number=deal.number, no=1)
    assert windows.live(reading(CLOCK), PAY, deal.number).state == "open"
    assert contracts.of(deal).left_fen == whole
    contracts.pay(deal, whole)
    (turn,) = [one for one in contracts.of(deal).turns if one.due.kind == "contracts.receipt"]
    sweep_at(clock, turn.due.due_at)
    card = contracts.of(deal)
    assert [one.state for one in card.payments] == [PaymentState.DENIED, PaymentState.STANDS]
    assert card.state is ContractState.CLOSED
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_more_than_is_owed_is_not_registered(context):
    deal = contracts.accepted()
    whole = contracts.letter_of(deal).amount_fen
    for amount, day, code in (
        (whole + 1, None, "contract.overpaid"),
        (0, None, "contract.pays_nothing"),
        (1, reading(CLOCK).today + DAY, "contract.paid_when"),
    ):
        with pytest.raises(Refusal) as no:
            contracts.pay(deal, amount, day)
        assert no.value.code == code


def test_the_short_track_has_four_acts(context):
    """Social funds: confirmed and running at once; nobody owes a word of progress."""
    social = {"fund": Fund.SOCIAL, "fiscal_percent": 0}
    deal = contracts.confirmed(**social)
    card = contracts.of(deal)
    assert (card.track, card.state) == (Track.SHORT, ContractState.RUNNING)
    assert card.started_on == reading(CLOCK).today
    assert [turn.due.kind for turn in card.turns] == [DELIVER.name]
    contracts.deliver(deal)
    drafter = deal.buyer.drafter  # two people are enough here
    acceptor = dataclasses.replace(drafter, duties=drafter.duties | {"owner_acceptor"})
    contracts.accept(deal, acceptor)
    contracts.pay(deal, card.amount_fen)
    do(service.confirm_receipt, deal.winner.actor, number=deal.number, no=1)
    assert contracts.of(deal).state is ContractState.CLOSED


def test_the_days_run_from_the_start(context):
    deal = contracts.started()
    due = windows.live(reading(CLOCK), DELIVER, deal.number)
    assert due.last_day >= reading(CLOCK).today + 30 * DAY
    assert local_date(due.trigger_at) == reading(CLOCK).today


def test_a_letter_from_before_takes_up_its_course(context):
    """As the former product left it: the owner alone had registered a day."""
    deal = contracts.confirmed()
    in_one_transaction(window_service.close, CLOCK, START, deal.number)
    session = reading(CLOCK).session
    session.execute(queries.matters.Contract.__table__.delete())
    session.commit()
    jobs.adopt()
    jobs.adopt()
    card = contracts.of(deal)
    assert (card.state, card.file_id) == (ContractState.NOT_STARTED, None)
    assert kinds(deal.notice).count("contract.adopted") == 1


@pytest.mark.databases
def test_no_contract_is_confirmed_over_a_complaint_that_came_in_time(context, clock):
    complaints.desk()
    notice, entrants = selection.announced_notice()
    who = complaints.citizen()
    draft = complaints.drafted(notice, who, about=About.RESULT)
    due = now(notice).standstill_due
    sweep_at(clock, due)
    (letter,) = letters(notice)
    agency = winner_of(notice, entrants).actor
    signatory = people.member(letter.owner_organisation_id, "owner_signatory")
    number = contracts.registered(letter, agency)
    clock.instant = due - dt.timedelta(seconds=1)  # the instant of receipt
    in_one_transaction(complaint_service.file, who, draft_id=draft)
    clock.instant = due + dt.timedelta(seconds=1)  # and nobody has followed the log yet
    refused("award.complaint_open", service.confirm_contract, signatory, number=number)
    jobs.follow()
    assert queries.matter(reading(agency), number).state is ContractState.VOID
    assert letters(notice)[0].state is State.HELD


def test_facts_say_what_was_promised_and_used(context, clock):
    deal = contracts.delivered()
    given = {"number": deal.number, "verdicts": contracts.met(deal)}
    do(service.return_delivery, deal.acceptor, **given, items=["缺图 3"])
    clock.advance(10 * DAY)
    contracts.deliver(deal)
    contracts.accept(deal)
    contracts.pay(deal, contracts.letter_of(deal).amount_fen)
    do(service.confirm_receipt, deal.winner.actor, number=deal.number, no=1)
    (facts,) = queries.facts_of_agency(reading(CLOCK), deal.winner.organisation_id)
    assert facts == queries.facts(reading(CLOCK), [deal.number])[deal.number]
    (same,) = queries.facts_of_owner(reading(CLOCK), deal.buyer.organisation_id)
    assert same == facts
    assert (facts.promised_days, facts.used_days, facts.returns, facts.versions) == (30, 10, 1, 2)
    assert 6 <= facts.used_working_days <= 8
    assert (facts.payments, facts.paid_fen, facts.late) == (1, facts.amount_fen, frozenset())
    assert facts.state is ContractState.CLOSED
