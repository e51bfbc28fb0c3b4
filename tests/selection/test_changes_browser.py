"""The pages of questions, changes and pauses of a notice of several items in a real browser, at a desk and on a telephone."""

import pytest
from playwright.sync_api import expect

from market.catalogue.rules import Joined
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from tests.browser import DESKTOP, PHONE, check_accessible, signed_in
from tests.factories import agencies
from tests.factories import selection as f
from tests.factories.deeds import do


def _town():
    """A notice of two items with a file, two questions and a change: its number, the change's id, its
    owner, an agency that may enter.
    """
    buyer = f.owner()
    together = {"further": ("305",), "joined": Joined.ALL_OF}
    number = f.published(f.submitted_with(buyer, ("勘测范围图纸",), **together))
    who = agencies.active_agency([f.ITEM, "305"])
    (file,) = notice_queries.attachments(reading(CLOCK), 1)
    for text in ("成果报告需要几份纸质版？", "现场踏勘由谁组织？"):
        in_one_transaction(notice_service.ask, who.actor, number=number, question=text)
    do(notice_service.answer, buyer.drafter, question_id=1, answer="纸质版三份，电子版一份。")
    do(notice_service.publish_answer, buyer.signatory, question_id=1)
    do(notice_service.answer, buyer.drafter, question_id=2, answer="由业主组织，另行通知。")
    change_id = in_one_transaction(
        notice_service.propose_change,
        buyer.drafter,
        number=number,
        texts={"content": "完成勘测定界并提交报告，另附电子版。", "service_days": 45},
        entry_close=None,
        reason="补充电子版要求",
        with_files=True,
    )
    on = {"change_id": change_id}
    in_one_transaction(
        notice_service.bring_file, buyer.drafter, received=f.received("新图纸"), **on
    )
    in_one_transaction(notice_service.leave_out, buyer.drafter, attachment_id=file.id, **on)
    return number, change_id, buyer, who


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_questions_and_changes_fit_and_are_accessible(app, visitor, live_server, viewport):
    with app.app_context():
        number, change_id, buyer, who = _town()
    page = signed_in(visitor(viewport=viewport, bypass_csp=True), app, live_server.url, who.actor)
    for url in (f"/notices/{number}", f"/notices/{number}/ask", f"/notices/{number}/entry"):
        page.goto(url)
        check_accessible(page)
    page = signed_in(page, app, live_server.url, buyer.drafter)
    for url in (
        f"/notices/{number}/change",
        f"/notices/changes/{change_id}",
        "/notices/questions/2",
        f"/notices/{number}/pause",
    ):
        page.goto(url)
        check_accessible(page)
    page.get_by_label("暂停几个工作日").fill("3")
    page.get_by_label("提问较多").check()
    page.get_by_label("理由").fill("多家机构询问测量范围，统一答复。")
    page.get_by_role("button", name="申请暂停").click()
    expect(page.get_by_text("待本单位审签")).to_be_visible()
    page.goto("/notices/new")
    page.get_by_text("再合并几个事项").click()
    check_accessible(page)
    page = signed_in(page, app, live_server.url, buyer.signatory)
    for url in (
        "/notices/questions/2",
        f"/notices/changes/{change_id}",
        f"/notices/{number}/cancel",
        f"/notices/{number}/pause",
    ):
        page.goto(url)
        check_accessible(page)
