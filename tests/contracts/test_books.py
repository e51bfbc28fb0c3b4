"""The finance office's payments tell what is paid and not registered from what is late."""

import csv
import datetime as dt
import io

import pytest

from market.accounts import queries as accounts
from market.contracts import books, queries
from market.contracts.rules.books import DAY, Entry, Loose, Match, is_covered, unregistered
from market.contracts.rules.matter import PAY
from market.contracts.rules.payment import Booked, Money, Paying, paying
from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import NotPermitted
from market.ledger.queries.integrity import compare
from market.windows import queries as windows
from tests.contracts.asking import kinds, sweep_at
from tests.factories import accounts as people
from tests.factories import contracts

FIRST = dt.date(2026, 9, 1)
LAST = dt.date(2026, 9, 30)
AGENCY = people.credit_code(7001)
BODY = people.credit_code(7002)
GOOD = (
    "TZ-360481-2026-00012",
    "2026-09-03",
    "12,800.50",
    BODY,
    "水利局",
    AGENCY,
    "甲公司",
    "P1",
    "",
)


def entry(day, fen=100, voucher="P1"):
    return Entry(dt.date(2026, 9, day), fen, voucher)


def table(*rows, heads=books.COLUMNS):
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue().encode("utf-8-sig")


def changed(**cells):
    said = dict(zip(books.COLUMNS, GOOD, strict=True)) | cells
    return tuple(said.values())


def finance():
    return people.staff("regulator", "finance_supervisor", name="财政局")


def code(party):
    return accounts.organisation(reading(CLOCK), party.organisation_id).uscc


def paid(deal):
    (owed,) = queries.payments_of(reading(CLOCK), deal.buyer.organisation_id).rows
    return owed.state


def test_a_table_is_read_as_people_write_it():
    typed = changed(中选通知书编号="gg 360481 2026 00012", 付款日期="20260903", 金额="1.28万")
    lines, wrong = books.read(table(GOOD, typed, changed(中选通知书编号="")), FIRST, LAST)
    assert not wrong
    assert [line.award for line in lines] == [GOOD[0], GOOD[0], ""]
    assert [line.amount_fen for line in lines] == [1_280_050, 1_280_000, 1_280_050]
    assert lines[0].identity != lines[1].identity == lines[1].identity


@pytest.mark.parametrize(
    "cells",
    [
        {"中选通知书编号": "十二号"},
        {"付款日期": "2026-10-01"},
        {"付款日期": "昨天"},
        {"金额": "0"},
        {"金额": "1.005"},
        {"付款单位统一社会信用代码": "123"},
        {"收款单位统一社会信用代码": ""},
        {"凭证号": ""},
        {"用途": "长" * 301},
        {"付款单位": "甲\u202e乙"},
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(cells):
    lines, wrong = books.read(table(GOOD, changed(**cells)), FIRST, LAST)
    assert (lines, wrong) == ([], [(3, *cells)])


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ([entry(3)], []),
        ([entry(9, voucher="HK1")], []),
        ([entry(12, voucher="HK1")], [entry(3)]),
        ([entry(30)], []),
        ([entry(3, fen=99)], [entry(3)]),
        ([], [entry(3)]),
    ],
)
def test_one_payment_in_both_is_found_by_amount_and_day_or_voucher(said, left):
    assert unregistered([entry(3)], said) == left


def test_each_registered_payment_stands_for_one():
    assert len(unregistered([entry(3), entry(4, voucher="P2")], [entry(3)])) == 1


@pytest.mark.parametrize(
    ("spans", "covered"),
    [
        ([(FIRST, LAST)], True),
        ([(dt.date(2026, 9, 16), LAST), (FIRST, dt.date(2026, 9, 15))], True),
        ([(FIRST, dt.date(2026, 9, 14)), (dt.date(2026, 9, 16), LAST)], False),
        ([(FIRST + DAY, LAST)], False),
        ([], False),
    ],
)
def test_a_gap_of_a_day_is_a_gap(spans, covered):
    assert is_covered(spans, FIRST, LAST) is covered


