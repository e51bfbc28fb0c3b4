"""The pages of attachments in a real browser, at a desk and on a telephone."""

import pytest

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from tests.browser import DESKTOP, PHONE, check_accessible, signed_in
from tests.factories import selection as f


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_attachments_fit_and_are_accessible(app, visitor, live_server, viewport):
    with app.app_context():
        buyer = f.owner()
        number = f.published(f.submitted_with(buyer, ("技术要求和现场照片说明", "勘测范围图纸")))
        work = reading(CLOCK)
        file = notice_queries.attachments(work, notice_queries.notice(work, number).id)[0]
        other = f.terms(title="另一项目的服务")
        draft = in_one_transaction(notice_service.draft, buyer.drafter, terms=other)
        f.attached(buyer, draft)
    page = visitor(viewport=viewport, bypass_csp=True)
    page.goto(f"/notices/{number}")
    check_accessible(page)
    page = signed_in(page, app, live_server.url, buyer.drafter)
    for url in (
        f"/notices/{draft}/attachments",
        f"/notices/{draft}/check",
        f"/notices/attachments/{file.id}",
    ):
        page.goto(url)
        check_accessible(page)
