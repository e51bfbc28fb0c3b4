"""The pages of questions and changes in a real browser, at a desk and on a telephone."""

import pytest

from market.db import in_one_transaction
from market.selection.notices import service as notice_service
from tests.browser import DESKTOP, PHONE, check_accessible, signed_in
from tests.factories import selection as f
from tests.factories.deeds import do


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_questions_and_changes_fit_and_are_accessible(app, visitor, live_server, viewport):
    with app.app_context():
        buyer = f.owner()
        number = f.published_notice(buyer)
        who = f.agency()
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
        )
    page = signed_in(visitor(viewport=viewport, bypass_csp=True), app, live_server.url, who.actor)
    for url in (f"/notices/{number}", f"/notices/{number}/ask"):
        page.goto(url)
        check_accessible(page)
    page = signed_in(page, app, live_server.url, buyer.drafter)
    for url in (f"/notices/{number}/change", "/notices/questions/2"):
        page.goto(url)
        check_accessible(page)
    page = signed_in(page, app, live_server.url, buyer.signatory)
    for url in (
        "/notices/questions/2",
        f"/notices/changes/{change_id}",
        f"/notices/{number}/cancel",
    ):
        page.goto(url)
        check_accessible(page)
