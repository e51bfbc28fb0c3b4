"""A notice is written step by step, or on one page; what is not kept yet is carried along."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from market.catalogue import service as catalogue
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.clock import CHINA
from market.rulebook import queries as rulebooks
from market.selection.notices import queries
from market.selection.notices.forms import STEPS, NoticeForm
from market.selection.notices.models import Notice
from tests.browser import DESKTOP, PHONE, check_accessible, signed_in
from tests.factories import accounts as people
from tests.factories import selection as made
from tests.factories import zones
from tests.factories.deeds import Tab

ITEM = {"item_code": "301", "title": "桂林街道办公楼规划放线"}
HIDDEN = re.compile("<section[^>]* hidden")
MONEY = {"fund": "fiscal", "ceiling_fen": "128000"}


def sent(client, to="/notices/new", **fields):
    return people.submit(client, to, fields)


@pytest.fixture
def drafter(app, client):
    with app.app_context():
        made.town()
        who = made.owner().drafter
    people.sign_in(client, who)
    return who


def rows(app):
    with app.app_context():
        return list(reading(CLOCK).session.scalars(select(Notice)))


def test_every_field_of_the_form_belongs_to_one_step(app):
    with app.test_request_context():
        named = [name for fields in STEPS.values() for name in fields]
        assert len(named) == len(set(named))
        assert set(named) | {"once", "csrf_token"} == set(NoticeForm()._fields)


def test_the_first_step_keeps_nothing_and_loses_nothing(app, client, drafter):
    page = sent(client, step="item", go="next", method="random", **ITEM)
    assert page.status_code == 200 and rows(app) == [] and len(HIDDEN.findall(page.text)) == 3
    assert ITEM["title"] in page.text and 'aria-current="step">花谁的钱' in page.text.replace(
        "\n  ", " "
    )
    on = sent(client, step="money", go="next", method="random", **ITEM, **MONEY)
    (row,) = rows(app)
    assert on.status_code == 303 and on.location.endswith(f"/notices/{row.id}/edit?step=content")
    assert (row.title, row.ceiling_fen) == (ITEM["title"], 12_800_000)


def test_the_step_of_the_money_says_what_is_known_of_the_item(app, client, drafter):
    with app.app_context():
        zones.published(people.staff("office", "notice_reviewer"), ITEM["item_code"])
        since = dt.date(2025, 3, 4)
        prices = {ITEM["item_code"]: (5, 100_000, 200_000, 300_000)}
        in_one_transaction(catalogue.keep_prices, CLOCK, since=since, prices=prices)
    page = sent(client, step="item", go="next", method="random", **ITEM)
    assert rows(app) == [] and zones.ZONE.title in page.text and "成交 5 次" in page.text
    other = sent(client, step="item", go="next", method="random", **ITEM | {"item_code": "302"})
    assert zones.ZONE.title not in other.text and "成交 5 次" not in other.text


def test_a_step_with_a_fault_stays_and_names_its_own_faults_alone(app, client, drafter):
    page = sent(client, step="item", go="next", method="random", title="短")
    assert page.status_code == 422
    assert "公告标题" in page.text and "资金来源”必须" not in page.text
    assert 'href="#fund"' not in page.text and 'href="#title"' in page.text


def test_backwards_nothing_is_held_against_one(app, client, drafter):
    page = sent(client, step="money", go="back", method="random", ceiling_fen="很多", **ITEM)
    assert page.status_code == 200 and "很多" in page.text and "govuk-error" not in page.text


def test_a_fault_of_another_step_is_told_at_the_end(app, client, drafter):
    page = sent(client, step="times", method="random", **ITEM, **MONEY | {"ceiling_fen": "很多"})
    assert (
        page.status_code == 422
        and 'href="#ceiling_fen"' in page.text
        and not HIDDEN.search(page.text)
    )


@pytest.mark.parametrize("step, go", [("x", "next"), ("item", "x"), ("", ""), ("times", "next")])
def test_what_no_page_sends_is_no_fault(app, client, drafter, step, go):
    answer = sent(client, step=step, go=go, method="random", **ITEM, **MONEY)
    assert answer.status_code in (200, 303)
    assert client.get("/notices/new?step=nonsense&item=nonsense").status_code == 200


def test_the_times_are_proposed(app, client, drafter):
    page = client.get("/notices/new?step=times").text
    with app.app_context():
        book = rulebooks.in_force(reading(CLOCK))
        close = queries.proposed_close(reading(CLOCK), book).astimezone(CHINA)
    assert f'value="{close:%Y-%m-%d %H:%M}"' in page
    typed = {"entry_close": f"{close:%Y-%m-%d %H:%M}", "method": "random", **ITEM, **MONEY}
    assert sent(client, **typed).status_code == 303
    (row,) = rows(app)
    assert row.draw_at > row.entry_close + dt.timedelta(minutes=1)
    with app.app_context():
        own = queries.own_draft(reading(drafter), row.id)
        assert not {no.field for no in own.problems} & {"draw_at", "entry_close"}


def test_a_way_without_a_time_of_its_own_gets_none(app, client, drafter):
    typed = {"method": "direct", "fund": "social", "entry_close": "2030-01-01 17:00"}
    assert sent(client, **(ITEM | MONEY | typed)).status_code == 303
    assert rows(app)[0].draw_at is None


def test_a_colleagues_words_are_not_overwritten_unseen(app, client, drafter):
    typed = {"method": "random", **ITEM, **MONEY}
    assert sent(client, **typed).status_code == 303
    (row,) = rows(app)
    edit = f"/notices/{row.id}/edit"
    mine = Tab(client, edit)
    assert sent(client, edit, **typed | {"title": "同事改过的标题"}).status_code == 303
    late = mine.send(title="我改的标题", content="我写的内容。")
    assert late.status_code == 409 and "内容已变化" in late.text and "同事改过的标题" in late.text
    assert "我写的内容。" in late.text and rows(app)[0].title == "同事改过的标题"
    again = Tab(client, edit)
    assert again.send(title="我改的标题").status_code == 303


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_four_steps_lead_to_the_check(app, live_server, visitor, size):
    with app.app_context():
        made.town()
        who = made.owner().drafter
    page = signed_in(visitor(viewport=size), app, live_server.url, who)
    page.goto("/notices/new?item=301")
    on = page.get_by_role("button", name="下一步")
    page.get_by_label("公告标题").fill(ITEM["title"])
    page.get_by_label("公告标题").press("Enter")
    page.get_by_label("财政性资金", exact=True).check()
    page.get_by_label("最高限价").fill("128000")
    check_accessible(page)
    on.click()
    page.get_by_label("服务内容和要求").fill("规划放线，提交成果报告。")
    page.get_by_role("button", name="上一步").click()
    expect(page.get_by_label("最高限价")).to_have_value("128000.00")
    on.click()
    expect(page.get_by_label("服务内容和要求")).to_have_value("规划放线，提交成果报告。")
    page.get_by_label("服务期限").fill("30")
    on.click()
    check_accessible(page)
    page.get_by_role("button", name="保存并检查").click()
    expect(page.locator("main")).to_contain_text("没有发现不合规定的内容")
