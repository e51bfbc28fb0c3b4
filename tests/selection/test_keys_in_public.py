"""Keys and boxes in public: anybody hands in a key that is awaited, and takes the boxes of a sealed list."""

import datetime as dt

import pytest

from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger import jobs as ledger
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import queries as entry_queries
from market.selection.notices import queries as notice_queries
from market.windows import jobs as windows
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.selection import sealing as s
from verify.zjcs import boxes


@pytest.fixture
def waiting(app, client):
    """A closed notice with three sealed quotes whose witness gives its key to nobody but by hand: its
    draw's number, the page, and the key.
    """
    with app.app_context():
        witness = s.sealing_town()
        number = f.published_notice()
        for who in [f.agency() for _ in range(3)]:
            s.enter_sealed(number, who, s.sealed(number, who))
        close = notice_queries.notice(reading(CLOCK), number).entry_close
    draw = s.draw_of(number)
    page = f"/draws/{draw}/quote-keys"
    early = hand_in(client, page, "0" * 64)
    assert early.status_code == 409 and "现在不收报价密钥" in early.text
    with app.app_context():
        fabric().clock.instant = close + dt.timedelta(seconds=60)
        windows.sweep()
        entry_jobs.seal_due()
        ledger.witness_head()
        key = witness.inner.release(draw)["sk"]
        witness.answers = False
        entry_jobs.seal_due()
        assert f.WITNESS_NAME in entry_queries.awaited_keys(reading(CLOCK), number)
    return draw, page, key


def hand_in(client, page, key, holder=f.WITNESS_NAME):
    return people.submit(client, page, {"holder": holder, "sk": key})


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("", "密钥"),
        ("1" * 64, "不是公告所列公钥"),
        ("钥匙", "不是公告所列公钥"),
        ("0" * 64, "不是公告所列公钥"),
        ("f" * 90, "80"),
    ],
)
def test_a_wrong_key_is_refused_at_its_field_and_stays_typed(client, waiting, key, told):
    _draw, page, _key = waiting
    answer = hand_in(client, page, key)
    assert answer.status_code == 422
    assert 'id="sk-error"' in answer.text and told in answer.text
    assert f'value="{key}"' in answer.text or not key


def test_anybody_hands_in_the_key_that_is_awaited_and_the_quotes_open(app, client, waiting):
    draw, page, key = waiting
    assert page in client.get(f"/draws/{draw}").text
    assert client.get(f"/draws/{draw}/boxes/1.box").status_code == 404
    done = hand_in(client, page, f"  {key[:32].upper()}{key[32:]} ")
    assert done.status_code == 303 and done.location == f"/draws/{draw}"
    again = hand_in(client, page, key)
    assert "已经收到过了" in client.get(again.location).text
    with app.app_context():
        entry_jobs.seal_due()
        shown = entry_queries.opened_boxes(reading(CLOCK), draw.replace("XQ", "GG"))
    assert sorted(shown) == [1, 2, 3]
    for no, box in shown.items():
        answer = client.get(f"/draws/{draw}/boxes/{no}.box")
        assert answer.data == box
        assert answer.data.startswith(boxes.MAGIC)
    assert client.get(f"/draws/{draw}/boxes/4.box").status_code == 404


def test_a_draw_whose_quotes_are_sealed_otherwise_has_no_keys(app, client):
    with app.app_context():
        draw = s.draw_of(f.published_notice())
    assert client.get(f"/draws/{draw}/quote-keys").status_code == 404


def test_who_guesses_is_asked_to_wait(client, waiting):
    _draw, page, _key = waiting
    answers = [hand_in(client, page, "1" * 64).status_code for _ in range(11)]
    assert answers[0] == 422 and answers[-1] == 429
