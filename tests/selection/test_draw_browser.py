"""The live draw in a real browser: kept up to date, proved there, readable on a phone, and whole
without scripts.
"""

import datetime as dt
import json
import re

import pytest
from playwright.sync_api import expect

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.clock import CHINA
from market.selection.results import queries as result_queries
from market.selection.sources import queries as source_queries
from market.selection.sources import service as source_service
from market.selection.sources.views.stream import OPEN_STREAMS
from tests.browser import DESKTOP, PATIENCE_MS, PHONE, check_accessible, follow
from tests.factories import selection as made
from tests.factories.deeds import do
from tests.selection import test_sources as sources
from tests.selection.outsiders import real_rounds

PROVED = "已在您的浏览器里推回起点"
# What passes by in seconds is noted in the page itself: a busy machine asks too late.
NOTE_TICKETS = """() => new MutationObserver(() => {
    if (document.querySelector(".mk-draw__rank--new .mk-draw__ticket:not(:empty)")) window.ticketsShown = true;
}).observe(document.body, { childList: true, subtree: true })"""
NOTE_STAGES = """() => {
    const line = document.getElementById("replay-line");
    window.stages = [];
    new MutationObserver(() => stages.push(
        [line.textContent, [...document.querySelectorAll("[data-ref]")].map((row) => row.dataset.ref)],
    )).observe(line, { childList: true });
}"""


@pytest.fixture
def notice(app):
    """A published notice with four entries, and a witness: its card."""
    with app.app_context():
        number = made.published_notice()
        made.entered(number, 4)
        made.tick()
        return result_queries.notice(reading(CLOCK), number)


def expect_order(page, refs):
    """The rows of the list stand in this order."""
    rows = page.locator("[data-ref]")
    expect(rows).to_have_count(len(refs))
    for place, ref in enumerate(refs):
        expect(rows.nth(place)).to_have_attribute("data-ref", ref)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_stage_is_accessible_and_fits(visitor, app, notice, live_server, viewport):
    page = visitor(viewport=viewport, bypass_csp=True)
    address = f"/draws/{notice.draw_number}"

    def look(stage):
        for path in (address, "/draws"):
            page.goto(path)
            check_accessible(page, (stage, path))

    look("open")
    with app.app_context():
        made.sealed(notice.number)
    look("sealed")
    with app.app_context():
        fabric().witness.answers = False
        made.move_to(notice.draw_at + dt.timedelta(minutes=4))
    look("late")
    with app.app_context():
        fabric().witness.answers = True
        made.tick()
    look("drawn")
    page.goto(address)
    page.get_by_role("button", name="在我的浏览器里验算全部步骤").click()
    page.get_by_text("全部通过").wait_for()
    check_accessible(page, "verified")
    page.goto(f"{address}?lang=en")
    check_accessible(page, "english")


def test_a_visitor_who_only_watches_sees_the_whole_course(page, app, notice, live_server):
    """One page, never reloaded: the seal, a late value, the tickets, the order, each proved in this
    browser.
    """
    page.goto(f"/draws/{notice.draw_number}")
    page.get_by_text("目前 4 家报名").wait_for()
    with app.app_context():
        made.sealed(notice.number)
    page.get_by_text("名单摘要").wait_for()
    expect(page.locator("[data-no]")).to_have_count(4)
    expect(page.get_by_text(PROVED)).to_have_count(0)
    with app.app_context():
        fabric().witness.answers = False
        made.move_to(notice.draw_at + dt.timedelta(minutes=2))
    page.get_by_text(PROVED).wait_for()
    page.get_by_text("自然资源局晚了 2 分钟").first.wait_for()
    page.evaluate(NOTE_TICKETS)
    with app.app_context():
        fabric().witness.answers = True
        made.tick()
        order = [row.ref for row in result_queries.entry_list(reading(CLOCK), notice.number)]
    page.get_by_text("以上顺序已在您的浏览器里重算，一致").wait_for()
    expect_order(page, order)
    assert page.evaluate("window.ticketsShown")
    expect(page.get_by_text(PROVED)).to_have_count(2)
    expect(page.locator("#draw-news")).to_contain_text("为中选机构")
    assert page.evaluate("performance.getEntriesByType('navigation').length") == 1


def test_where_streams_are_full_the_page_asks_again(page, app, notice, live_server):
    with app.app_context():
        streams = OPEN_STREAMS.of()
    assert all(streams.acquire(blocking=False) for _ in range(24))
    page.goto(f"/draws/{notice.draw_number}")
    with app.app_context():
        made.sealed(notice.number)
    page.get_by_text("名单摘要").wait_for()
    expect(page.locator("[data-no]")).to_have_count(4)


