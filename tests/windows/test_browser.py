"""The board and the feed as a person sees them, wide and narrow."""

import pytest
from playwright.sync_api import expect

from tests.browser import check_accessible, follow, picture, signed_in
from tests.windows.test_views import bodies  # noqa: F401

pytestmark = pytest.mark.browser


def test_a_head_of_office_reads_the_board_and_takes_the_feed_with_him(
    bodies,  # noqa: F811
    app,
    visitor,
    live_server,
):
    for name, size in (
        ("wide", {"width": 1280, "height": 900}),
        ("narrow", {"width": 390, "height": 844}),
    ):
        page = signed_in(visitor(viewport=size, bypass_csp=True), app, live_server.url, bodies[2])
        page.goto("/office/windows")
        expect(page.locator("tbody tr")).to_have_count(4)
        check_accessible(page)
        picture(page, f"board-{name}")
        page.locator("select[name=show]").select_option("soon")
        follow(page, page.get_by_role("button", name="筛选"))
        expect(page.locator("tbody tr")).to_have_count(2)
        page.goto("/todo/feed")
        follow(page, page.locator("main form[action='/todo/feed'] button"))
        expect(page.locator("#feed-address")).to_contain_text("/todo.ics?key=")
        check_accessible(page)
        picture(page, f"feed-{name}")
