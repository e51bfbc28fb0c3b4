"""One complaint in a real browser: complainant, officer, signatory, respondent, inspector; every
page looked at by axe.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from market.complaints import queries
from market.db import reading
from market.kernel.actor import CLOCK
from market.selection.results import queries as result_queries
from tests.browser import PHONE, check_accessible, follow, signed_in
from tests.factories import accounts as people
from tests.factories import complaints, selection

pytestmark = pytest.mark.browser


@pytest.fixture
def enter(app, visitor, live_server):
    """Opens a browser that is signed in as somebody."""

    def as_(who=None, **options) -> Page:
        page = visitor(**options)
        return page if who is None else signed_in(page, app, live_server.url, who)

    return as_


def fill_in(page: Page, number: str, deed: str, **texts: str) -> None:
    """Open a deed's page from the complaint, look at it, fill it in and send it."""
    page.goto(f"/complaints/{number}")
    link = page.get_by_role("link", name=deed, exact=True)
    in_the_bar = page.get_by_role("button", name=deed, exact=True)
    follow(page, in_the_bar.or_(link).first)
    check_accessible(page)
    for label, text in texts.items():
        page.get_by_label(label).fill(text)


def send(page: Page, button: str) -> None:
    follow(page, page.get_by_role("button", name=button, exact=True))
    expect(page.locator(".mk-flash__done")).to_be_visible()


def dismiss(officer: Page, signatory: Page, number: str) -> None:
    """The decision: proposed, signed, made public."""
    fill_in(
        officer,
        number,
        "拟处理决定",
        理由="经核查，公告没有地域条件。",
        依据="《瑞昌市中介超市管理办法》第三条",
    )
    officer.get_by_label("投诉不成立").check()
    send(officer, "提交审签")
    fill_in(signatory, number, "审签")
    send(signatory, "签发")
    fill_in(officer, number, "公开处理决定")
    send(officer, "公开")


def test_a_complaint_from_filing_to_closing(app, enter):
    with app.app_context():
        notice, _ = selection.announced_notice()
        desk = complaints.desk()
        who = complaints.citizen()
        caller = people.staff("authority", "callback_officer")
        inspector = people.staff("inspection", "inspector")
        owner = people.member(
            result_queries.notice(reading(CLOCK), notice).owner_organisation_id, "owner_drafter"
        )
    number = file_it(enter(who, viewport=PHONE), notice)
    officer = enter(desk.officer)
    signatory = enter(desk.signatory)
    officer.goto("/office/complaints")
    check_accessible(officer)
    fill_in(officer, number, "拟受理", 拟办意见="符合受理条件。")
    send(officer, "提交审签")
    fill_in(signatory, number, "审签")
    expect(signatory.get_by_text("符合受理条件。")).to_be_visible()
    send(signatory, "签发")
    fill_in(officer, number, "通知被投诉人答复")
    send(officer, "通知被投诉人答复")
    respondent = enter(owner)
    respondent.goto("/complaints/mine")
    check_accessible(respondent)
    fill_in(respondent, number, "答复投诉", 答复意见="公告没有设置地域条件。")
    send(respondent, "答复投诉")
    expect(respondent.get_by_text("王小民")).to_have_count(0)
    dismiss(officer, signatory, number)
    watch(enter(), enter(inspector), notice, number)
    back = enter(caller)
    fill_in(back, number, "登记回访", 回访记录="电话回访，表示理解。")
    back.get_by_label("满意", exact=True).check()
    send(back, "登记回访")
    with app.app_context():
        assert queries.by_key(reading(CLOCK), number).state == "closed"
        assert result_queries.notice(reading(CLOCK), notice).state == "announced"


