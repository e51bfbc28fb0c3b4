"""What is new, for readers that look by themselves; what programs may read; the cards of links."""

from xml.etree import ElementTree

import pytest

from market.agencies.rules import Type
from tests.factories import agencies, complaints, selection

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LISTS = ("/notices", "/results", "/agencies", "/complaints")
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def town(app):
    """A notice with a result and a complaint; its number."""
    with app.app_context():
        number = selection.announced_notice()[0]
        complaints.filed(number)
        return number


def feed(client, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/atom+xml"
    return ElementTree.fromstring(answer.data)


def test_every_list_has_a_feed_and_its_page_says_so(app, town):
    client = app.test_client()
    for address in LISTS:
        page = client.get(address).text
        assert f'<link rel="alternate" type="application/atom+xml" href="{address}.atom"' in page

        found = feed(client, f"{address}.atom")
        entries = found.findall(f"{ATOM}entry")
        assert entries
        for entry in [found, *entries]:
            assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
        stamps = [entry.findtext(f"{ATOM}updated") for entry in entries]
        assert found.findtext(f"{ATOM}updated") == max(stamps)
        for entry in entries:
            assert client.get(entry.findtext(f"{ATOM}id")).status_code == 200


def test_a_feed_follows_the_filter_and_one_without_entries_stands(app, town):
    client = app.test_client()
    assert 'href="/notices.atom?q=' in client.get("/notices?q=没有这样的标题").text
    assert feed(client, "/notices.atom?q=没有这样的标题").findall(f"{ATOM}entry") == []


def test_marks_in_a_title_stay_text(app):
    with app.app_context():
        selection.published_notice(title="<b>办公楼</b> & 测绘")
    entry = feed(app.test_client(), "/notices.atom").find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "<b>办公楼</b> & 测绘"


def test_a_sole_trader_s_code_is_not_given_in_bulk(app):
    with app.app_context():
        firm = agencies.active_agency()
        trader = agencies.active_agency(type=Type.INDIVIDUAL)
    text = app.test_client().get("/agencies.atom").text
    assert firm.uscc in text
    assert trader.uscc not in text


def test_programs_find_what_they_may_read(app, town):
    client = app.test_client()
    rules = client.get("/robots.txt")
    assert rules.mimetype == "text/plain"
    assert "Disallow: /office/" in rules.text

    address = next(line for line in rules.text.splitlines() if line.startswith("Sitemap: "))
    found = ElementTree.fromstring(client.get(address.removeprefix("Sitemap: ")).data)
    places = [place.text for place in found.iter(f"{MAP}loc")]
    assert any(place.endswith(f"/notices/{town}") for place in places)
    assert len(places) == len(set(places))
    for place in places:
        assert client.get(place).status_code == 200, place


def test_a_link_that_is_passed_on_has_its_card(app, town):
    client = app.test_client()
    for page in (f"/notices/{town}", f"/draws/XQ{town[2:]}"):
        text = client.get(page).text
        picture = text.partition('property="og:image" content="')[2].partition('"')[0]
        assert picture.startswith("http")
        answer = client.get(picture)
        assert answer.mimetype == "image/png"
        assert answer.data.startswith(PNG)
