"""The desks by keyboard, in a real browser: down the list, into a case, on to the next, and back."""

import os
import pathlib

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE, check_accessible, signed_in
from tests.factories import accounts as people
from tests.factories import agencies, complaints, owners, selection


def at_owners():
    agencies.town()
    for name in ("瑞昌市赤湖投资有限公司", "瑞昌市桂林建设有限公司"):
        owners.registered(name=name)
    return people.staff("office", "enrolment_checker"), "/office/owners"


def at_enrolments():
    agencies.town()
    for _ in range(2):
        agencies.submitted_agency()
    return agencies.checker(), "/office/enrolments"


def at_complaints():
    selection.town()
    desk = complaints.desk()
    for _ in range(2):
        complaints.filed(selection.published_notice())
    return desk.officer, "/office/complaints"


def at_selections():
    selection.town()
    for _ in range(2):
        selection.published_notice()
    return people.staff("inspection", "inspector"), "/office/selections"


def picture(page, name: str) -> None:
    """Keep a picture where PICTURES says."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=pathlib.Path(folder, f"{name}.png"), full_page=True)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scene", [at_owners, at_enrolments, at_complaints, at_selections])
def test_a_desk_is_worked_by_keys_alone(app, live_server, visitor, scene, size):
    with app.app_context():
        who, url = scene()
    page = signed_in(visitor(viewport=size), app, live_server.url, who)
    page.goto(url)
    cases = page.locator("[data-case]")
    expect(cases).to_have_count(2)
    check_accessible(page)
    picture(page, f"{scene.__name__}-list-{size['width']}")

    page.keyboard.press("j")
    expect(cases.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(cases.nth(1)).to_be_focused()
    page.keyboard.press("k")
    first = cases.nth(0).get_attribute("href")
    second = cases.nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{first}")

    expect(page.get_by_role("group", name="决定")).to_be_in_viewport()
    check_accessible(page)
    picture(page, f"{scene.__name__}-case-{size['width']}")
    page.keyboard.press("n")
    page.wait_for_url(f"**{second}")
    page.keyboard.press("u")
    page.wait_for_url(f"**{url}")
    page.keyboard.press("/")
    page.keyboard.type("没有")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(" 0 件")


def test_a_decision_offers_whom_and_on_what(app, live_server, visitor):
    with app.app_context():
        selection.town()
        desk = complaints.desk()
        number = complaints.accepted(complaints.filed(selection.announced_notice()[0]), desk)
    page = signed_in(visitor(), app, live_server.url, desk.officer)
    page.goto(f"/complaints/{number}/decide")

    assert page.locator("#agencies option").count() >= 2
    page.get_by_text("可引用的依据").click()
    page.get_by_role("button", name="填入").first.click()

    assert page.locator("#legal_basis").input_value()
    check_accessible(page)
    picture(page, "decide-1280")
