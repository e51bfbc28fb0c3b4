"""A real browser: Debian's Chromium driven by Playwright. Nothing is downloaded."""
import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.needs import missing

HOW = "install Debian's chromium, or set CHROMIUM to the program"
NAMES = ("chromium", "chromium-browser", "google-chrome")
# Debian's Chromium in a container: no sandbox as root, and no calls to the world outside.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def chromium() -> str | None:
    """Path of the browser: CHROMIUM, else the first one on PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    path = chromium()
    if path is None:
        missing("Chromium", HOW)
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chrome
        chrome.close()


@pytest.fixture
def visitor(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """A function that opens a page for a new person (cookies of their own): visitor(), visitor(viewport=PHONE).

    Extra keywords are Playwright's for a context, such as java_script_enabled=False. At the end no page may have
    thrown an error or logged one, a breach of the Content-Security-Policy included.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def visit(**options: object) -> Page:
        settings = {"base_url": live_server.url, "viewport": DESKTOP, "locale": "zh-CN",
                    "timezone_id": "Asia/Shanghai", **options}
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: note_console(faults, page.url, message.type, message.text))
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not faults, "errors in the browser:\n" + "\n".join(faults)


def note_console(faults: list[str], url: str, kind: str, text: str) -> None:
    """Keep what the console says is an error."""
    # Chromium logs a page that answers 4xx on purpose as an error of loading: the test looks at the status itself.
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
