"""What both sides change of a contract: asked by one, answered by the other, in force from then on."""

import datetime as dt

import pytest

from market.contracts import queries, service
from market.contracts.rules.change import (
    ANSWER,
    NOT_OF,
    REASONS,
    STATES,
    STOPPED,
    Asked,
    Bound,
    Change,
    ChangeState,
    Reason,
    check_change,
    is_above_cap,
)
from market.contracts.rules.matter import DELIVER, PAY, PROGRESS, ContractState, Side
from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal, each_of
from market.ledger import queries as ledger
from market.ledger.queries.integrity import compare
from market.selection.kinds import Fund
from market.windows import queries as windows
from tests.contracts.asking import now, sweep_at
from tests.factories import accounts as people
from tests.factories import contracts
from tests.factories.deeds import do

DAY = dt.timedelta(days=1)
WORDS = "业主提供的地形资料晚了两周，双方已有记录。"


def change(kind: Change, **more) -> Asked:
    reason = more.pop("reason", sorted(REASONS[kind])[0])
    return Asked(change=kind, reason=reason, statement=WORDS, **more)


def ask(deal, who, kind: Change, **more) -> None:
    do(service.ask_change, who, number=deal.number, asked=change(kind, **more))


def due(deal, kind):
    found = windows.live(reading(CLOCK), kind, deal.number)
    return found and found.due_at


def refused(code, act, who, **given):
    with pytest.raises(Refusal) as no:
        do(act, who, **given)
    assert code in [each.code for each in each_of(no.value)]


@pytest.mark.databases
def test_more_days_count_when_the_other_side_agrees(context):
    deal = contracts.started()
    before = due(deal, DELIVER)
    ask(deal, deal.winner.actor, Change.EXTEND, days=14)
    assert due(deal, DELIVER) == before
    assert windows.live(reading(CLOCK), ANSWER, deal.number).responsible_id == (
        deal.buyer.organisation_id
    )
    refused("contract.waits", service.agree_change, deal.winner.actor, number=deal.number)
    refused(
        "contract.change_waits",
        service.ask_change,
        deal.buyer.signatory,
        number=deal.number,
        asked=change(Change.STOP),
    )

    do(service.agree_change, deal.buyer.signatory, number=deal.number)
    card = contracts.of(deal)
    assert card.allowed_days == card.service_days + 14
    assert due(deal, DELIVER) >= before + 14 * DAY
    assert due(deal, ANSWER) is None
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_what_was_granted_before_the_start_counts_from_it(context):
    deal = contracts.confirmed(ceiling_fen=12_000_000)
    ask(deal, deal.winner.actor, Change.EXTEND, days=10)
    do(service.agree_change, deal.buyer.signatory, number=deal.number)
    today = reading(CLOCK).today
    do(service.start, deal.winner.actor, number=deal.number, started_on=today)
    days = (due(deal, DELIVER) - fabric().clock.now()).days
    assert days >= contracts.of(deal).service_days + 10 - 1


def test_silence_grants_nothing_and_is_noted(context, clock):
    deal = contracts.started()
    ask(deal, deal.winner.actor, Change.EXTEND, days=14)
    clock.instant = due(deal, ANSWER) + dt.timedelta(hours=1)
    sweep_at(clock, clock.instant)
    assert contracts.of(deal).change.state is ChangeState.ASKED
    assert windows.live(reading(CLOCK), ANSWER, deal.number).overdue_at is not None
    do(service.refuse_change, deal.buyer.signatory, number=deal.number)
    card = contracts.of(deal)
    assert (card.change, card.allowed_days) == (None, card.service_days)


def test_an_owner_stops_the_work_alone_and_the_days_are_given_back(context, clock):
    deal = contracts.started()
    before = due(deal, DELIVER)
    ask(deal, deal.buyer.signatory, Change.STOP)
    assert contracts.of(deal).state is ContractState.STOPPED
    for kind in (DELIVER, PROGRESS):
        found = windows.live(reading(CLOCK), kind, deal.number)
        assert found is None or found.state == "paused"
    refused(
        "contract.wrong_state",
        service.deliver,
        deal.winner.actor,
        number=deal.number,
        note="成果",
        received=None,
    )
    clock.advance(10 * DAY)
    ask(deal, deal.winner.actor, Change.RESUME)
    card = contracts.of(deal)
    assert card.state is ContractState.RUNNING
    assert card.allowed_days == card.service_days + 10
    assert before + 10 * DAY <= due(deal, DELIVER) <= before + 14 * DAY
    assert due(deal, STOPPED) is None


