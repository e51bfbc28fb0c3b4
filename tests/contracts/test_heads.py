"""Who leads a project, and what both sides change of it and of what is done."""

import pytest

from market.contracts import service
from market.contracts.rules.change import Change, ChangeState, Reason
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid
from market.ledger import queries as ledger
from market.ledger.queries.integrity import compare
from tests.contracts.test_change import change
from tests.factories import contracts
from tests.factories.deeds import do

NAME = "程立新"
NEXT = "周明远"


def led(kind: str = "public"):
    """A contract that names who leads the project, and whose work has begun."""
    deal = contracts.awarded(kind, ceiling_fen=12_000_000)
    contracts.registered(contracts.letter_of(deal), deal.buyer.signatory, head=NAME)
    do(service.confirm_contract, deal.winner.actor, number=deal.number)
    today = reading(CLOCK).today
    in_one_transaction(service.start, deal.winner.actor, number=deal.number, started_on=today)
    return deal


def deliver(deal, head: str) -> None:
    in_one_transaction(
        service.deliver,
        deal.winner.actor,
        number=deal.number,
        note="成果一份",
        received=None,
        head=head,
    )


@pytest.mark.databases
def test_who_leads_the_project_confirms_what_is_delivered(context):
    deal = led()
    for wrong in ("", NEXT):
        with pytest.raises(Invalid, match="head_differs") as no:
            deliver(deal, wrong)
        assert no.value.field == "head"
    deliver(deal, f" {NAME}")
    assert contracts.of(deal).deliveries[-1].head.strip() == NAME


@pytest.mark.databases
def test_another_one_leads_once_the_owner_agrees(context):
    deal = led()
    asked = change(Change.PERSON, reason=Reason.CANNOT_SERVE, person=NEXT)
    do(service.ask_change, deal.winner.actor, number=deal.number, asked=asked)
    with pytest.raises(Invalid, match="head_differs"):
        deliver(deal, NEXT)
    do(service.agree_change, deal.buyer.signatory, number=deal.number)
    assert contracts.of(deal).head == NEXT
    deliver(deal, NEXT)
    said = str([entry.fields for entry in ledger.of_subject(reading(CLOCK), deal.notice)])
    assert NAME not in said and NEXT not in said
    assert compare(reading(CLOCK), fabric().held).count == 0


@pytest.mark.parametrize("person", ["", "  ", NAME, f"{NAME} "])
def test_a_new_head_is_somebody_else(context, person):
    deal = led()
    asked = change(Change.PERSON, reason=Reason.CANNOT_SERVE, person=person)
    with pytest.raises(Invalid, match="change_person"):
        do(service.ask_change, deal.winner.actor, number=deal.number, asked=asked)


def test_what_is_done_changes_with_both_signatures_and_stays_off_the_log(context):
    deal = led()
    asked = change(Change.SCOPE, reason=Reason.RULES_CHANGED)
    do(service.ask_change, deal.winner.actor, number=deal.number, asked=asked)
    do(service.agree_change, deal.buyer.signatory, number=deal.number)
    card = contracts.of(deal)
    assert (card.changes[-1].state, card.amount_fen) == (
        ChangeState.AGREED,
        contracts.letter_of(deal).amount_fen,
    )
    said = str([entry.fields for entry in ledger.of_subject(reading(CLOCK), deal.notice)])
    assert asked.statement not in said


def test_a_contract_that_names_nobody_takes_any_head(context):
    deal = contracts.started()
    deliver(deal, NEXT)
    assert contracts.of(deal).deliveries[-1].head == NEXT
