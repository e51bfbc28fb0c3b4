"""A selection by price in a real browser: drafted, quoted under seal, opened, ranked, proved by the
visitor's own browser and by outsiders who have the whole log; and read without a script.
"""

import json

from playwright.sync_api import Page, expect

from market.fabric import fabric
from market.ledger import jobs as ledger
from market.selection.kinds import Method
from tests.browser import PHONE, follow, look, signed_in
from tests.factories import selection as f
from tests.selection import pricing as p
from tests.selection import sealing as s
from verify.zjcs import keys, logcheck


def drafted(page: Page) -> None:
    """The form offers both, and asks a way that nobody enters for no times."""
    page.goto("/notices/new?step=all")
    page.get_by_label("均价", exact=True).check()
    expect(page.get_by_label("选取时间")).to_be_visible()
    page.get_by_label("直接选取", exact=True).check()
    expect(page.get_by_label("选取时间")).to_be_hidden()
    look(page, "draft")


def quoted(page: Page, number: str) -> None:
    page.goto(f"/notices/{number}/entry")
    expect(page.locator("main")).to_contain_text("报价决定是否中选")
    look(page, "enter")
    page.get_by_label("报价", exact=True).fill("91000")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="封装报价").click()
    follow(page, page.get_by_role("button", name="提交报名"))


def proved(page: Page, draw: str, ref: str) -> None:
    """The visitor's own browser orders the list again, and verifies the whole file."""
    page.goto(f"/draws/{draw}")
    expect(page.locator("[data-ref]").first).to_have_attribute("data-ref", ref)
    expect(page.locator("main")).to_contain_text("91,000.00")
    expect(page.locator("#order-check")).to_have_text("以上顺序已在您的浏览器里重算，一致")
    page.get_by_role("button", name="在我的浏览器里验算全部步骤").click()
    expect(page.locator("[data-verdict-text]")).to_contain_text("全部通过")
    look(page, "ranked")


def test_a_quote_is_sealed_opened_and_ranked_before_everybodys_eyes(app, live_server, visitor):
    with app.app_context():
        number = p.published(Method.AVERAGE)
        p.entered(number, 9_000_000, 9_200_000)
        who = f.agency()
        draw = s.draw_of(number)
        buyer = f.owner()
    drafted(signed_in(visitor(viewport=PHONE), app, live_server.url, buyer.drafter))
    quoted(signed_in(visitor(viewport=PHONE), app, live_server.url, who.actor), number)
    with app.app_context():
        f.drawn(number)
        ledger.witness_head()

    page = visitor(viewport=PHONE)
    proved(page, draw, str(who.ref))
    page.goto(f"/notices/{number}")
    look(page, "notice")
    plain = visitor(java_script_enabled=False)
    plain.goto(f"/draws/{draw}")
    expect(plain.locator("main")).to_contain_text("平均报价")

    with app.app_context():
        pinned = keys.load(json.dumps(fabric().witness.inner.keys()))
    steps = list(logcheck.check(logcheck.open_source(f"{live_server.url}/log"), pinned))
    assert [str(step.fault) for step in steps if step.fault] == []
    assert f"{draw} {who.ref}" in [step.detail for step in steps if step.name == "draw"]