def test_facts_tell_whose_the_days_were(context, clock):
    deal = contracts.started()
    for reason, days in ((Reason.OWN_DELAY, 3), (Reason.AUTHORITY_LATE, 4)):
        ask(deal, deal.winner.actor, Change.EXTEND, days=days, reason=reason)
        do(service.agree_change, deal.buyer.signatory, number=deal.number)
    ask(deal, deal.winner.actor, Change.EXTEND, days=50)
    do(service.refuse_change, deal.buyer.signatory, number=deal.number)
    ask(deal, deal.buyer.signatory, Change.STOP)
    clock.advance(5 * DAY)
    ask(deal, deal.buyer.signatory, Change.RESUME)
    facts = queries.facts(reading(CLOCK), [deal.number])[deal.number]
    assert (facts.granted_days, facts.own_days) == (12, 3)


def test_the_agency_s_stop_needs_the_owner(context):
    deal = contracts.started()
    ask(deal, deal.winner.actor, Change.STOP)
    assert contracts.of(deal).state is ContractState.RUNNING
    do(service.agree_change, deal.buyer.signatory, number=deal.number)
    assert contracts.of(deal).state is ContractState.STOPPED


@pytest.mark.databases
def test_above_the_cap_another_person_of_the_owner_signs(context):
    deal = contracts.started()
    first = contracts.of(deal).amount_fen
    more = first + first // 5
    refused(
        "contract.change_approval",
        service.ask_change,
        deal.winner.actor,
        number=deal.number,
        asked=change(Change.AMOUNT, amount_fen=more),
    )
    ask(deal, deal.winner.actor, Change.AMOUNT, amount_fen=more, approval="瑞发改〔2026〕8号")
    do(service.agree_change, deal.buyer.signatory, number=deal.number)
    assert contracts.of(deal).amount_fen == first
    refused(
        "contract.second_same_person",
        service.agree_change,
        deal.buyer.signatory,
        number=deal.number,
    )
    second = people.member(deal.buyer.organisation_id, "owner_signatory")
    do(service.agree_change, second, number=deal.number)
    assert contracts.of(deal).amount_fen == more
    (entry,) = [
        each
        for each in ledger.of_subject(reading(VISITOR), deal.notice)
        if each.type == "contract.changed"
    ]
    assert entry.fields["amount_fen"] == more
    assert WORDS not in str(entry.fields)
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_who_asked_takes_it_back_while_the_second_signature_waits(context):
    deal = contracts.started()
    more = contracts.of(deal).amount_fen * 2
    ask(deal, deal.winner.actor, Change.AMOUNT, amount_fen=more, approval="瑞发改〔2026〕8号")
    do(service.agree_change, deal.buyer.signatory, number=deal.number)
    refused("contract.waits", service.withdraw_change, deal.buyer.signatory, number=deal.number)
    do(service.withdraw_change, deal.winner.actor, number=deal.number)
    assert due(deal, ANSWER) is None
    ask(deal, deal.winner.actor, Change.EXTEND, days=3)
    assert contracts.of(deal).change.change is Change.EXTEND
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_an_end_names_what_is_paid_and_closes_with_it(context):
    deal = contracts.started()
    ask(deal, deal.buyer.signatory, Change.END, amount_fen=1_000_000)
    do(service.agree_change, deal.winner.actor, number=deal.number)
    card = contracts.of(deal)
    assert (card.state, card.amount_fen) == (ContractState.ENDED, 1_000_000)
    assert now(deal.notice).state == "terminated"
    assert due(deal, DELIVER) is None
    contracts.pay(deal, 1_000_000)
    do(service.confirm_receipt, deal.winner.actor, number=deal.number, no=1)
    card = contracts.of(deal)
    assert card.state is ContractState.ENDED
    assert card.closed_at is not None
    assert due(deal, PAY) is None
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_an_end_without_work_is_closed_at_once(context):
    deal = contracts.confirmed(ceiling_fen=12_000_000)
    ask(deal, deal.winner.actor, Change.END, amount_fen=0)
    do(service.agree_change, deal.buyer.signatory, number=deal.number)
    card = contracts.of(deal)
    assert card.closed_at is not None
    assert card.turns == ()


