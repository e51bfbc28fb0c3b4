"""The table of a hotline's orders in a real browser."""

from playwright.sync_api import expect

from tests.browser import PHONE, check_accessible, follow, signed_in
from tests.cases.test_orders import GOOD, row, table
from tests.factories import accounts as people
from tests.factories import selection


def test_a_table_is_mended_and_entered(app, live_server, visitor):
    with app.app_context():
        selection.town()
        officer = people.staff("office", "case_officer")
    page = signed_in(visitor(), app, live_server.url, officer)
    page.goto("/office/cases")
    check_accessible(page, "desk")
    follow(page, page.get_by_role("button", name="批量录入热线工单"))
    for rows in ((GOOD, row(诉求类别="投诉")), (GOOD,)):
        file = {"name": "orders.csv", "mimeType": "text/csv", "buffer": table(*rows)}
        page.locator("input[type=file]").set_input_files([file])
        follow(page, page.get_by_role("button", name="录入", exact=True))
        if len(rows) == 2:
            expect(page.locator("main")).to_contain_text("没有填对的格")
            check_accessible(page, "wrong")
            page.set_viewport_size(PHONE)
            check_accessible(page, "wrong on a phone")
    expect(page.locator("body")).to_contain_text("录入 1 张")
    page.goto("/office/cases/new")
    check_accessible(page, "enter")