def test_news_that_a_busy_server_did_not_tell_is_asked_for_again(page, app, notice, live_server):
    """The one event that says so has gone by: without asking again the page would stay as it was."""
    refused = []

    def busy_once(route):
        if refused or route.request.is_navigation_request():
            return route.continue_()
        refused.append(route.request.url)
        return route.fulfill(status=429, body="<p>稍后再试</p>")

    page.route(f"**/draws/{notice.draw_number}", busy_once)
    page.goto(f"/draws/{notice.draw_number}")
    with app.app_context():
        made.sealed(notice.number)
    page.get_by_text("名单摘要").wait_for()
    assert refused


def test_what_a_visitor_has_typed_stays(page, app, notice, live_server):
    with app.app_context():
        made.sealed(notice.number)
        fabric().witness.answers = False
        made.move_to(notice.draw_at + dt.timedelta(minutes=2))
    page.goto(f"/draws/{notice.draw_number}")
    page.get_by_text("手上有自然资源局的值").click()
    page.locator("input[name=value]").fill("abc")
    fabric(app).clock.advance(dt.timedelta(minutes=3))
    page.evaluate("document.dispatchEvent(new Event('countdown:over'))")
    page.get_by_text("晚了 5 分钟").first.wait_for()
    assert page.locator("input[name=value]").input_value() == "abc"
    page.get_by_role("button", name="提交这个值").click()
    page.get_by_text("没有提交成功").wait_for()
    assert page.locator("input[name=value]").input_value() == "abc"


def changed(route, old, new):
    """Let a page or file through with one thing changed on the way."""
    answer = route.fetch()
    text = answer.text()
    assert old in text
    route.fulfill(response=answer, body=text.replace(old, new))


def test_a_server_that_lies_is_found_by_the_browser(page, app, notice, live_server):
    with app.app_context():
        made.drawn(notice.number)
        value = source_queries.draw(reading(CLOCK), notice.draw_number).sources[0]["value"]
        rows = result_queries.entry_list(reading(CLOCK), notice.number)
    address = f"/draws/{notice.draw_number}"
    other = ("0" if value[0] != "0" else "1") + value[1:]
    page.route(f"**{address}", lambda route: changed(route, value, other))
    page.goto(address)
    page.get_by_text("推不回起点，这个值是错的").wait_for()
    page.get_by_text("您浏览器算出的顺序与本页不一致").wait_for()
    page.unroute(f"**{address}")
    page.route(
        f"**{address}",
        lambda route: changed(route, f'data-ref="{rows[0].ref}"', f'data-ref="{rows[1].ref}"'),
    )
    page.goto(address)
    page.get_by_text("您浏览器算出的顺序与本页不一致").wait_for()


def test_the_visitor_verifies_and_a_changed_file_is_refused_in_words(
    page, app, notice, live_server, tmp_path
):
    with app.app_context():
        made.drawn(notice.number)
        keys = fabric().witness.inner.keys()
        first = result_queries.entry_list(reading(CLOCK), notice.number)[0].ticket
    page.goto(f"/draws/{notice.draw_number}")
    page.get_by_role("button", name="在我的浏览器里验算全部步骤").click()
    page.get_by_text("全部通过：顺序由公开数据唯一确定。").wait_for()
    expect(page.locator("[data-limits]")).to_contain_text("没有与主管部门公布的 keys.json 比对")
    expect(page.locator("[data-limits]")).to_contain_text("要核对整本日志才能排除")
    expect(page.locator("[data-step]")).to_have_count(22 + 1)
    expect(page.locator("[data-step][data-state=ok]")).to_have_count(22 + 1)
    pinned = tmp_path / "keys.json"
    pinned.write_text(json.dumps(keys))
    page.get_by_text("用主管部门公布的密钥文件核对").click()
    page.locator("#pinned-keys").set_input_files(pinned)
    expect(page.locator("[data-limits]")).to_contain_text("密钥和起点已与您选择的 keys.json 比对")
    expect(page.locator("[data-verdict-text]")).to_contain_text("全部通过")
    page.route("**/evidence.json", lambda route: changed(route, first, "0" * 64))
    page.get_by_role("button", name="在我的浏览器里验算全部步骤").click()
    page.get_by_text("没有通过。").wait_for()
    expect(page.locator("[data-limits]")).to_be_empty()
    refused = page.locator("[data-step][data-state=no]")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("文件中的顺序与计算结果不同")


def test_a_finished_draw_can_be_played_again(page, app, notice, live_server):
    with app.app_context():
        made.drawn(notice.number)
    page.goto(f"/draws/{notice.draw_number}")
    order = page.locator("[data-ref]").evaluate_all("rows => rows.map(row => row.dataset.ref)")
    page.evaluate(NOTE_STAGES)
    replay = page.get_by_role("button", name="重放选取过程")
    replay.click()
    expect(page.locator("#replay-line")).to_be_visible()
    expect(replay).to_be_enabled(timeout=2 * PATIENCE_MS)
    stages = page.evaluate("window.stages")
    assert stages[0] == ["重放：名单已封存，顺序未知", sorted(order)]
    assert stages[-1] == ["重放：票号从小到大，就是顺序", order]
    expect_order(page, order)
    page.route("**/evidence.json", lambda route: route.fulfill(status=429, body="<p>稍后再试</p>"))
    replay.click()
    expect(page.locator("#replay-line")).to_have_text("证据文件暂时取不到，请过几秒再试。")
    expect_order(page, order)


