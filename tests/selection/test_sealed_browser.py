"""A quote that leaves the browser sealed, in a real browser: sealed, withdrawn, sealed anew, closed and
opened; and the same without a script, where the server seals and says so.
"""

import pathlib

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from market.db import reading
from market.kernel.actor import CLOCK
from market.selection.entries import queries as entry_queries
from market.selection.entries.models import Entry
from tests.browser import DESKTOP, PHONE, check_accessible, follow, picture, signed_in
from tests.factories import selection as f
from tests.selection import sealing as s


def town(app) -> tuple[str, list]:
    """A notice of sealed quotes, two who have entered, one who will."""
    with app.app_context():
        s.sealing_town()
        number = f.published_notice()
        made = [f.agency() for _ in range(3)]
        for who in made[:2]:
            s.enter_sealed(number, who, s.sealed(number, who))
        return number, made


def seal(page: Page, number: str, quote: str) -> None:
    """Type a quote and have it sealed, not sent yet."""
    page.goto(f"/notices/{number}/entry")
    page.get_by_label("报价", exact=True).fill(quote)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="封装报价").click()
    expect(page.get_by_text("报价已封装，还没有提交")).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_sealed_withdrawn_sealed_anew_closed_and_opened(app, live_server, visitor, size):
    number, made = town(app)
    page = signed_in(visitor(viewport=size), app, live_server.url, made[2].actor)
    page.goto(f"/notices/{number}/entry")
    picture(page, f"enter-{size['width']}")
    check_accessible(page)
    posted = []
    page.on("request", lambda each: posted.append(each.post_data or ""))

    seal(page, number, "98,765.43 元")
    picture(page, f"sealed-{size['width']}")
    check_accessible(page)
    with page.expect_download() as saved:
        page.get_by_role("link", name=".token.json").click()
    assert '"token"' in pathlib.Path(saved.value.path()).read_text()
    follow(page, page.get_by_role("button", name="提交报名"))
    expect(page.get_by_text("由贵机构的浏览器封装")).to_be_visible()
    picture(page, f"receipt-{size['width']}")
    check_accessible(page)
    assert not any("98765" in each or "98%2C765" in each for each in posted)

    follow(page, page.get_by_role("button", name="撤回报名"))
    follow(page, page.get_by_role("button", name="撤回报名"))
    expect(page.get_by_text("报名已撤回")).to_be_visible()

    seal(page, number, "87654.32")
    follow(page, page.get_by_role("button", name="提交报名"))
    seal(page, number, "76543.21")  # changed: the old token is filled in
    follow(page, page.get_by_role("button", name="重新提交报价"))
    with app.app_context():
        f.sealed(number)
        opened = entry_queries.opened_quotes(reading(CLOCK), number)
        assert [each.amount_fen for each in opened] == [10_000_000, 10_000_000, 7_654_321]
    page = signed_in(visitor(viewport=size), app, live_server.url, made[2].actor)
    page.goto("/entries/mine")
    follow(page, page.locator("main").get_by_role("link", name="BM").first)
    expect(page.get_by_text("报价已开封")).to_be_visible()


def test_what_cannot_be_sealed_is_said_before_anything_is_sent(app, live_server, visitor):
    number, made = town(app)
    page = signed_in(visitor(), app, live_server.url, made[2].actor)
    page.goto(f"/notices/{number}/entry")
    for quote, said in (
        ("120000.01", "不高于最高限价"),
        ("abc", "请按元填写报价"),
        ("12800,50", "请按元填写报价"),
        ("1,5", "请按元填写报价"),
        ("12 80", "请按元填写报价"),
        ("0", "大于 0 元"),
    ):
        page.get_by_label("报价", exact=True).fill(quote)
        page.get_by_role("button", name="封装报价").click()
        expect(page.get_by_role("alert")).to_contain_text(said)
    for typed, read in (
        ("１２，８００．５０元", "¥12,800.50"),
        ("￥ 12 800", "¥12,800.00"),
        ("100", "¥100.00"),
    ):
        page.get_by_label("报价", exact=True).fill(typed)
        page.get_by_role("button", name="封装报价").click()
        expect(page.locator("[data-read]")).to_have_text(read)
        if typed != "100":
            page.get_by_role("button", name="改填报价").click()
    follow(page, page.get_by_role("button", name="提交报名"))  # without the pledge: it comes back
    expect(page.get_by_text("报价已封装，还没有提交")).to_be_visible()
    page.get_by_role("checkbox").check()
    follow(page, page.get_by_role("button", name="提交报名"))
    expect(page.get_by_text("由贵机构的浏览器封装")).to_be_visible()


def test_without_a_script_the_server_seals_and_says_so(app, live_server, visitor):
    number, made = town(app)
    page = signed_in(visitor(java_script_enabled=False), app, live_server.url, made[2].actor)
    page.goto(f"/notices/{number}/entry")
    expect(page.get_by_text("提交的一瞬间服务器可以看到")).to_be_visible()
    picture(page, "plain-enter")
    page.get_by_label("报价", exact=True).fill("87654.32")
    page.get_by_role("checkbox").check()
    follow(page, page.get_by_role("button", name="提交报名"))
    token = page.locator("[data-shown-token]").inner_text()
    assert page.get_by_label("撤回凭证").input_value() == token
    picture(page, "plain-token")
    page.reload()
    expect(page.locator("[data-shown-token]")).to_have_count(0)
    expect(page.get_by_text("由服务器代为封装")).to_be_visible()

    page.get_by_label("撤回凭证").fill("0" * 64)
    follow(page, page.get_by_role("button", name="撤回报名"))
    follow(page, page.get_by_role("button", name="撤回报名"))
    expect(page.get_by_text("撤回凭证不对")).to_be_visible()
    page.goto("/entries/mine")
    follow(page, page.locator("main").get_by_role("link", name="BM").first)
    page.get_by_label("撤回凭证").fill(token)
    follow(page, page.get_by_role("button", name="撤回报名"))
    follow(page, page.get_by_role("button", name="撤回报名"))
    expect(page.get_by_text("报名已撤回")).to_be_visible()


def test_what_a_tool_has_sealed_is_pasted(app, live_server, visitor):
    number, made = town(app)
    with app.app_context():
        ready = s.posted(number, made[2], 8_765_432)
    page = signed_in(visitor(java_script_enabled=False), app, live_server.url, made[2].actor)
    page.goto(f"/notices/{number}/entry")
    page.get_by_text("我已用离线工具封装好报价").click()
    page.get_by_label("密封报价").fill(ready[:-9])
    page.get_by_role("checkbox").check()
    follow(page, page.get_by_role("button", name="提交报名"))
    expect(page.get_by_text("读不出这份密封报价").first).to_be_visible()
    page.get_by_text("我已用离线工具封装好报价").click()
    page.get_by_label("密封报价").fill(ready)
    follow(page, page.get_by_role("button", name="提交报名"))
    expect(page.get_by_text("由离线工具封装")).to_be_visible()
    with app.app_context():
        entry = reading(CLOCK).session.scalar(select(Entry).where(Entry.no == 3))
        assert entry.sealed_by == "tool"
