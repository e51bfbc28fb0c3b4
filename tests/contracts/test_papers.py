"""Papers of a matter: the model contract of each category, what is confirmed and demanded, as page and PDF."""

import dataclasses
import datetime as dt
import sys

import pytest
from sqlalchemy import select

from market.adapters import pdf
from market.catalogue import shipped as catalogue
from market.contracts import queries, service, shipped
from market.contracts.rules.matter import PAY
from market.contracts.rules.model import EVERY, Terms, articles, numeral, said
from market.db import in_one_transaction
from market.kernel.actor import CLOCK
from market.rulebook import words
from market.windows.models import Window
from tests.contracts.asking import sweep_at
from tests.contracts.test_change import due
from tests.factories import accounts as people
from tests.factories import contracts
from tests.factories.deeds import do

TERMS = Terms(
    title="某项目勘测定界",
    item="土地勘测定界",
    notice="GG-360481-2026-00001",
    amount="10,000.00 元",
    upper="壹万元整",
    days=30,
    inspection=said(10, "working_day"),
    register=said(3, "working_day"),
    pay=30,
    most_pay_days=60,
)
CATEGORIES = sorted({each["category"] for each in catalogue.ruichang()})


@pytest.mark.parametrize("category", CATEGORIES)
def test_each_category_has_a_contract_of_its_own(category):
    made = articles(shipped.clauses(), category, TERMS)
    own = [each for each in shipped.clauses() if each.category == category]
    assert len(own) >= 2
    assert [each.heading for each in made][:2] == ["服务内容", "服务期限"]
    text = "".join(text for each in made for text in each.paragraphs)
    assert "{" not in text
    for filled in ("10,000.00 元", "壹万元整", "30 个自然日", "10 个工作日", "最长不超过 60 日"):
        assert filled in text
    assert all(each.text in text for each in own)


def test_what_the_notice_left_open_stays_a_blank():
    terms = dataclasses.replace(TERMS, days=None, most_pay_days=None)
    made = articles(shipped.clauses(), CATEGORIES[0], terms)
    text = "".join(text for each in made for text in each.paragraphs)
    assert "______ 个自然日" in text
    assert "最长不超过" not in text


def test_clauses_are_of_known_categories_and_forbid_what_the_regulation_forbids():
    assert {each.category for each in shipped.clauses()} == {EVERY, *CATEGORIES}
    text = "".join(each.text for each in shipped.clauses())
    assert "不以第三方付款" in text and "不以审计为由" in text


@pytest.mark.parametrize("unit", words.UNITS)
def test_a_contract_says_every_unit_of_the_rulebook(unit):
    assert said(15, unit).startswith("15 ")


@pytest.mark.parametrize(("number", "said"), [(1, "一"), (10, "十"), (11, "十一"), (13, "十三")])
def test_articles_are_counted_as_contracts_count(number, said):
    assert numeral(number) == said


def test_both_sides_read_the_model_and_nobody_else(app, client):
    with app.app_context():
        deal = contracts.awarded()
        stranger = people.member(people.organisation("agency", "别的机构"), "agency_signatory")
    path = f"/awards/{deal.letter}/contract/model"
    for who, status in ((deal.buyer.signatory, 200), (deal.winner.actor, 200), (stranger, 404)):
        people.sign_in(client, who)
        assert client.get(path).status_code == status
    people.sign_in(client, deal.winner.actor)
    page = client.get(path).text
    assert "示范文本" in page and "第一条" in page
    assert path in client.get(f"/awards/{deal.letter}").text


@pytest.mark.parametrize(("is_sme", "is_claimed"), [(True, True), (False, False), (None, False)])
def test_interest_is_demanded_only_by_who_declared_itself(app, client, clock, is_sme, is_claimed):
    with app.app_context():
        deal = contracts.accepted()
        in_one_transaction(_declared, CLOCK, number=deal.number, is_sme=is_sme)
        sweep_at(clock, due(deal, PAY) + dt.timedelta(days=3))
        do(service.demand, deal.winner.actor, number=deal.number)
    people.sign_in(client, deal.winner.actor)
    page = client.get(f"/contracts/{deal.number}/claims/1").text
    assert ("逾期利息" in page) is is_claimed
    with app.app_context():
        clock.advance(dt.timedelta(days=9))
        in_one_transaction(_repriced, CLOCK, number=deal.number)
    people.sign_in(client, deal.winner.actor)
    assert body_of(client.get(f"/contracts/{deal.number}/claims/1").text) == body_of(page)


def body_of(page):
    """The letter itself."""
    return page[page.index("mk-paper__to") : page.index("对金额有争议的")]


def _repriced(work, *, number):
    """What becomes of a contract after a letter was sent: another amount, another last day."""
    queries.contract_row(work, number).amount_fen += 100
    for window in work.session.scalars(select(Window).where(Window.subject == number)):
        window.due_at += dt.timedelta(days=5)


def _declared(work, *, number, is_sme):
    """As a contract has it; None where it is older than the question."""
    queries.contract_row(work, number).is_sme = is_sme


@pytest.mark.skipif(not pdf.is_there(), reason="requirements-pdf.txt is not installed")
def test_papers_are_pdfs_that_say_the_same(app, client, clock):
    with app.app_context():
        deal = contracts.accepted()
        do(service.ask_claim, deal.winner.actor, number=deal.number)
        do(service.answer_claim, deal.buyer.signatory, number=deal.number, is_confirmed=True)
        sweep_at(clock, due(deal, PAY) + dt.timedelta(days=3))
        do(service.demand, deal.winner.actor, number=deal.number)
    people.sign_in(client, deal.winner.actor)
    for path, word in (
        (f"/awards/{deal.letter}/contract/model", "示范文本"),
        (f"/contracts/{deal.number}/claims/1", "应收账款确认书"),
        (f"/contracts/{deal.number}/claims/2", "催款函"),
    ):
        assert word in client.get(path).text
        made = client.get(f"{path}.pdf")
        assert made.mimetype == "application/pdf"
        assert made.data.startswith(b"%PDF-") and len(made.data) > 20_000


def test_without_a_printer_a_paper_is_a_page_to_print(app, client, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # as where it is not installed
    with app.app_context():
        deal = contracts.accepted()
        do(service.ask_claim, deal.winner.actor, number=deal.number)
        do(service.answer_claim, deal.buyer.signatory, number=deal.number, is_confirmed=True)
    people.sign_in(client, deal.winner.actor)
    for path in (f"/awards/{deal.letter}/contract/model", f"/contracts/{deal.number}/claims/1"):
        page = client.get(path).text
        assert "可以用浏览器打印本页" in page and f"{path}.pdf" not in page
        answer = client.get(f"{path}.pdf")
        assert (answer.status_code, answer.location) == (303, path)
        assert "现在不能生成 PDF" in client.get(path).text