@pytest.mark.parametrize(
    ("is_denied", "said", "state"),
    [
        (True, Booked.PAID, Paying.UNREGISTERED),
        (False, Booked.UNPAID, Paying.OVERDUE),
        (False, Booked.SILENT, Paying.UNREGISTERED),
        (True, Booked.SILENT, Paying.OVERDUE),
    ],
)
def test_the_books_tell_what_is_late_from_what_is_not_registered(is_denied, said, state):
    money = Money(last_day=LAST, paid_on=None, is_whole=False, is_denied=is_denied, books=said)
    assert paying(money, LAST + DAY) is state


@pytest.mark.parametrize(
    ("award", "payer", "payee", "day", "may"),
    [
        ("TZ-1", None, None, FIRST - DAY, True),
        ("", 1, 2, FIRST, True),
        ("TZ-9", None, 2, LAST, True),
        ("", 3, 2, LAST, False),
        ("", 1, 4, LAST, False),
        ("", 1, 2, FIRST - DAY, False),
    ],
)
def test_a_payment_without_a_contract_may_be_of_one(award, payer, payee, day, may):
    assert Loose(award, payer, payee, day).may_pay("TZ-1", 1, 2, FIRST) is may


@pytest.mark.databases
def test_a_payment_of_the_books_is_told_to_the_owner_until_it_is_registered(context, clock):
    deal = contracts.accepted()
    who = finance()
    card = contracts.of(deal)
    uscc, other, buyer = map(code, (deal.winner, deal.reserves[0], deal.buyer))
    due = windows.live(reading(CLOCK), PAY, deal.number).due_at
    sweep_at(clock, due + 2 * DAY)
    signed_on = reading(CLOCK).today - 120 * DAY
    contracts.booked(who, contracts.book(2), since=signed_on)
    assert paid(deal) is Paying.UNREGISTERED
    contracts.booked(who, contracts.book(8, payer_uscc=buyer, payee_uscc=other))
    assert paid(deal) is Paying.OVERDUE
    lines = [
        contracts.book(3, award=deal.letter, payee_uscc=uscc, amount_fen=card.amount_fen),
        contracts.book(4, award=deal.letter, payee_uscc=other),
        contracts.book(5, award="TZ-360481-2026-09999", payee_uscc=uscc),
        contracts.book(6, payee_uscc=uscc),
        contracts.book(7),
    ]
    number = contracts.booked(who, *lines)
    again = contracts.booked(who, *lines)
    assert queries.books(reading(CLOCK), again)[0].kept == 0
    about, found = queries.books(reading(CLOCK), number)
    assert (about.lines, about.kept) == (5, 4)
    assert [each.match for each in found] == [
        Match.UNREGISTERED,
        Match.DIFFERS,
        Match.UNKNOWN,
        Match.OUTSIDE,
    ]
    assert kinds(deal.notice).count("contract.pay_found") == 1
    assert [each.no for each in queries.outside(reading(CLOCK))] == [6, 8]
    assert paid(deal) is Paying.UNREGISTERED
    contracts.pay(deal, card.amount_fen)
    assert queries.books(reading(CLOCK), number)[1][0].match is Match.REGISTERED
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_the_office_of_finance_alone_hands_them_in(context):
    for duty in ("regulator_officer", "regulator_signatory"):
        with pytest.raises(NotPermitted):
            contracts.booked(people.staff("regulator", duty, name="财政局"))


def test_a_table_comes_through_its_page(app, client):
    with app.app_context():
        people.rules_of_the_place()
        who = finance()
    people.sign_in(client, who)
    days = {"covers_from": "2026-03-01", "covers_to": "2026-03-02"}

    def send(*rows):
        file = (io.BytesIO(table(*rows)), "付款.csv")
        return people.submit(client, "/office/finance", days, files={"file": file})

    wrong = send(changed(付款日期="2026-03-09"))
    assert wrong.status_code == 422
    assert "一行也没有导入" in wrong.text
    done = send(changed(付款日期="2026-03-02"))
    assert done.status_code == 303
    page = client.get(done.location).text
    assert "没有这份合同" in page
