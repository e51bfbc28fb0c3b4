"""The way out of an award that nobody signs: heard, found by two persons, and the matter goes on."""

import datetime as dt

import pytest

from market.contracts import jobs, queries, service
from market.contracts.rules import SIGN, Decline, State
from market.contracts.rules.unsigned import (
    FIND,
    HEARING,
    Fault,
    Found,
    UnsignedState,
    Way,
    way_on,
)
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR, Actor
from market.kernel.errors import NotFound, Refusal
from market.ledger.queries.integrity import compare, declared
from market.windows import queries as windows
from tests.contracts.asking import kinds, now, sweep_at
from tests.factories import accounts as people
from tests.factories import contracts, selection
from tests.factories.deeds import do
from tests.scenes import scene

DAY = dt.timedelta(days=1)
WHY = {
    "reasons": "通知书发出后两次催告，仍不到场签订，也没有说明理由。",
    "basis": "《瑞昌市中介超市管理办法》",
}


@scene
def overdue() -> contracts.Deal:
    """Nobody signed in time."""
    deal = contracts.awarded()
    selection.move_to(contracts.letter_of(deal).contract_due)
    return deal


def body(deal: contracts.Deal) -> tuple[Actor, Actor]:
    """Two people of the body that finds."""
    procedure = queries.procedure(reading(deal.winner.actor), deal.letter)
    assert procedure is not None
    officer = people.member(procedure.body_id, "complaint_officer")
    return officer, people.member(procedure.body_id, "complaint_signatory")


def heard(deal: contracts.Deal) -> None:
    """Both sides say why."""
    for who in (deal.buyer.drafter, deal.winner.actor):
        in_one_transaction(
            service.state_reasons, who, number=deal.letter, statement="对方没有来签。"
        )


def found(deal: contracts.Deal, fault: Fault) -> Way:
    officer, signatory = body(deal)
    finding = Found(fault=fault, **WHY)
    do(service.propose_fault, officer, number=deal.letter, found=finding)
    return do(service.sign_fault, signatory, number=deal.letter)


def refused(code, act, who, **given):
    with pytest.raises(Refusal) as no:
        do(act, who, **given)
    assert no.value.code == code


def is_held() -> bool:
    return compare(reading(CLOCK), declared()).count == 0


@pytest.mark.databases
def test_an_agency_at_fault_makes_way_for_the_next_rank(context, clock):
    deal = overdue()
    heard(deal)
    assert found(deal, Fault.AGENCY) is Way.NEXT_RANK
    assert contracts.letter_of(deal).state is State.FORFEITED
    card = now(deal.notice)
    assert (card.state, card.winner.rank) == ("announced", 2)
    assert card.winner.ref != deal.winner.ref
    jobs.follow()
    assert contracts.letter_of(deal).state is State.FORFEITED
    sweep_at(clock, card.standstill_due)
    assert (contracts.letter_of(deal).rank, contracts.letter_of(deal).state) == (2, State.ISSUED)
    assert kinds(deal.notice).count("award.fault_found") == 1
    assert is_held()


@pytest.mark.databases
def test_an_owner_at_fault_is_named_and_the_agency_is_free(context, clock):
    deal = overdue()
    heard(deal)
    assert found(deal, Fault.OWNER) is Way.RELIST
    letter = contracts.letter_of(deal)
    assert letter.state is State.RELEASED
    assert (now(deal.notice).state, now(deal.notice).failure) == ("annulled", "NOT_SIGNED")
    (named,) = queries.findings(reading(VISITOR))
    assert (named.owner_name, named.fault) == (letter.owner_name, Fault.OWNER)
    jobs.follow()
    assert contracts.letter_of(deal).state is State.RELEASED
    assert is_held()


@pytest.mark.databases
def test_days_run_once_more_and_not_twice(context, clock):
    deal = overdue()
    heard(deal)
    assert found(deal, Fault.NEITHER) is Way.MORE_TIME
    assert contracts.letter_of(deal).state is State.ISSUED
    again = windows.live(reading(CLOCK), SIGN, deal.letter)
    assert again.due_at > clock.instant
    sweep_at(clock, again.due_at)
    heard(deal)
    assert found(deal, Fault.NEITHER) is Way.RELIST
    assert contracts.letter_of(deal).state is State.RELEASED
    assert is_held()


@pytest.mark.databases
def test_silence_is_heard_too_but_finds_nothing(context, clock):
    deal = overdue()
    officer, _ = body(deal)
    finding = Found(fault=Fault.AGENCY, **WHY)
    early = {"number": deal.letter, "found": finding}
    refused("unsigned.wrong_state", service.propose_fault, officer, **early)
    due = windows.live(reading(CLOCK), HEARING, f"{deal.letter}:owner").due_at
    for late in (dt.timedelta(), dt.timedelta(seconds=1), DAY):
        sweep_at(clock, due + late)
    assert kinds(deal.notice).count("award.finding_due") == 1
    assert contracts.letter_of(deal).state is State.CONTRACT_OVERDUE
    found_by = queries.procedure(reading(officer), deal.letter)
    assert (found_by.state, found_by.fault) == (UnsignedState.FINDING, None)
    statement = {"number": deal.letter, "statement": "来不及"}
    refused("unsigned.over", service.state_reasons, deal.winner.actor, **statement)


