"""A stale tab in a real browser: what has changed is said, and the page as it is now may be signed."""

import pytest
from playwright.sync_api import expect

from market.selection.notices import service
from tests.browser import DESKTOP, PHONE, check_accessible, follow, signed_in
from tests.factories import selection as f
from tests.factories.deeds import do


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_an_old_tab_is_told_what_has_changed(app, live_server, visitor, size):
    with app.app_context():
        buyer = f.owner()
        notice_id = f.submitted_notice(buyer, ceiling_fen=24_300_000)
        do(service.approve, f.reviewer(), notice_id=notice_id)
        publisher = f.publisher()
    page = signed_in(visitor(viewport=size), app, live_server.url, publisher)
    page.goto(f"/office/notices/{notice_id}")
    with app.app_context():
        dearer = f.terms(ceiling_fen=29_900_000)
        do(service.give_back, f.reviewer(), notice_id=notice_id, reasons=["写明成果份数"])
        do(service.save, buyer.drafter, notice_id=notice_id, terms=dearer)
        do(service.submit, buyer.drafter, notice_id=notice_id)
        do(service.sign, buyer.signatory, notice_id=notice_id)
        do(service.approve, f.reviewer(), notice_id=notice_id)

    follow(page, page.get_by_role("button", name="发布公告"))

    expect(page.get_by_role("alert")).to_contain_text("内容已变化，请重新查看")
    expect(page.get_by_role("alert")).to_contain_text("243,000.00 元，现为：299,000.00 元")
    check_accessible(page)
    follow(page, page.get_by_role("button", name="发布公告"))
    expect(page.locator("main")).to_contain_text("299,000.00")
