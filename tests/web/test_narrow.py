"""No page and no desk is wider than the screen: at 320 px, also with large text."""

import pytest
from flask import url_for

from market.db import in_one_transaction
from market.kernel.actor import CLOCK
from market.portal.navigation import desks_of
from market.search import service as search
from tests.browser import WIDER, signed_in
from tests.factories import accounts as people
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
    assert wide(page, addresses) == []


def wide(page, addresses: list[str], larges: str = "01") -> list[str]:
    """Those of some addresses whose page is wider than the screen, as it is (0) or with large text."""
    found = []
    for large in larges:
        page.goto(f"/?large={large}")
        for address in addresses:
            answer = page.goto(address, wait_until="load")
            is_page = answer and answer.ok and "html" in answer.headers.get("content-type", "")
            if is_page and page.evaluate(WIDER):
                found.append(f"{address} large={large}")
    return found


WORK = {
    "office": ("enrolment_checker", "notice_reviewer", "publisher", "case_officer", "intake_clerk"),
    "inspection": ("inspector",),
    "agency": (),
    "owner": (),
}


@pytest.mark.parametrize("kind", WORK)
def test_no_desk_is_wider_than_a_narrow_screen(app, live_server, visitor, kind):
    with app.app_context():
        number = selection.published_notice()
        complaints.filed(number)
        agencies.submitted_agency(name="瑞昌市赤湖勘测规划设计咨询有限责任公司")
        who = {
            "agency": lambda: agencies.active_agency().actor,
            "owner": lambda: selection.owner().drafter,
        }.get(kind, lambda: people.staff(kind, *WORK[kind]))()
    with app.test_request_context():
        desks = [url_for(endpoint) for endpoint, _label in desks_of(who)]
    page = signed_in(visitor(viewport=NARROW), app, live_server.url, who)
    cases = []
    for desk in desks:
        page.goto(desk)
        cases += [each.get_attribute("href") for each in page.locator("[data-case]").all()[:1]]
    assert wide(page, ["/todo", *desks, *cases], larges="1") == []
