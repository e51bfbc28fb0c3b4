"""Money: the worked example, reminders, and what of an owner's payments is public."""

import datetime as dt

import pytest

from market.contracts import queries, service
from market.contracts.rules.payment import (
    REMIND,
    Money,
    Paying,
    days_late,
    interest_fen,
    paying,
)
from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.ledger.queries.integrity import compare
from market.selection.kinds import Fund
from market.windows import queries as windows
from market.workdays import queries as workdays
from market.workdays.rules import Unit, deadline
from tests.contracts.asking import kinds, sweep_at
from tests.factories import accounts as people
from tests.factories import contracts
from tests.factories.deeds import do

DAY = dt.timedelta(days=1)
LAST = dt.date(2026, 10, 8)


def test_thirty_days_from_the_first_of_september_end_after_the_holiday(context):
    people.rules_of_the_place()
    accepted = dt.datetime(2026, 9, 1, 2, tzinfo=dt.UTC)
    due = deadline(accepted, 30, Unit.CALENDAR_DAY, workdays.calendar(reading(CLOCK)))
    assert due.last_day == LAST


def test_twelve_days_late_cost_three_hundred_yuan():
    assert days_late(LAST, dt.date(2026, 10, 20)) == 12
    assert interest_fen(50_000_00, 12) == 300_00
    assert days_late(LAST, LAST) == 0


@pytest.mark.parametrize(("fen", "days", "cost"), [(1000, 1, 1), (999, 1, 0), (0, 30, 0)])
def test_interest_is_rounded_half_up_to_a_fen(fen, days, cost):
    assert interest_fen(fen, days) == cost


@pytest.mark.parametrize(
    ("paid_on", "is_whole", "is_denied", "today", "state"),
    [
        (None, False, False, LAST, Paying.NOT_DUE),
        (None, False, False, LAST + DAY, Paying.UNREGISTERED),
        (LAST, False, True, LAST + DAY, Paying.OVERDUE),
        (LAST, True, False, LAST + DAY, Paying.PAID),
        (LAST + DAY, True, True, LAST + DAY, Paying.PAID_LATE),
        (LAST, False, False, LAST + DAY, Paying.UNREGISTERED),
    ],
)
def test_late_is_only_what_has_not_come(paid_on, is_whole, is_denied, today, state):
    money = Money(last_day=LAST, paid_on=paid_on, is_whole=is_whole, is_denied=is_denied)
    assert paying(money, today) is state


@pytest.mark.databases
def test_the_owner_is_reminded_fifteen_and_thirty_days_after_the_due_and_no_more(context, clock):
    deal = contracts.accepted()
    due = windows.of_subject(reading(CLOCK), deal.number)[-1].due_at
    sweep_at(clock, due)
    assert kinds(deal.notice).count("contract.pay_reminded") == 0
    for days, count in ((14, 0), (15, 1), (16, 1), (30, 2), (60, 2)):
        sweep_at(clock, due + days * DAY)
        sweep_at(clock, due + days * DAY + dt.timedelta(seconds=1))
        assert kinds(deal.notice).count("contract.pay_reminded") == count
    (owed,) = queries.payments_of(reading(VISITOR), deal.buyer.organisation_id).rows
    assert owed.state is Paying.UNREGISTERED
    days, cost = queries.late_interest(reading(CLOCK), deal.number)
    assert cost == interest_fen(owed.amount_fen, days)
    assert compare(reading(CLOCK), fabric().held).count == 0


@pytest.mark.databases
def test_who_has_paid_is_not_reminded(context, clock):
    deal = contracts.accepted()
    due = windows.of_subject(reading(CLOCK), deal.number)[-1].due_at
    sweep_at(clock, due)
    contracts.pay(deal, contracts.letter_of(deal).amount_fen)
    do(service.confirm_receipt, deal.winner.actor, number=deal.number, no=1)
    assert windows.live(reading(CLOCK), REMIND, deal.number) is None
    sweep_at(clock, due + 31 * DAY)
    assert kinds(deal.notice).count("contract.pay_reminded") == 0
    (owed,) = queries.payments_of(reading(VISITOR), deal.buyer.organisation_id).rows
    assert owed.state is Paying.PAID_LATE


def test_social_funds_are_not_public(context):
    deal = contracts.confirmed(fund=Fund.SOCIAL, fiscal_percent=0)
    contracts.deliver(deal)
    contracts.accept(deal)
    assert queries.payments_of(reading(VISITOR), deal.buyer.organisation_id).rows == ()


def test_the_page_of_a_public_body_is_everybodys(app, client):
    with app.app_context():
        deal = contracts.accepted()
    page = client.get(f"/owners/{deal.buyer.number}/payments")
    assert page.status_code == 200
    assert "不代替" in page.text
    assert deal.number in page.text
    assert client.get("/owners/YZ-360481-2026-09999/payments").status_code == 404
