"""The pages of the calendar and the rulebook in a real browser: accessible, fitting, usable without
scripts.
"""

import datetime as dt

import pytest
from playwright.sync_api import expect

from market.db import in_one_transaction
from market.rulebook import service as rulebook
from market.workdays import service as workdays
from tests.browser import DESKTOP, PHONE, check_accessible, follow, signed_in
from tests.factories import accounts
from tests.factories.deeds import do
from tests.workdays.test_service import NOTICE, notice_2027

PUBLIC = [
    "/calendar",
    "/calendar/2027",
    "/calculator?trigger=2026-12-29+09:00&n=3&unit=working_day",
    "/calculator?trigger=x",
    "/rulebook",
    "/rulebook/2",
]
OFFICE = [
    "/office/calendar",
    "/office/calendar/CN-2027-1",
    "/office/rulebook",
    "/office/rulebook/3",
]
EDITOR_S = ["/office/calendar/new", "/office/rulebook/new"]


@pytest.fixture
def people(app):
    """An editor and an approver; one import and one version wait for approval."""
    with app.app_context():
        accounts.rules_of_the_place()
        authority = accounts.organisation("authority")
        editor = accounts.member(authority, "rule_editor")
        approver = accounts.member(authority, "rule_approver")
        in_one_transaction(workdays.import_arrangement, editor, text=notice_2027(), **NOTICE)
        change = {"document_number": "瑞府办发〔2026〕12号", "title": "关于缩短办理期限的通知"}
        for version, days in ((2, 10), (3, 9)):
            in_one_transaction(
                rulebook.propose,
                editor,
                values={"decide_days": (days, "working_day")},
                **change,
                in_force_from=dt.date(2026, 3, 5),
            )
            if version == 2:
                do(rulebook.approve, approver, version=version)
    return editor, approver


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_are_accessible_and_fit(people, app, visitor, live_server, viewport):
    stranger = visitor(viewport=viewport, bypass_csp=True)
    for path in PUBLIC:
        stranger.goto(path)
        check_accessible(stranger)
    for who, paths in zip(people, (OFFICE + EDITOR_S, OFFICE), strict=True):
        page = signed_in(visitor(viewport=viewport, bypass_csp=True), app, live_server.url, who)
        for path in paths:
            page.goto(path)
            check_accessible(page)


def test_the_calculator_works_without_scripts(people, visitor):
    page = visitor(java_script_enabled=False)
    page.goto("/calculator")
    page.fill("#trigger", "2026年9月29日 17:00")
    page.fill("#n", "3")
    follow(page, page.get_by_role("button", name="计算"))
    expect(page.get_by_role("heading", name="2026-10-09 24:00 前")).to_be_visible()


def test_a_second_person_approves_in_the_page(people, app, visitor, live_server):
    page = signed_in(visitor(), app, live_server.url, people[1])
    page.goto("/office/calendar/CN-2027-1")
    follow(page, page.get_by_role("button", name="批准生效"))
    expect(page.get_by_text("已批准生效")).to_be_visible()
    page.goto("/calendar/2027")
    expect(page.get_by_text(NOTICE["document_number"])).to_be_visible()