def test_without_scripts_everything_can_be_read_and_handed_in(visitor, app, notice, live_server):
    page = visitor(java_script_enabled=False)
    with app.app_context():
        chain = made.keys().chain()
        made.sealed(notice.number)
        fabric().clock.instant = notice.draw_at
        made.windows.sweep()
        value = chain.due_value(
            source_queries.draw(reading(CLOCK), notice.draw_number).sources[0]["slot"],
            notice.draw_at.timestamp(),
        )
    page.goto(f"/draws/{notice.draw_number}")
    page.get_by_text("手上有中介超市协管办的值").click()
    page.locator("#value-1").fill(value)
    follow(page, page.get_by_role("button", name="提交这个值").first)
    page.get_by_text("值已核对无误并记入日志").wait_for()
    with app.app_context():
        made.tick()
    follow(page, page.get_by_role("link", name="刷新，看最新进展"))
    page.get_by_text("为中选机构").wait_for()
    expect(page.get_by_text("| sha256sum")).to_be_visible()
    expect(page.get_by_role("button", name="在我的浏览器里验算全部步骤")).to_be_hidden()
    expect(page.get_by_role("link", name="证据文件（JSON）")).to_be_visible()


def test_the_browser_follows_a_failed_source_to_its_fallback(
    page, app, clock, monkeypatch, live_server
):
    with app.app_context():
        number = sources.failed_round(app, clock, monkeypatch)
        draw = result_queries.notice(reading(CLOCK), number).draw_number
    page.goto(f"/draws/{draw}")
    page.get_by_text("约定的一个见证源已经失效").wait_for()
    expect(page.locator(".mk-draw__source").nth(2)).to_contain_text(
        re.compile("^\\s*公开信标 drand")
    )
    page.get_by_text("2023-09-16 或之后的第一期").wait_for()
    with app.app_context():
        clock.instant = dt.datetime(2023, 9, 16, 21, 30, tzinfo=CHINA)
        first, second = sources.officers()
        report = in_one_transaction(
            source_service.report_lottery,
            first,
            issue="2023255",
            day=dt.date(2023, 9, 16),
            numbers=sources.NUMBERS,
        )
        do(source_service.confirm_lottery, second, report_id=report)
        made.tick()
    page.get_by_text("以上顺序已在您的浏览器里重算，一致").wait_for()
    expect(page.get_by_text("第 2023255 期")).to_be_visible()
    expect(page.get_by_text("即使运行机构和主管部门串通，也不能预知结果")).to_be_visible()
    page.get_by_role("button", name="在我的浏览器里验算全部步骤").click()
    page.get_by_text("没有发现问题，但有的步骤本浏览器不能判断").wait_for()
    expect(page.locator('[data-step="beacons"]')).to_contain_text("请自行与公开的开奖结果核对号码")
    expect(page.locator('[data-step="failure_seen"]')).to_have_attribute("data-state", "ok")
    expect(page.get_by_role("link", name="见证单位的联署清单")).to_be_visible()
    page.route(
        "**/cosignatures.json", lambda route: route.fulfill(status=429, body="<p>稍后再试</p>")
    )
    page.get_by_role("button", name="在我的浏览器里验算全部步骤").click()
    page.get_by_text("证据文件暂时取不到").wait_for()  # a busy server is no false draw


def test_a_round_of_drand_is_checked_in_the_visitors_browser(
    page, app, clock, monkeypatch, live_server
):
    """The library comes from this site alone, and only for a draw that names a round: the policy
    stays as strict.
    """
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    with app.app_context():
        number = sources.three_sources(clock, monkeypatch)
        draw = result_queries.notice(reading(CLOCK), number).draw_number
        in_one_transaction(
            source_service.submit_value,
            VISITOR,
            draw_no=draw,
            source="drand-quicknet",
            round_=657413,
            signature=real_rounds()[657413]["signature"],
        )
        made.tick()
    page.goto(f"/draws/{draw}")
    assert not [url for url in fetched if "noble" in url]
    page.get_by_role("button", name="在我的浏览器里验算全部步骤").click()
    page.get_by_text("全部通过：顺序由公开数据唯一确定。").wait_for()
    expect(page.locator("[data-step]:not([data-state=ok])")).to_have_count(0)
    assert [url for url in fetched if url.endswith("/noble/curves/bls12-381.js")]
    assert all(url.startswith(live_server.url) for url in fetched)
