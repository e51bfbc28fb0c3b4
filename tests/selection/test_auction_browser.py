"""A live auction in a real browser: three agencies and a spectator on phones, one of them without scripts."""

import datetime as dt

from playwright.sync_api import Page, expect

from market.db import reading
from market.kernel.actor import CLOCK
from market.selection.results import queries as result_queries
from tests.browser import PHONE, follow, look, signed_in
from tests.factories import selection as f
from tests.selection import auctioning as a


def bid(page: Page, amount: str) -> None:
    page.get_by_label("出价", exact=True).fill(amount)
    follow(page, page.get_by_role("button", name="出价", exact=True))


def lowest(page: Page):
    return page.locator("[data-part=now]")


def test_three_agencies_and_a_spectator_see_every_bid_as_it_comes(app, live_server, visitor):
    with app.app_context():
        number = a.published()
        made = a.entered(number)
        a.opened(number)
        a.to(a.after(number, minutes=1))
        a.tick()
    url = f"/notices/{number}/auction"
    first, second = (
        signed_in(visitor(viewport=PHONE, bypass_csp=True), app, live_server.url, who.actor)
        for who in made[:2]
    )
    plain = signed_in(
        visitor(viewport=PHONE, java_script_enabled=False), app, live_server.url, made[2].actor
    )
    spectator = visitor(viewport=PHONE, bypass_csp=True)
    for page in (first, second, plain, spectator):
        page.goto(url)
    look(first, "auction-bidder")

    second.get_by_label("出价", exact=True).fill("1080")  # still typing
    bid(first, "110000")
    expect(first.locator("main")).to_contain_text("您的出价：110,000.00")
    expect(lowest(spectator)).to_contain_text("110,000.00")
    expect(lowest(second)).to_contain_text("110,000.00")
    expect(second.get_by_label("出价", exact=True)).to_have_value("1080")
    bid(second, "109000")
    expect(second.locator("main")).to_contain_text("现在出价最高不超过 108,400.00")
    bid(second, "108000")
    bid(plain, "80000")  # at the floor, without scripts
    expect(plain.locator("main")).to_contain_text("目前最低")
    expect(lowest(spectator)).to_contain_text("80,000.00")
    expect(spectator.locator("[data-part=standings]")).not_to_contain_text(str(made[0].ref))
    bid(first, "80000")  # matched
    look(spectator, "auction-spectator")

    ended(app, spectator, number)


def test_whoever_waits_for_the_pseudonyms_gets_the_form_without_a_reload(app, live_server, visitor):
    with app.app_context():
        number = a.published()
        made = a.entered(number)
        close = result_queries.notice(reading(CLOCK), number).entry_close
        a.to(close - dt.timedelta(minutes=1))
    page = signed_in(visitor(viewport=PHONE), app, live_server.url, made[0].actor)
    page.goto(f"/notices/{number}/auction")
    expect(page.get_by_label("出价", exact=True)).to_have_count(0)
    with app.app_context():
        a.opened(number)
    expect(page.get_by_label("出价", exact=True)).to_be_visible()
    expect(page.locator("[data-part=own]")).to_contain_text("您的代号")


def ended(app, spectator: Page, number: str) -> None:
    """Who is who, and the whole recomputed in the spectator's own browser."""
    url = f"/notices/{number}/auction"
    with app.app_context():
        a.over(number)
    expect(spectator.locator("[data-part=clock]")).to_contain_text("竞价结束")
    with app.app_context():
        f.move_to(result_queries.notice(reading(CLOCK), number).draw_at)
    spectator.goto(url)
    expect(spectator.locator("[data-part=standings] tbody tr").first.locator("a")).to_be_visible()
    look(spectator, "auction-over")
    spectator.goto(f"/draws/{draw_of(app, number)}")
    expect(spectator.locator("main")).to_contain_text("80,000.00")
    spectator.get_by_role("button", name="在我的浏览器里验算全部步骤").click()
    expect(spectator.locator("[data-verdict-text]")).to_contain_text("以 ! 列出的几点")
    look(spectator, "auction-drawn")


def draw_of(app, number: str) -> str:
    with app.app_context():
        return result_queries.notice(reading(CLOCK), number).draw_number