def test_the_contract_has_gone_on_meanwhile(context):
    deal = contracts.started()
    ask(deal, deal.winner.actor, Change.EXTEND, days=5)
    contracts.deliver(deal)
    refused("contract.change_when", service.agree_change, deal.buyer.signatory, number=deal.number)
    do(service.withdraw_change, deal.winner.actor, number=deal.number)
    assert contracts.of(deal).changes[-1].state is ChangeState.WITHDRAWN


def test_only_the_two_signatories_change_a_contract(context):
    deal = contracts.started()
    with pytest.raises(NotPermitted):
        ask(deal, deal.acceptor, Change.STOP)
    stranger = people.member(people.organisation("agency", "别的机构"), "agency_signatory")
    with pytest.raises(NotFound):
        ask(deal, stranger, Change.STOP)


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("kind", list(Change))
@pytest.mark.parametrize("state", list(ContractState))
def test_which_contract_can_be_changed_how(kind, state, side):
    bound = Bound(state=state, first_fen=100, amount_fen=100, is_public_money=False, side=side)
    for reason in Reason:
        asked = Asked(
            change=kind, reason=reason, statement=WORDS, days=1, amount_fen=99, person="周明远"
        )
        is_own = kind is Change.CANCEL and NOT_OF.get(reason) is side
        if state in STATES[kind] and reason in REASONS[kind] and not is_own:
            check_change(asked, bound)
            continue
        with pytest.raises(Refusal) as no:
            check_change(asked, bound)
        assert no.value.code in ("contract.change_when", "contract.change_reason")


@pytest.mark.parametrize(
    ("amount", "is_above"), [(110_00, False), (110_01, True), (90_00, False), (89_99, True)]
)
def test_the_cap_is_of_the_first_amount(amount, is_above):
    bound = Bound(
        state=ContractState.RUNNING,
        first_fen=100_00,
        amount_fen=109_00,
        is_public_money=True,
        side=Side.AGENCY,
    )
    asked = change(Change.AMOUNT, amount_fen=amount)
    assert is_above_cap(asked, bound) is is_above
    if is_above:
        with pytest.raises(Invalid):
            check_change(asked, bound)


def test_the_register_shows_what_binds_and_private_amounts_to_nobody(app, client):
    with app.app_context():
        deal = contracts.started()
        amount = contracts.of(deal).amount_fen
        social = contracts.confirmed(fund=Fund.SOCIAL, fiscal_percent=0)
        waiting = contracts.awarded()
        contracts.registered(contracts.letter_of(waiting), waiting.buyer.signatory)
    page = client.get("/contracts").text
    assert deal.number in page and social.number in page and waiting.number not in page
    sheet = client.get("/contracts.csv").text
    lines = {line.split(",")[0].lstrip("\ufeff"): line for line in sheet.splitlines()}
    assert f"{amount // 100}.00" in lines[deal.number]
    assert ".00" not in lines[social.number]
    assert deal.number not in client.get("/contracts?state=closed").text
    assert deal.number in client.get("/contracts?state=no-such").text


def test_pages_of_a_change(app, client):
    with app.app_context():
        deal = contracts.started()
    people.sign_in(client, deal.winner.actor)
    path = f"/contracts/{deal.number}"
    assert f'href="{path}/extend"' in client.get(path).text
    page = client.get(f"{path}/extend").text
    assert "机构自身原因" in page and "项目停止" not in page
    sent = {"csrf_token": people.token(client, f"{path}/extend"), "days": "7", "statement": "短"}
    again = client.post(f"{path}/extend", data={**sent, "reason": "authority_late"})
    assert again.status_code == 422
    done = client.post(
        f"{path}/extend", data={**sent, "reason": "authority_late", "statement": WORDS}
    )
    assert done.status_code == 303
    assert WORDS in client.get(path).text

    owner = app.test_client()
    people.sign_in(owner, deal.buyer.signatory)
    page = owner.get(f"{path}/answer").text
    assert WORDS in page
    visitor = app.test_client()
    assert WORDS not in visitor.get(path).text
    assert "行政机关办理的环节延误" in visitor.get(path).text
