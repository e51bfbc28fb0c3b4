"""The site on a phone's home screen: a switch, a manifest, one page for when it cannot be reached."""

import base64
import hashlib
import re

import pytest

from tests.browser import signed_in
from tests.factories import accounts as people
from tests.factories import rulebook

ADDRESSES = ("/manifest.webmanifest", "/offline", "/service-worker.js")


@pytest.fixture
def installed(app):
    with app.app_context():
        rulebook.installable()
    return app


def test_as_shipped_there_is_nothing_to_install(app, client):
    with app.app_context():
        rulebook.default_rulebook()
    assert [client.get(address).status_code for address in ADDRESSES] == [404, 404, 404]
    assert 'rel="manifest"' not in client.get("/").text


def test_the_frame_leads_to_a_manifest_whose_icons_are_there(installed, client):
    installed.config["SITE_JURISDICTION"] = "瑞昌市"
    assert '<link rel="manifest" href="/manifest.webmanifest"' in client.get("/").text
    answer = client.get("/manifest.webmanifest", headers={"Cookie": "lang=en"})
    assert answer.mimetype == "application/manifest+json"
    assert answer.json["name"] == "瑞昌市中介服务超市"
    assert (answer.json["start_url"], answer.json["scope"]) == ("/", "/")
    for icon in answer.json["icons"]:
        picture = client.get(icon["src"]).data
        width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))  # of IHDR
        assert icon["sizes"] == f"{width}x{height}"
    assert "manifest-src 'self'" in client.get("/").headers["Content-Security-Policy"]


def test_the_page_for_when_the_site_is_away_needs_nothing_else(installed, client):
    answer = client.get("/offline")
    assert not re.search(r"(src|href)=\"[^\"]", answer.text)
    style = answer.text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
    assert "现在连不上本平台" in answer.text
    assert "This site cannot be reached now" in answer.text


def test_another_page_is_another_worker_and_another_reader_is_not(installed, client):
    first = client.get("/service-worker.js")
    assert first.mimetype == "text/javascript"
    assert hashlib.sha256(client.get("/offline").data).hexdigest() in first.text
    assert client.get("/service-worker.js", headers={"Cookie": "lang=en"}).data == first.data
    installed.config["SITE_PHONE"] = "0792-4200000"
    assert client.get("/service-worker.js").data != first.data


@pytest.mark.browser
def test_who_has_lost_the_network_reads_what_to_do_and_nothing_else_is_kept(
    installed, live_server, visitor
):
    with installed.app_context():
        who = people.person("zhang@example.org")
    page = signed_in(
        visitor(viewport={"width": 390, "height": 844}), installed, live_server.url, who
    )
    page.goto(f"{live_server.url}/todo")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.goto(f"{live_server.url}/todo")
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/notices")
    page.get_by_role("heading", name="现在连不上本平台").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.set_offline(False)
    page.get_by_role("link", name="再试一次").click()
    page.get_by_role("heading", name="选取公告").wait_for()
    kept = page.evaluate(
        "caches.keys().then(names => Promise.all(names.map(name => caches.open(name)"
        ".then(cache => cache.keys())))).then(all => all.flat().map(each => each.url))"
    )
    assert kept == [f"{live_server.url}/offline"]
