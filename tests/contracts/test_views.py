"""The letter's pages: for its parties, for whoever holds the paper."""

import re

import pytest

from market.contracts import queries
from market.db import reading
from market.kernel.actor import CLOCK
from market.selection.results import queries as result_queries
from tests.factories import selection
from tests.factories.accounts import sign_in, submit


@pytest.fixture
def awarded(app, clock):
    """A letter, its winner and an agency that did not win."""
    with app.app_context():
        notice, entrants = selection.announced_notice()
        card = result_queries.notice(reading(CLOCK), notice)
        selection.move_to(card.standstill_due)
        letter = queries.of_notice(reading(CLOCK), notice)[0]
        winner = next(made for made in entrants if made.ref == card.winner.ref)
        return letter, winner, next(made for made in entrants if made is not winner)


def test_the_letter_says_the_amount_in_words_and_carries_its_code(client, awarded):
    letter, winner, _ = awarded
    sign_in(client, winner.actor)
    page = client.get(f"/awards/{letter.number}").text
    assert "瑞中选〔2026〕1号" in page
    assert "元整" in page
    assert re.search(r'<svg[^>]*class="mk-qr"', page)
    assert "style=" not in re.search("<svg.*?</svg>", page, re.S)[0]
    assert letter.number in client.get("/awards").text


def test_others_do_not_read_it(client, new_client, awarded):
    letter, _, other = awarded
    assert new_client().get(f"/awards/{letter.number}").status_code == 303
    sign_in(client, other.actor)
    assert client.get(f"/awards/{letter.number}").status_code == 404
    assert client.get(f"/awards/{letter.number}/decline").status_code == 404


@pytest.mark.parametrize("typed", ["{number}", "瑞中选〔2026〕1号", "瑞中选（2026）1"])
def test_anybody_verifies_it_by_either_number(client, awarded, typed):
    letter, winner, _ = awarded
    for path, query in (
        (f"/verify/{typed.format(number=letter.number)}", None),
        ("/verify", {"number": typed.format(number=letter.number)}),
    ):
        page = client.get(path, query_string=query).text
        assert "现在有效" in page
        assert winner.name in page


def test_what_cannot_be_verified_says_so(client, awarded):
    assert client.get("/verify").status_code == 200
    for typed, status in (
        ("瑞中选〔2026〕99号", 404),
        ("TZ-360481-2026-99999", 404),
        ("胡写", 400),
        ("a/b/c", 400),
    ):
        answer = client.get(f"/verify/{typed}")
        assert answer.status_code == status
        assert "现在有效" not in answer.text


def test_the_winner_gives_up_and_the_paper_is_worth_nothing(client, awarded):
    letter, winner, _ = awarded
    sign_in(client, winner.actor)
    url = f"/awards/{letter.number}/decline"
    assert submit(client, url, {"reason": "capacity"}).status_code == 422
    assert (
        submit(client, url, {"reason": "capacity", "statement": "设备不能按期到位"}).status_code
        == 303
    )
    assert "已放弃" in client.get(f"/awards/{letter.number}").text
    assert client.get(url).status_code == 404
    assert "不能作为签约依据" in client.get(f"/verify/{letter.document}").text
