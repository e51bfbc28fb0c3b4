"""A real browser: Debian's Chromium driven by Playwright. Nothing is downloaded."""

import json
import os
import pathlib
import shutil
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from market.kernel.actor import Actor
from tests.factories import accounts
from tests.needs import missing

HOW = "install Debian's chromium, or set CHROMIUM to the program"
NAMES = ("chromium", "chromium-browser", "google-chrome")
# Debian's Chromium in a container: no sandbox as root, and no calls to the world outside.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 60_000  # a busy machine is no fault of a page

AXE = pathlib.Path(__file__).parents[1] / "static/vendor/axe.min.js"
WIDER = "() => document.documentElement.scrollWidth > innerWidth"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def chromium() -> str | None:
    """Path of the browser: CHROMIUM, else the first one on PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    path = chromium()
    if path is None:
        missing("Chromium", HOW)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chrome
        chrome.close()


@pytest.fixture
def visitor(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """A function that opens a page for a new person (cookies of their own): visitor(),
    visitor(viewport=PHONE).

    Extra keywords are Playwright's for a context, such as java_script_enabled=False. At the end no
    page may have thrown an error or logged one, a breach of the Content-Security-Policy included.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def visit(**options: object) -> Page:
        settings = {
            "base_url": live_server.url,
            "viewport": DESKTOP,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            **options,
        }
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on(
            "console", lambda message: note_console(faults, page.url, message.type, message.text)
        )
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not faults, "errors in the browser:\n" + "\n".join(faults)


def note_console(faults: list[str], url: str, kind: str, text: str) -> None:
    """Keep what the console says is an error."""
    # Chromium logs a page that answers 4xx on purpose as an error of loading: the test looks at the
    # status itself.
    if kind == "error" and "the server responded with a status of 4" not in text:
        faults.append(f"{url}: {text}")


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    """A page at 1280 px."""
    return visitor()


@pytest.fixture
def phone(visitor: Callable[..., Page]) -> Page:
    """A page at 390 px, with touch."""
    return visitor(viewport=PHONE, has_touch=True, is_mobile=True)


def follow(page: Page, what: Locator) -> None:
    """Click what leads to a page, and wait until that page is there.

    A bare click returns as soon as the answer begins to come: what is read then (title, focus,
    count, address) may still be the old page's, or nobody's.
    """
    with page.expect_navigation():
        what.click()


def picture(page: Page, name: str) -> None:
    """A picture for who looks with own eyes, where SHOTS names a folder: called by the test's file, `name`
    and the width.
    """
    if folder := os.environ.get("SHOTS"):
        test = pathlib.Path(os.environ["PYTEST_CURRENT_TEST"].partition("::")[0]).stem
        width = page.evaluate("innerWidth")
        page.screenshot(path=f"{folder}/{test}-{name}-{width}.png", full_page=True)


def look(page: Page, name: str) -> None:
    """Nothing beside the screen, nothing that axe finds; and a picture."""
    check_accessible(page, name)
    picture(page, name)


def check_accessible(page: Page, name: object = "") -> None:
    """The page as it is now has no breach of WCAG 2.2 AA and nothing beside the screen."""
    here = f"{page.url} {name}"
    assert not page.evaluate(WIDER), f"{here}: wider than the screen"
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)["violations"]
    assert not found, here + json.dumps(
        [(one["id"], one["nodes"][0]["html"]) for one in found], ensure_ascii=False
    )


def signed_in(page: Page, app: Flask, url: str, who: Actor | str | int) -> Page:
    """Give the browser the session of a person (an Actor, a login or a person's id): signing in has
    its own tests.
    """
    client = app.test_client()
    accounts.sign_in(client, who)
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    page.context.add_cookies([{"name": name, "value": cookie.value, "url": url}])
    return page
