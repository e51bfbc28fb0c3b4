"""The page that verifies in the visitor's browser, under the product's strict
Content-Security-Policy.
"""

import functools
import http.server
import threading

import pytest
from playwright.sync_api import expect

from tests.verify.forge import Forge, keys_json, make
from tests.verify.forgeries import FORGED
from tests.verify.node import ROOT
from tests.verify.vectors import worked
from verify.zjcs.words import for_pages

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>draw</title>
<link rel="icon" href="data:,">
<section id="verify" data-evidence="/evidence.json" data-words="/static/verify/words.{lang}.json" {more}>{button}
<ol id="verify-steps"></ol><p id="verify-verdict" role="status"></p></section>
<script type="module" src="/static/verify/page.js"></script></html>"""


class Site(http.server.SimpleHTTPRequestHandler):
    """The static files, and pages from a dictionary."""

    pages: dict[str, str]

    def __init__(self, *arguments):
        super().__init__(*arguments, directory=str(ROOT))

    def do_GET(self):
        if self.path not in self.pages:
            return super().do_GET()
        data = self.pages[self.path].encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if self.path == "/" else "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        return self.wfile.write(data)

    def log_message(self, format, *arguments):
        pass


@pytest.fixture
def show(browser):
    """Open a page with this evidence: (page, what the console complained about)."""
    servers = []
    contexts = []

    def open_page(text, lang="en", button="", vendor=True, **pages):
        more = 'data-keys="/keys.json"' if "keys" in pages else ""
        html = PAGE.format(lang=lang, button=button, more=more)
        files = {"/": html, "/evidence.json": text, "/keys.json": pages.get("keys")}
        site = type(
            "Bound",
            (Site,),
            {"pages": {path: file for path, file in files.items() if file is not None}},
        )
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(site))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        contexts.append(browser.new_context())
        if not vendor:
            contexts[-1].route("**/static/vendor/**", lambda route: route.abort())
        page = contexts[-1].new_page()
        faults = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda message: faults.append(message.text) if message.type == "error" else None,
        )
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        return page, faults

    yield open_page
    for context in contexts:
        context.close()
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.browser
def test_an_honest_draw_is_ticked_off_step_by_step(show):
    page, faults = show(Forge().text(), keys=keys_json())
    expect(page.locator("#verify-verdict")).to_contain_text("VERIFIED")
    expect(page.locator("#verify-steps .verify-ok")).to_have_count(25)
    expect(page.locator("#verify-steps li:not(.verify-ok)")).to_have_count(0)
    assert faults == []


@pytest.mark.browser
def test_a_forged_draw_stops_at_its_rule_in_chinese(show):
    page, _ = show(make(FORGED["the wrong winner"].change).text(), lang="zh")
    expect(page.locator("#verify-verdict")).to_contain_text("核对不通过")
    expect(page.locator("#verify-steps .verify-bad")).to_contain_text("规则 11")


@pytest.mark.browser
def test_a_round_of_drand_is_checked_in_the_browser_and_a_button_starts(show):
    page, faults = show(
        worked("evidence"), button='<button type="button" data-verify-start>go</button>'
    )
    expect(page.locator("#verify-steps li")).to_have_count(0)
    page.get_by_role("button").click()
    expect(page.locator("#verify-verdict")).to_contain_text("VERIFIED")
    expect(page.locator("#verify-verdict")).to_contain_text("whole-log check")
    expect(page.locator("#verify-steps .verify-ok")).to_have_count(25)
    assert faults == []


@pytest.mark.browser
def test_without_the_library_drand_stays_undecided(show):
    page, _ = show(worked("evidence"), vendor=False)
    expect(page.locator("#verify-verdict")).to_contain_text("UNDECIDED")
    expect(page.locator("#verify-steps .verify-open")).to_have_count(1)


@pytest.mark.browser
def test_an_evidence_file_that_does_not_come_is_said(show):
    page, _ = show(None)
    expect(page.locator("#verify-verdict")).to_have_text("✗ 404 /evidence.json")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_s_words_are_the_verifier_s_words(lang):
    """Out of step? python -m verify.zjcs.words zh > static/verify/words.zh.json (and en)."""
    assert (ROOT / f"static/verify/words.{lang}.json").read_text(encoding="utf-8") == for_pages(
        lang
    )


def test_no_script_needs_what_the_policy_forbids():
    for path in (ROOT / "static/verify").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for word in ("eval(", "new Function", "innerHTML", "document.write", "http://", "https://"):
            assert word not in text, path