def test_a_side_speaks_once_and_others_not_at_all(context):
    deal = overdue()
    said = {"number": deal.letter, "statement": "业主没有给资料。"}
    in_one_transaction(service.state_reasons, deal.winner.actor, **said)
    refused("unsigned.stated", service.state_reasons, deal.winner.actor, **said)
    with pytest.raises(NotFound):
        in_one_transaction(service.state_reasons, deal.reserves[0].actor, **said)


@pytest.mark.databases
def test_two_persons_of_the_body_find_and_no_other_body(context):
    deal = overdue()
    heard(deal)
    officer, signatory = body(deal)
    other = people.member(people.organisation("regulator"), "complaint_officer")
    finding = Found(fault=Fault.OWNER, **WHY)
    given = {"number": deal.letter, "found": finding}
    refused("award.none", service.propose_fault, other, **given)
    both = people.member(officer.organisation_id or 0, "complaint_officer", "complaint_signatory")
    do(service.propose_fault, both, **given)
    refused("unsigned.same_person", service.sign_fault, both, number=deal.letter)
    do(service.return_fault, signatory, number=deal.letter, note="请写明催告的日期")
    assert queries.procedure(reading(officer), deal.letter).return_note == "请写明催告的日期"
    refused("unsigned.wrong_state", service.sign_fault, signatory, number=deal.letter)
    do(service.propose_fault, officer, **given)
    do(service.sign_fault, signatory, number=deal.letter)
    assert contracts.letter_of(deal).state is State.RELEASED


@pytest.mark.databases
@pytest.mark.parametrize("how", ["signed", "given up"])
def test_signing_after_all_or_giving_up_ends_it(context, how):
    deal = overdue()
    heard(deal)
    if how == "signed":
        contracts.registered(contracts.letter_of(deal), deal.buyer.signatory)
        officer, _ = body(deal)
        given = {"number": deal.letter, "found": Found(fault=Fault.AGENCY, **WHY)}
        refused("unsigned.contract_waits", service.propose_fault, officer, **given)
        do(service.confirm_contract, deal.winner.actor, number=deal.number)
    else:
        in_one_transaction(
            service.decline,
            deal.winner.actor,
            number=deal.letter,
            reason=Decline.OWNER_LATE,
            statement="业主逾期不签合同",
        )
    assert windows.live(reading(CLOCK), FIND, deal.letter) is None
    assert kinds(deal.notice).count("award.unsigned_ended") == 1
    assert is_held()


@pytest.mark.databases
def test_a_late_body_hands_on_to_the_managing_authority_and_nothing_hangs(context, clock):
    people.body("regulator", "自然资源局")  # whose items these are, before the catalogue comes
    authority = people.staff("authority", "complaint_officer")
    second = people.member(authority.organisation_id or 0, "complaint_signatory")
    deal = overdue()
    heard(deal)
    due = windows.live(reading(CLOCK), FIND, deal.letter).due_at
    for late in (dt.timedelta(), dt.timedelta(seconds=1), DAY):
        sweep_at(clock, due + late)
    assert kinds(deal.notice).count("award.finding_escalated") == 1
    now_at = windows.live(reading(CLOCK), FIND, deal.letter)
    assert now_at.responsible_id == authority.organisation_id
    finding = Found(fault=Fault.AGENCY, **WHY)
    do(service.propose_fault, authority, number=deal.letter, found=finding)
    do(service.sign_fault, second, number=deal.letter)
    assert contracts.letter_of(deal).state is State.FORFEITED


def test_an_overdue_letter_from_before_gets_its_hearing(context):
    deal = overdue()
    session = reading(CLOCK).session
    session.execute(queries.unsigned.Unsigned.__table__.delete())
    session.execute(windows.Window.__table__.delete().where(windows.Window.kind == HEARING.name))
    session.commit()
    jobs.adopt()
    jobs.adopt()
    found = queries.procedure(reading(deal.winner.actor), deal.letter)
    assert found.state is UnsignedState.HEARING
    assert kinds(deal.notice).count("award.hearing_opened") == 2


@pytest.mark.parametrize("round_", [1, 2, 3])
@pytest.mark.parametrize("fault", list(Fault))
def test_only_the_first_round_gives_time(fault, round_):
    is_first = fault is Fault.NEITHER and round_ == 1
    assert (way_on(fault, round_) is Way.MORE_TIME) == is_first
    assert (way_on(fault, round_) is Way.NEXT_RANK) == (fault is Fault.AGENCY)
