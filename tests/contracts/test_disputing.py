"""A disputed part waits, the rest runs on (《保障中小企业款项支付条例》第十五条)."""

import datetime as dt

import pytest

from market.contracts import queries, service
from market.contracts.rules.disputing import Dispute, DisputeState, Ground
from market.contracts.rules.matter import PAY, ContractState
from market.contracts.rules.payment import Money, Paying, paying
from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.ledger.queries.integrity import compare
from market.windows import queries as windows
from tests.contracts.asking import sweep_at
from tests.factories import accounts as people
from tests.factories import contracts
from tests.factories.deeds import Tab, do

PART = 1_000_000
DAY = dt.timedelta(days=1)


def disputing(deal, amount_fen=PART):
    said = Dispute(
        amount_fen=amount_fen, ground=Ground.QUALITY, statement="附图与现场不符，须重新测量。"
    )
    do(service.dispute, deal.buyer.signatory, number=deal.number, disputed=said)


def clock_of(deal):
    return windows.live(reading(CLOCK), PAY, deal.number).state


@pytest.mark.databases
def test_the_rest_is_due_and_the_disputed_part_waits_for_both(context):
    deal = contracts.accepted()
    whole = contracts.of(deal).amount_fen
    disputing(deal)
    assert clock_of(deal) == "open"
    with pytest.raises(Refusal) as no:
        contracts.pay(deal, whole)
    assert no.value.code == "contract.pays_disputed"
    contracts.pay(deal, whole - PART)
    assert clock_of(deal) == "paused"
    do(service.confirm_receipt, deal.winner.actor, number=deal.number, no=1)
    assert contracts.of(deal).state is ContractState.ACCEPTED
    do(service.allow_dispute, deal.winner.actor, number=deal.number)
    card = contracts.of(deal)
    assert (card.state, card.left_fen, card.waived_fen) == (ContractState.CLOSED, 0, PART)
    assert card.disputes[0].state is DisputeState.ALLOWED
    assert compare(reading(CLOCK), fabric().held).count == 0


@pytest.mark.databases
def test_what_is_disputed_no_more_is_due_again(context, clock):
    deal = contracts.accepted()
    whole = contracts.of(deal).amount_fen
    due = windows.live(reading(CLOCK), PAY, deal.number).due_at
    disputing(deal, whole)
    assert clock_of(deal) == "paused"
    sweep_at(clock, due + DAY)
    (owed,) = queries.payments_of(reading(CLOCK), deal.buyer.organisation_id).rows
    assert (owed.state, owed.disputed_fen) == (Paying.DISPUTED, whole)
    assert queries.late_interest(reading(CLOCK), deal.number) is None
    do(service.drop_dispute, deal.buyer.signatory, number=deal.number)
    assert clock_of(deal) == "open"
    contracts.pay(deal, whole)
    do(service.confirm_receipt, deal.winner.actor, number=deal.number, no=1)
    assert contracts.of(deal).state is ContractState.CLOSED
    assert compare(reading(CLOCK), fabric().held).count == 0


@pytest.mark.parametrize(("amount", "code"), [(0, "dispute_amount"), (1, "dispute_waits")])
def test_one_part_at_a_time_and_not_nothing(context, amount, code):
    deal = contracts.accepted()
    if amount:
        disputing(deal)
    with pytest.raises(Refusal) as no:
        disputing(deal, amount)
    assert no.value.code == f"contract.{code}"


def test_interest_runs_on_what_is_not_disputed_alone(context, clock):
    deal = contracts.accepted()
    whole = contracts.of(deal).amount_fen
    disputing(deal, whole - 5_000_000)
    due = windows.live(reading(CLOCK), PAY, deal.number).due_at
    sweep_at(clock, due + 11 * DAY)
    assert queries.late_interest(reading(CLOCK), deal.number) == (12, 30_000)


@pytest.mark.parametrize(
    ("is_whole", "is_disputed", "state"),
    [
        (True, True, Paying.DISPUTED),
        (False, True, Paying.UNREGISTERED),
        (True, False, Paying.PAID),
    ],
)
def test_a_matter_with_a_dispute_is_told_apart(is_whole, is_disputed, state):
    last = dt.date(2026, 10, 8)
    money = Money(
        last_day=last, paid_on=None, is_whole=is_whole, is_denied=False, is_disputed=is_disputed
    )
    assert paying(money, last + DAY) is state


def test_both_sides_end_it_on_their_pages(app):
    with app.app_context():
        deal = contracts.accepted()
    where = f"/contracts/{deal.number}"
    owner = app.test_client()
    people.sign_in(owner, deal.buyer.signatory)
    typed = {"amount": "10000", "ground": "quality", "statement": "附图与现场不符，须重新测量。"}
    assert Tab(owner, f"{where}/dispute").send(**typed).status_code == 303
    assert "10,000" in owner.get(f"{where}/pay").text
    public = app.test_client().get(where).text
    assert "争议中" in public
    assert "附图与现场不符" not in public
    agency = app.test_client()
    people.sign_in(agency, deal.winner.actor)
    assert Tab(agency, f"{where}/allow").send(is_checked="y").status_code == 303
    assert "机构同意不付" in agency.get(where).text
