"""A scored selection in a real browser: written and named on a desk, proposed, judged on a phone by three of
whom one is recused, and recomputed by a reader.
"""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from market.fabric import fabric
from market.kernel.actor import Actor
from market.ledger import jobs as ledger
from market.selection.kinds import Method
from market.selection.notices import service as notice_service
from tests.browser import DESKTOP, PHONE, follow, look, signed_in
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection import scoring as s
from tests.selection import weighing as w
from verify.zjcs import keys, logcheck


@pytest.fixture
def drafted(app) -> tuple[f.Buyer, list[Actor], int]:
    """A draft whose scoring is to be written, in a town with both keys; its owner and reviewers."""
    with app.app_context():
        return s.to_score(Method.WEIGHTED)


def test_from_the_criteria_to_the_recomputation(app, live_server, visitor, drafted):
    buyer, panel, notice_id = drafted
    owner = signed_in(visitor(viewport=DESKTOP), app, live_server.url, buyer.drafter)
    written(owner, notice_id)
    with app.app_context():
        do(notice_service.submit, buyer.drafter, notice_id=notice_id)
        do(notice_service.sign, buyer.signatory, notice_id=notice_id)
        number = f.published(notice_id)
        made = [f.agency() for _ in range(3)]
        for place, who in enumerate(made[1:], 1):
            s.propose(number, who, f"方案内容{place}")
            w.typed(number, who, 10_00 + place, 30 - place)
    agency = signed_in(visitor(viewport=PHONE), app, live_server.url, made[0].actor)
    proposed(agency, number)
    with app.app_context():
        f.sealed(number)

    for place, juror in enumerate(panel):
        page = signed_in(visitor(viewport=PHONE), app, live_server.url, juror)
        if place == 1:
            recused(page, number)
        else:
            judged(page, number)
    with app.app_context():
        s.opened(number)
        ledger.witness_head()

    everybody_reads(visitor(viewport=DESKTOP), number, "1280")
    everybody_reads(visitor(viewport=PHONE), number, "390")
    agency = signed_in(visitor(viewport=PHONE), app, live_server.url, made[0].actor)
    agency.goto(f"/notices/{number}/scores")
    expect(agency.locator("main")).to_contain_text("方案切合项目")
    look(agency, "own")
    outsiders_verify(app, f"{live_server.url}/log")


def outsiders_verify(app, address: str) -> None:
    """The whole log holds, with what people judged and what followed."""
    with app.app_context():
        witness = fabric().witness
        assert witness is not None
        pinned = keys.load(json.dumps(witness.keys()))
    steps = list(logcheck.check(logcheck.open_source(address), pinned))
    assert [str(step.fault) for step in steps if step.fault] == []
    said = {step.name: step.detail for step in steps}
    assert (said["scored_jurors"], said["scored_sheets"]) == ("3; 1", "3 x 3")


def written(page: Page, notice_id: int) -> None:
    """What stands against it is said; the owner writes it down."""
    page.goto(f"/notices/{notice_id}/check")
    expect(page.locator("main")).to_contain_text("还没有写评分办法")
    follow(page, page.get_by_role("button", name="填写评分办法和评审人员"))
    page.get_by_label(re.compile("^技术路线和方法")).first.fill("40")
    page.get_by_label(re.compile("^质量保证")).first.fill("20")
    for place in range(3):
        page.locator("input[name=seated]").nth(place).check()
    page.locator("input[name=reserves]").nth(3).check()
    follow(page, page.get_by_role("button", name="保存"))
    expect(page.locator("main")).to_contain_text("合计须为 100，现在是 90")
    follow(page, page.get_by_role("button", name="修改评分办法和评审人员"))
    page.get_by_label(re.compile("^质量保证")).first.fill("25")
    page.get_by_label("服务期限的权重").fill("5")
    page.get_by_label(re.compile("^报下浮率")).check()
    look(page, "terms")
    follow(page, page.get_by_role("button", name="保存"))
    expect(page.locator("main")).to_contain_text("没有发现不合规定的内容")
    look(page, "check")


