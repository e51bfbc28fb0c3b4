"""方案比选 in a real browser: written on the owner's desk, files sealed in the entrant's browser and without a
script, judged on a phone, recomputed by a reader.
"""

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from market.kernel.actor import Actor
from market.ledger import jobs as ledger
from market.selection.kinds import Method
from market.selection.notices import service as notice_service
from tests.browser import DESKTOP, PHONE, follow, look, signed_in
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.agencies import Made
from tests.factories.deeds import do
from tests.selection import filing as p
from tests.selection import scoring as s
from tests.selection.sealing import everything_kept
from tests.selection.test_scored_browser import begun, outsiders_verify, recused


@pytest.fixture
def drafted(app) -> tuple[f.Buyer, list[Actor], int]:
    """A draft whose scoring is to be written, in a town with both keys; its owner and reviewers."""
    with app.app_context():
        return s.to_score(Method.PROPOSAL)


def test_from_sealed_files_to_the_recomputation(app, live_server, visitor, drafted):
    buyer, panel, notice_id = drafted
    owner = signed_in(visitor(viewport=DESKTOP), app, live_server.url, buyer.drafter)
    written(owner, notice_id)
    with app.app_context():
        number, made = published(buyer, notice_id)
    agency = signed_in(visitor(viewport=PHONE), app, live_server.url, made[0].actor)
    handed_in(agency, number, "踏勘七号点，再测量", is_scripted=True)
    plain = signed_in(
        visitor(viewport=PHONE, java_script_enabled=False), app, live_server.url, made[1].actor
    )
    handed_in(plain, number, "云山雾罩", is_scripted=False)
    with app.app_context():
        kept = b"".join(everything_kept())
        assert "踏勘七号点".encode() not in kept and "云山雾罩".encode() not in kept
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
    nobody_was_left_out(app, live_server, visitor, number)


def nobody_was_left_out(app, live_server, visitor, number: str) -> None:
    """The inspector's page of who was left out for a proposal."""
    with app.app_context():
        inspector = people.staff("inspection", "inspector")
    desk = signed_in(visitor(viewport=PHONE), app, live_server.url, inspector)
    desk.goto(f"/notices/{number}/scores")
    follow(desk, desk.get_by_role("link", name="看因方案未列入的报名"))
    expect(desk.locator("main")).to_contain_text("没有因方案未列入的报名")
    look(desk, "unopened")


def published(buyer: f.Buyer, notice_id: int) -> tuple[str, list[Made]]:
    """The draft is out, and the last of three agencies has entered."""
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    number = f.published(notice_id)
    made = [f.agency() for _ in range(3)]
    named = {"proposal": p.uploaded(number, made[2], "方案内容2")}
    p.enter(number, made[2], 9_000_000, named)
    return number, made


def written(page: Page, notice_id: int) -> None:
    page.goto(f"/notices/{notice_id}/check")
    follow(page, page.get_by_role("button", name="填写评分办法和评审人员"))
    expect(page.locator("input[name=price_weight]")).to_have_count(0)
    page.get_by_label(re.compile("^技术路线和方法")).first.fill("60")
    page.get_by_label(re.compile("^质量保证")).first.fill("30")
    for place in range(3):
        page.locator("input[name=seated]").nth(place).check()
    page.locator("input[name=reserves]").nth(3).check()
    follow(page, page.get_by_role("button", name="保存"))
    expect(page.locator("main")).to_contain_text("权重合计须为 100，现在是 90")
    follow(page, page.get_by_role("button", name="修改评分办法和评审人员"))
    page.get_by_label(re.compile("^质量保证")).first.fill("40")
    look(page, "terms")
    follow(page, page.get_by_role("button", name="保存"))
    expect(page.locator("main")).to_contain_text("没有发现不合规定的内容")
    look(page, "check")


def choose(part: Locator, name: str, content: bytes) -> None:
    """Choose a file that calls itself a PDF."""
    part.locator("input[type=file]").set_input_files(
        FilePayload(name=name, mimeType="application/pdf", buffer=content)
    )


def handed_in(page: Page, number: str, text: str, *, is_scripted: bool) -> None:
    name = "script" if is_scripted else "plain"
    page.goto(f"/notices/{number}")
    follow(page, page.get_by_role("button", name="填写方案并报名"))
    part = page.locator("section[aria-labelledby=part-proposal]")
    choose(part, "本公司方案.docx", b"PK word")
    part.locator("[data-send]").click()
    expect(part.locator(".govuk-error-message:visible")).to_contain_text("PDF")
    if is_scripted:  # nothing can be asked of a page without scripts
        look(page, f"wrong-{name}")
    for kind, said in (("proposal", text), ("proposal_b", f"署名{text}")):
        part = page.locator(f"section[aria-labelledby=part-{kind}]")
        choose(part, "本公司.pdf", p.pdf(said))
        part.locator("[data-send]").click()
        expect(page.locator(f"section[aria-labelledby=part-{kind}]")).to_contain_text("已收下")
    by = "浏览器封装" if is_scripted else "由服务器代为封装"
    expect(page.locator("main")).to_contain_text(by)
    if is_scripted:
        look(page, f"boxes-{name}")
    follow(page, page.get_by_role("button", name="下一步：报价并报名"))
    page.get_by_label("报价").first.fill("88000")
    page.locator("input[name=pledge]").check()
    if is_scripted:
        look(page, f"quote-{name}")
        page.locator("[data-send]").click()
        expect(page.locator("[data-done]")).to_be_visible()
    follow(page, page.locator("[data-send]"))
    expect(page.locator("main")).to_contain_text("报价已密封")


def judged(page: Page, number: str) -> None:
    begun(page, number)
    follow(page, page.get_by_role("button", name="我没有利害关系，开始评分"))
    look(page, "desk")
    page.goto(f"/judging/{number}/p1")
    for place in range(3):
        answer = page.request.get(str(page.locator("iframe").get_attribute("src")))
        assert answer.headers["content-type"] == "application/pdf"
        assert "本公司" not in str(answer.headers)
        best = "踏勘七号点" in answer.body().decode("utf-8", "replace")
        for group in ("method", "quality"):
            page.locator(f"input[name={group}]").nth(0 if best else 2).check()
        page.get_by_label("评语").fill("方案切合项目" if best else "多为通用内容")
        look(page, f"mark{place}")
        follow(page, page.get_by_role("button", name="保存"))
    follow(page, page.get_by_role("button", name="提交评分表"))
    follow(page, page.get_by_role("button", name="提交评分表"))
    expect(page.locator("main")).to_contain_text("评分表已锁定")
    assert page.request.get(f"/notices/{number}/proposals/p1/b").status == 404


def everybody_reads(page: Page, number: str, name: str) -> None:
    page.goto(f"/notices/{number}/scores")
    main = page.locator("main")
    expect(main).to_contain_text("得分和名次")
    expect(main).to_contain_text("报价不计分")
    expect(main).not_to_contain_text("方案切合项目")
    page.get_by_role("button", name="在我的浏览器里核对").click()
    expect(page.locator("#verify-verdict")).to_have_class("verify-ok")
    for step in ("scored_sheets", "scored_prices", "scored_result"):
        expect(page.locator(f"[data-step={step}]")).to_contain_text("✓")
    assert (
        "pdf" not in page.request.get(f"/notices/{number}/proposals/p1/a").headers["content-type"]
    )
    look(page, f"scores{name}")
    page.goto(f"/notices/{number}")
    expect(page.locator("main")).to_contain_text("方案比选，在 3 家中排第 1 位")
    look(page, f"result{name}")