def file_it(page: Page, notice: str) -> str:
    """The complainant files on a telephone; returns the complaint's number."""
    page.goto(f"/notices/{notice}")
    follow(page, page.get_by_role("link", name="对公告、过程或结果投诉"))
    check_accessible(page)
    follow(page, page.get_by_role("button", name="保存并继续"))
    expect(page.get_by_role("alert")).to_be_visible()
    check_accessible(page)
    for choice in ("选取结果", "项目业主"):
        page.get_by_label(choice, exact=True).check()
    page.get_by_label("中介超市协管办（").check()
    page.get_by_label("投诉事项和事实").fill("公告要求在本市设有分支机构，属于地域限制。")
    page.get_by_label("投诉请求").fill("请求重新核查。")
    follow(page, page.get_by_role("button", name="保存并继续"))
    check_accessible(page)
    page.get_by_label("选择文件").set_input_files(
        {"name": "证据.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    )
    follow(page, page.get_by_role("button", name="上传这一份"))
    expect(page.get_by_role("link", name="证据.pdf")).to_be_visible()
    follow(page, page.get_by_role("button", name="继续核对"))
    check_accessible(page)
    page.get_by_label("以上内容属实").check()
    follow(page, page.get_by_role("button", name="提交投诉"))
    check_accessible(page)
    number = page.locator(".mk-panel .mk-number").inner_text()
    page.goto("/complaints/mine")
    check_accessible(page)
    return number


def watch(public: Page, inspector: Page, notice: str, number: str) -> None:
    """What everybody sees, and what the inspector sees."""
    for path in (
        "/complaints",
        "/complaints/bodies",
        f"/complaints/{number}",
        f"/notices/{notice}",
        "/tips/new",
    ):
        public.goto(path)
        check_accessible(public)
        expect(public.get_by_text("王小民")).to_have_count(0)
    public.goto(f"/complaints/{number}")
    expect(public.get_by_text("经核查，公告没有地域条件。")).to_be_visible()
    for path in ("/office/complaints", f"/complaints/{number}"):
        inspector.goto(path)
        check_accessible(inspector)
    expect(inspector.get_by_text("王小民", exact=True)).to_be_visible()


def test_a_notice_is_corrected_from_the_decision_to_the_public_page(app, enter):
    with app.app_context():
        desk = complaints.desk()
        notice = selection.published_notice()
        number = complaints.accepted(complaints.filed(notice), desk)
    officer = enter(desk.officer, viewport=PHONE)
    signatory = enter(desk.signatory)
    public = enter(viewport=PHONE)
    fill_in(
        officer,
        number,
        "拟处理决定",
        理由="经核查，公告的项目规模写错了。",
        依据="《瑞昌市中介超市管理办法》第三条",
    )
    officer.get_by_label("投诉成立", exact=True).check()
    officer.get_by_label("更正公告").check()
    expect(officer.get_by_label("服务内容和要求")).to_have_value(re.compile("完成勘测定界"))
    officer.get_by_label("项目规模").fill("约 100 亩")
    send(officer, "提交审签")
    signatory.goto("/todo")
    check_accessible(signatory)
    follow(signatory, signatory.get_by_role("link", name=re.compile("投诉拟办意见待审签")).first)
    check_accessible(signatory)
    expect(signatory.get_by_role("cell", name="约 120 亩")).to_be_visible()
    send(signatory, "签发")
    public.goto(f"/notices/{notice}")
    check_accessible(public)
    expect(public.get_by_text("责令更正公告")).to_be_visible()
    expect(public.get_by_text("约 100 亩").first).to_be_visible()


def test_the_letter_and_its_verification(app, enter):
    with app.app_context():
        notice, entrants = selection.announced_notice()
        card = result_queries.notice(reading(CLOCK), notice)
        selection.move_to(card.standstill_due)
        winner = next(made for made in entrants if made.ref == card.winner.ref)
    page = enter(winner.actor)
    number = f"TZ{notice[2:]}"
    for path in ("/awards", f"/awards/{number}", f"/awards/{number}/decline"):
        page.goto(path)
        check_accessible(page)
    public = enter(viewport=PHONE)
    public.goto("/verify")
    check_accessible(public)
    public.get_by_label("文书编号").fill("瑞中选〔2026〕1号")
    follow(public, public.get_by_role("button", name="核验"))
    expect(public.get_by_text("现在有效")).to_be_visible()
    check_accessible(public)
