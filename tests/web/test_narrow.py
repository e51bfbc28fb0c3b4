"""No public page is wider than the page: at 320 px, also with large text."""

import pytest

from market.db import in_one_transaction
from market.kernel.actor import CLOCK
from market.search import service as search
from tests.browser import WIDER
from tests.factories import agencies, complaints, selection

NARROW = {"width": 320, "height": 700}
NO_PAGES = (
    ".json",
    ".ics",
    ".xml",
    ".atom",
    ".csv",
    "/healthz",
    "/metrics",
    "/log/checkpoint",
    "/log/keys",
)


@pytest.fixture
def addresses(app) -> list[str]:
    """Every public page without parts in its address, and one of each kind of thing."""
    with app.app_context():
        agencies.town()
        title = "瑞昌市桂林街道办公楼规划放线GuilinSubdistrictOfficeBuildingSettingOut2026"
        open_now = selection.published_notice(title=title)
        done = selection.announced_notice()[0]
        complaint = complaints.filed(done)
        made = agencies.active_agency(name="瑞昌赤湖测绘有限公司")
        in_one_transaction(search.rebuild, CLOCK)
    plain = sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if not rule.arguments
        and "GET" in rule.methods
        and getattr(app.view_functions[rule.endpoint], "may", "") == "public"
        and not rule.rule.endswith(NO_PAGES)
    )
    things = [
        f"/notices/{open_now}",
        f"/notices/{done}",
        f"/draws/{done.replace('GG', 'XQ')}",
        f"/complaints/{complaint}",
        f"/agencies/{made.uscc}",
        "/catalogue/301",
        "/log/entries/0",
        "/search?q=放线",
    ]
    return plain + things


def test_no_public_page_is_wider_than_a_narrow_screen(addresses, visitor):
    page = visitor(viewport=NARROW)
    wide = []
    for large in ("0", "1"):
        page.goto(f"/?large={large}")
        for address in addresses:
            answer = page.goto(address, wait_until="load")
            is_page = answer and answer.ok and "html" in answer.headers.get("content-type", "")
            if is_page and page.evaluate(WIDER):
                wide.append(f"{address} large={large}")
    assert wide == []
