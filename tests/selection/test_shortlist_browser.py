"""A credit shortlist in a real browser: the lists drafted, the choice made on a phone, another owner
silent; the visitor's own browser and outsiders with the whole log verify both.
"""

import json

from playwright.sync_api import Page, expect

from market.fabric import fabric
from market.ledger import jobs as ledger
from tests.browser import DESKTOP, PHONE, follow, look, signed_in
from tests.factories import selection as f
from tests.factories.witness import NearWitness
from tests.selection import shortlisting as m
from verify.zjcs import keys, logcheck


def drafted(page: Page, notice_id: int) -> None:
    """The owner says how long both lists are; a shortlist as long as the longlist is refused by its field."""
    page.goto(f"/notices/{notice_id}/check")
    follow(page, page.get_by_role("button", name="填写大名单和小名单"))
    page.get_by_label("大名单取几家").fill("4")
    page.get_by_label("小名单取几家").fill("5")
    follow(page, page.get_by_role("button", name="保存"))
    expect(page.locator("main")).to_contain_text("小名单须少于大名单")
    look(page, "lists-refused")
    page.get_by_label("小名单取几家").fill("2")
    page.get_by_label("价格固定为最高限价").check()
    follow(page, page.get_by_role("button", name="保存"))
    expect(page.locator("main")).to_contain_text("大名单取 4 家，小名单取 2 家")
    expect(page.locator("main")).to_contain_text("价格固定为最高限价，机构不报价")


def chooses(page: Page, number: str, name: str) -> None:
    """From the to-do to the result; without a reason nobody is chosen."""
    page.goto("/todo")
    expect(page.locator("main")).to_contain_text("在小名单内选定")
    page.goto(f"/notices/{number}")
    look(page, "shortlisted")
    follow(page, page.get_by_role("button", name="选定机构"))
    page.get_by_label(name).check()
    follow(page, page.get_by_role("button", name="选定这家机构"))
    expect(page.locator(".govuk-error-summary")).to_contain_text("选定的理由")
    page.get_by_label(name).check()
    page.get_by_label("选定的理由").fill(m.REASON)
    look(page, "choosing")
    follow(page, page.get_by_role("button", name="选定这家机构"))
    expect(page.locator("main")).to_contain_text("中选公告已发布")


def everybody_verifies(page: Page, number: str, draw: str, name: str) -> None:
    page.goto(f"/notices/{number}/shortlist")
    expect(page.locator("main")).to_contain_text(m.REASON)
    expect(page.locator("main")).to_contain_text(f"业主选定：{name}")
    look(page, "course")
    page.goto(f"/notices/{number}")
    expect(page.locator(".mk-result")).to_contain_text(m.REASON)
    page.goto(f"/draws/{draw}")
    page.get_by_role("button", name="在我的浏览器里验算全部步骤").click()
    expect(page.locator("[data-verdict-text]")).to_contain_text("全部通过")
    for step in ("credit", "choice"):
        expect(page.locator(f"li[data-step={step}]")).to_be_visible()
    look(page, "draw")


def test_one_owner_chooses_and_another_is_silent(app, live_server, visitor):
    with app.app_context():
        marked = m.town()
        made = [f.agency() for _ in range(3)]
        silent = m.published(f.owner())
        buyer = f.owner()
        number = m.published(buyer)
        draft = m.drafted(buyer, None, title="另一项测绘服务", item_code="302")
        for each in (silent, number):
            m.entered(each, marked, *made)
        f.drawn(number)
        second = m.course(number).short[1]
        draw = m.s.draw_of(number)
    drafter = signed_in(visitor(viewport=DESKTOP), app, live_server.url, buyer.drafter)
    drafted(drafter, draft)
    chooses(
        signed_in(visitor(viewport=PHONE), app, live_server.url, buyer.signatory),
        number,
        second.name,
    )
    with app.app_context():
        m.silent(silent)
        ledger.witness_head()
    reader = visitor(viewport=PHONE)
    everybody_verifies(reader, number, draw, second.name)
    reader.goto(f"/notices/{silent}")
    expect(reader.locator("main")).to_contain_text("业主逾期未选定")
    reader.goto(f"/notices/{silent}/shortlist")
    expect(reader.locator("main")).to_contain_text("业主到期没有选定，选取失败")
    look(reader, "silent")
    outsiders_verify(app, f"{live_server.url}/log")


def outsiders_verify(app, address: str) -> None:
    """The whole log holds, the shortlist that nobody chose from with it."""
    with app.app_context():
        near = fabric().witness
        assert isinstance(near, NearWitness)
        pinned = keys.load(json.dumps(near.inner.keys()))
    steps = list(logcheck.check(logcheck.open_source(address), pinned))
    assert [str(step.fault) for step in steps if step.fault] == []