def a_rate_and_days(page: Page) -> None:
    """A rate is typed, and the days that are promised once they are asked for."""
    page.get_by_label("下浮率").fill("8.5")
    page.locator("input[name=pledge]").check()
    page.locator("[data-send]").click()
    expect(page.locator("[data-seal-error]")).to_contain_text("承诺几日内完成")
    page.get_by_label("承诺几日内完成服务").fill("21")
    page.locator("[data-send]").click()
    expect(page.locator("[data-done]")).to_be_visible()
    expect(page.locator("[data-read]")).to_have_text("8.50%")
    expect(page.get_by_label("承诺几日内完成服务")).to_be_disabled()


def an_amount(page: Page) -> None:
    """An amount is typed."""
    page.get_by_label("报价", exact=True).fill("88,000")
    page.locator("input[name=pledge]").check()
    page.locator("[data-send]").click()
    expect(page.locator("[data-done]")).to_be_visible()


def proposed(page: Page, number: str, quote: Callable[[Page], None] = a_rate_and_days) -> None:
    page.goto(f"/notices/{number}")
    look(page, "notice")
    follow(page, page.get_by_role("button", name="填写方案并报名"))
    page.get_by_label("技术路线和方法").fill("先踏勘，再测量，后核对。")
    follow(page, page.get_by_role("button", name="封存方案，下一步报价"))
    expect(page.locator("main")).to_contain_text("先踏勘，再测量，后核对。")
    page.get_by_label("质量保证").fill("两人独立核对每一份成果。")
    look(page, "proposal")
    follow(page, page.get_by_role("button", name="封存方案，下一步报价"))
    expect(page.locator("main")).to_contain_text("方案已封存")
    quote(page)
    look(page, "quote")
    follow(page, page.locator("[data-send]"))
    expect(page.locator("main")).to_contain_text("报价已密封")


def begun(page: Page, number: str) -> None:
    page.goto("/todo")
    expect(page.locator("main")).to_contain_text("评审人员评分")
    page.goto("/judging")
    look(page, "judging")
    page.goto(f"/judging/{number}")
    look(page, "declare")


def recused(page: Page, number: str) -> None:
    begun(page, number)
    follow(page, page.get_by_role("button", name="有利害关系，须回避"))
    follow(page, page.get_by_role("button", name="我须回避"))
    expect(page.locator("main")).to_contain_text("已回避")


def judged(page: Page, number: str) -> None:
    begun(page, number)
    judged_at_the_desk(page, number)


def judged_at_the_desk(page: Page, number: str) -> None:
    """From the declaration to the locked sheet, on the page of the desk."""
    follow(page, page.get_by_role("button", name="我没有利害关系，开始评分"))
    look(page, "desk")
    page.goto(f"/judging/{number}/p1")
    follow(page, page.get_by_role("button", name="保存"))
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    for place in range(3):
        best = "先踏勘" in page.locator("main").inner_text()
        for group in ("method", "quality"):
            page.locator(f"input[name={group}]").nth(0 if best else 2).check()
        page.get_by_label("评语").fill("方案切合项目" if best else "多为通用内容")
        look(page, f"mark{place}")
        follow(page, page.get_by_role("button", name="保存"))
    follow(page, page.get_by_role("button", name="提交评分表"))
    follow(page, page.get_by_role("button", name="提交评分表"))
    expect(page.locator("main")).to_contain_text("评分表已锁定")
    look(page, "locked")


def everybody_reads(page: Page, number: str, name: str) -> None:
    page.goto(f"/notices/{number}/scores")
    main = page.locator("main")
    expect(main).to_contain_text("得分和名次")
    expect(main).to_contain_text("下浮 8.50%")
    expect(main).to_contain_text("承诺 21 日")
    expect(main).not_to_contain_text("方案切合项目")
    page.get_by_role("button", name="在我的浏览器里核对").click()
    expect(page.locator("#verify-verdict")).to_have_class("verify-ok")
    for step in (
        "scored_entries",
        "scored_jurors",
        "scored_sheets",
        "scored_prices",
        "scored_result",
    ):
        expect(page.locator(f"[data-step={step}]")).to_contain_text("✓")
    look(page, f"scores{name}")
    page.goto(f"/notices/{number}")
    expect(page.locator("main")).to_contain_text("综合评分，在 3 家中排第 1 位")
    look(page, f"result{name}")
