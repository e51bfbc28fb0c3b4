"""The board and the feed as a person sees them, wide and narrow."""
import os
import pathlib

import pytest

from tests.factories import accounts
from tests.windows.test_views import bodies  # noqa: F401

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SHOTS")


def sign_in(page, app, url: str, who) -> None:
    """Give the browser a session: signing in has its own tests."""
    client = app.test_client()
    accounts.sign_in(client, who)
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])


def shot(page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=pathlib.Path(SHOTS) / f"{name}.png", full_page=True)


def test_a_head_of_office_reads_the_board_and_takes_the_feed_with_him(bodies, app, visitor, live_server):  # noqa: F811
    for name, size in (("wide", {"width": 1280, "height": 900}), ("narrow", {"width": 390, "height": 844})):
        page = visitor(viewport=size)
        sign_in(page, app, live_server.url, bodies[2])
        page.goto("/office/windows")
        assert page.locator("tbody tr").count() == 4
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        shot(page, f"board-{name}")
        page.locator("select[name=show]").select_option("soon")
        page.get_by_role("button", name="筛选").click()
        assert page.locator("tbody tr").count() == 2
        page.goto("/todo/feed")
        page.locator("main form[action='/todo/feed'] button").click()
        assert "/todo.ics?key=" in page.locator("#feed-address").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        shot(page, f"feed-{name}")
