"""The specimen pages in a real browser: accessible, nothing beside the screen, and usable without scripts."""
import re

import pytest
from flask import Flask

from tests.browser import DESKTOP, PHONE
from tests.web.specimen import ROOT, create_specimen

PAGES = ["list", "object", "form", "done", "letter", "broken/404"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
VIEWS = ["", "?large=1", "?contrast=1", "?lang=en"]


@pytest.fixture
def app() -> Flask:
    return create_specimen(DEMO=True, WTF_CSRF_ENABLED=False)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_are_accessible_and_fit(visitor, live_server, viewport):
    page = visitor(viewport=viewport, bypass_csp=True)
    axe = (ROOT / "static/vendor/axe.min.js").read_text()
    for name in PAGES:
        for view in VIEWS:
            if name.startswith("broken") and view:
                continue
            page.goto(f"/{name}{view}")
            page.evaluate(axe)
            found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)["violations"]
            assert not found, (name, view, [(fault["id"], fault["nodes"][0]["html"]) for fault in found])
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, view)


def test_errors_take_the_focus_and_lead_to_their_fields(page):
    page.goto("/form")
    page.fill("#title", "项目")
    page.get_by_role("button", name="提交审核").click()
    assert page.title().startswith("错误：")
    assert "govuk-error-summary" in page.evaluate("document.activeElement.className")
    page.get_by_role("link", name="“项目名称”至少写 4 个字").click()
    assert page.evaluate("document.activeElement.id") == "title"


def test_the_counter_speaks_chinese(page):
    page.goto("/form")
    page.fill("#text", "一二三")
    page.locator(".govuk-character-count__status").get_by_text("还可以写 197 个字").wait_for()


def test_a_countdown_ticks_by_the_servers_clock(page):
    page.goto("/object")
    assert re.fullmatch(r"还剩 1 天 0[56]:\d\d:\d\d", page.locator(".mk-side time[data-countdown]").inner_text())


def test_large_text_switches_at_once_and_stays(page):
    page.goto("/list")
    page.get_by_role("link", name="大字版").click()
    assert "mk-large" in page.evaluate("document.documentElement.className")
    page.goto("/object")
    assert "mk-large" in page.evaluate("document.documentElement.className")
    page.get_by_role("link", name="标准字号").click()
    assert "mk-large" not in page.evaluate("document.documentElement.className")


def test_everything_can_be_done_without_scripts(visitor):
    page = visitor(java_script_enabled=False)
    page.goto("/object")
    assert page.locator(".mk-side time[data-countdown]").inner_text() == "2026-03-05 16:00"
    page.get_by_role("link", name="大字版").click()
    assert "mk-large" in page.locator("html").get_attribute("class")
    page.goto("/form")
    page.get_by_role("button", name="提交审核").click()
    assert page.get_by_role("link", name="请选择“资金来源”").is_visible()
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_keyboard_reaches_the_text_first(page):
    page.goto("/list")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
