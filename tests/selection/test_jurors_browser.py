"""Experts in a real browser: asked in on a phone, admitted by two, drawn, one declines and another follows, judged
on a phone, and recomputed by a reader.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from market.db import in_one_transaction
from market.kernel.actor import Actor
from market.ledger import jobs as ledger
from market.selection.kinds import Fund, Method
from market.selection.notices import service as notice_service
from tests.browser import DESKTOP, PHONE, follow, look, signed_in
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection import jurying as j
from tests.selection import scoring as s
from tests.selection.test_scored_browser import an_amount, judged_at_the_desk, proposed


@pytest.fixture
def town(app) -> tuple[j.Body, Actor]:
    """A city whose pool lacks one expert; its regulator, and who will ask."""
    with app.app_context():
        j.town()
        body = j.body()
        j.pool(body, j.LEAST - 1)
        return body, people.actor_of(people.person())


def test_from_the_application_to_the_recomputation(app, live_server, visitor, town):
    body, who = town

    def on(of: Actor, viewport: dict = PHONE) -> Page:
        return signed_in(visitor(viewport=viewport), app, live_server.url, of)

    applied(on(who))
    admitted(visitor, app, live_server.url, body)
    everybody = visitor(viewport=PHONE)
    everybody.goto("/jurors")
    expect(everybody.locator("main")).to_contain_text("可以抽取")
    look(everybody, "pool")
    number, entrant = published(app, on)
    everybody.goto(f"/notices/{number}/scores")
    expect(everybody.locator("main")).to_contain_text("正在抽取评审专家")
    look(everybody, "waiting")

    with app.app_context():
        f.move_to(j.lot_at(number))
        first, silent, *_ = j.seated(number)
    declined(on(first), number)
    with app.app_context():
        f.move_to(f.at(3, 9))
    replaced(on(office(app), DESKTOP), number)
    with app.app_context():
        now_seated = j.seated(number)
    assert silent.person_id not in {each.person_id for each in now_seated}
    for juror in now_seated:
        page = on(juror)
        page.goto(f"/judging/{number}")
        judged_at_the_desk(page, number)
    with app.app_context():
        s.opened(number)
        ledger.witness_head()
    everybody_reads(visitor, on(entrant), number)


def published(app, on) -> tuple[str, Actor]:
    """A notice of fiscal money whose list stands; its number, and one who entered in the browser."""
    with app.app_context():
        buyer = f.owner()
        money = {"fund": Fund.FISCAL, "fiscal_percent": 100, "method": Method.WEIGHTED}
        notice_id = in_one_transaction(
            notice_service.draft, buyer.drafter, terms=f.terms(**money, draw_at=None)
        )
    written(on(buyer.drafter, DESKTOP), notice_id)
    with app.app_context():
        do(notice_service.submit, buyer.drafter, notice_id=notice_id)
        do(notice_service.sign, buyer.signatory, notice_id=notice_id)
        number = f.published(notice_id)
        made = [f.agency() for _ in range(3)]
        for place, one in enumerate(made[1:], 1):
            s.propose(number, one, f"方案内容{place}")
            f.enter(number, one, 9_000_000 - place)
    proposed(on(made[0].actor), number, an_amount)
    with app.app_context():
        f.sealed(number)
    return number, made[0].actor


def everybody_reads(visitor, agency: Page, number: str) -> None:
    """The result, recomputed; the list to check each member by is the entrants', not the public's."""
    for viewport in (DESKTOP, PHONE):
        page = visitor(viewport=viewport)
        reads(page, number)
        expect(page.locator("main")).not_to_contain_text("jurors.json")
    agency.goto(f"/notices/{number}/scores")
    expect(agency.locator("main")).to_contain_text("jurors.json")


def office(app) -> Actor:
    with app.app_context():
        return f.publisher()


def applied(page: Page) -> None:
    page.goto("/jurors")
    follow(page, page.get_by_role("button", name=re.compile("申请加入")))
    page.get_by_label("受理的行业主管部门").select_option(index=1)
    page.locator("input[name=categories]").first.check()
    follow(page, page.get_by_role("button", name="提交申请"))
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    look(page, "asked-wrong")
    with_category(page)
    page.get_by_label("工作单位和职务").fill("某测绘学会 高级工程师")
    page.get_by_label("专业、职称和从业经历").fill("从业二十年，主持过多项测绘项目。")
    follow(page, page.get_by_role("button", name="提交申请"))
    expect(page.locator("main")).to_contain_text("申请已提交")
    look(page, "asked")


def with_category(page: Page) -> None:
    for box in page.locator("input[name=categories]").all():
        box.check()


def admitted(visitor, app, url: str, body: j.Body) -> None:
    page = signed_in(visitor(viewport=DESKTOP), app, url, body.officer)
    page.goto("/office/jurors")
    look(page, "desk")
    follow(page, page.get_by_role("link", name="张三").first)
    page.get_by_label("同意入库").check()
    page.get_by_label("理由").fill("符合条件。")
    follow(page, page.get_by_role("button", name="提出意见"))
    look(page, "proposed")
    page = signed_in(visitor(viewport=DESKTOP), app, url, body.signatory)
    page.goto("/office/jurors")
    follow(page, page.get_by_role("link", name="张三").first)
    page.get_by_label("同意，签发").check()
    look(page, "sign")
    follow(page, page.get_by_role("button", name="签发"))
    expect(page.locator("main")).to_contain_text("在库")


def written(page: Page, notice_id: int) -> None:
    page.goto(f"/notices/{notice_id}/check")
    follow(page, page.get_by_role("button", name="填写评分办法和评审人员"))
    expect(page.locator("main")).to_contain_text("业主不能指定")
    page.get_by_label(re.compile("^技术路线和方法")).first.fill("40")
    page.get_by_label(re.compile("^质量保证")).first.fill("30")
    look(page, "terms")
    follow(page, page.get_by_role("button", name="保存"))
    expect(page.locator("main")).to_contain_text("没有发现不合规定的内容")


def declined(page: Page, number: str) -> None:
    page.goto("/todo")
    expect(page.locator("main")).to_contain_text("抽中的评审专家答复是否参加")
    page.goto(f"/judging/{number}")
    expect(page.locator("main")).to_contain_text("您被抽中评审这个项目")
    look(page, "drawn")
    follow(page, page.get_by_role("button", name="不能参加"))
    follow(page, page.get_by_role("button", name="不能参加"))
    expect(page.locator("main")).to_contain_text("由下一名递补")


def replaced(page: Page, number: str) -> None:
    page.goto(f"/notices/{number}/scores")
    look(page, "overdue")
    follow(page, page.get_by_role("button", name="按不答复递补").first)
    told_at = "2026-03-12T09:00"
    page.get_by_label("第一种通知方式").select_option("site")
    page.get_by_label("第一次通知的时间").fill(told_at)
    page.get_by_label("第二种通知方式").select_option("site")
    page.get_by_label("第二次通知的时间").fill(told_at)
    follow(page, page.get_by_role("button", name="由下一名递补"))
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    look(page, "silent")
    page.get_by_label("第二种通知方式").select_option("call")
    follow(page, page.get_by_role("button", name="由下一名递补"))
    expect(page.locator("main")).to_contain_text("下一名已递补")


def reads(page: Page, number: str) -> None:
    page.goto(f"/notices/{number}/scores")
    expect(page.locator("main")).to_contain_text("得分和名次")
    page.get_by_role("button", name="在我的浏览器里核对").click()
    expect(page.locator("#verify-verdict")).to_have_class("verify-ok")
    for step in ("scored_experts", "scored_jurors", "scored_result"):
        expect(page.locator(f"[data-step={step}]")).to_contain_text("✓")
    look(page, "scores")
