"""What anybody may do without an account has a pace: tips, accounts, links by mail."""

import concurrent.futures
import datetime as dt

import pytest

from market.accounts.models import OutgoingMail, Person
from market.complaints.models import Tip
from market.db import db
from market.kernel.networks import place_of
from market.web.origin import origin
from tests.factories import accounts
from tests.factories import selection as f

PASSWORD = accounts.PASSWORD


def tip(number):
    return "/tips/new", {"content": f"第 {number} 条线索：有人串通报价，请核查。"}


def account(number):
    return "/register", {
        "login": f"p{number}@example.org",
        "name": "张三",
        "id_number": accounts.id_number(),
        "phone": "13812345678",
        "password": PASSWORD,
        "again": PASSWORD,
    }


def reset(number):
    return "/password/forgotten", {"login": f"known{number}@example.org"}


def activation(number):
    return "/register/again", {"login": f"known{number}@example.org"}


ACTS = [(tip, 6, Tip), (account, 20, Person), (reset, 20, OutgoingMail), (activation, 20, None)]


@pytest.fixture
def place(app):
    with app.app_context():
        f.town()
        for number in range(22):
            accounts.person(f"known{number}@example.org", verified=False)


def send(client, act, number, address="192.0.2.7"):
    client.environ_base["REMOTE_ADDR"] = address
    url, fields = act(number)
    return accounts.submit(client, url, fields)


@pytest.mark.parametrize("act, most, table", ACTS, ids=[each[0].__name__ for each in ACTS])
def test_one_address_does_it_so_often_and_others_go_on(app, client, place, clock, act, most, table):
    def kept():
        with app.app_context():
            return db.session.query(table).count() if table else 0

    before = kept()
    answers = [send(client, act, number).status_code for number in range(most + 1)]
    assert answers == [303] * most + [429]
    assert kept() - before == (most if table else 0)
    assert send(client, act, most, "198.51.100.4").status_code == 303
    clock.advance(dt.timedelta(minutes=10))
    assert send(client, act, most + 1).status_code == 303


@pytest.mark.parametrize(
    "act, most, typed",
    [
        (tip, 6, "第 6 条线索"),
        (account, 20, "p20@example.org"),
        (reset, 20, "known20@example.org"),
        (activation, 20, "known20@example.org"),
    ],
    ids=["tip", "account", "reset", "activation"],
)
def test_what_was_typed_is_still_on_the_page_that_refuses(client, place, act, most, typed):
    for number in range(most):
        send(client, act, number)
    refused = send(client, act, most)
    assert refused.status_code == 429
    assert typed in refused.text
    assert "10 分钟" in refused.text


def test_sixty_tips_at_once_leave_six(app, place):
    pages = [app.test_client() for _ in range(60)]
    fields = [
        {**accounts.forms(each.get("/tips/new").text)[-1].fields, **tip(number)[1]}
        for number, each in enumerate(pages)
    ]
    with concurrent.futures.ThreadPoolExecutor(30) as pool:
        sent = pool.map(lambda n: pages[n].post("/tips/new", data=fields[n]).status_code, range(60))
        assert sorted(sent) == [303] * 6 + [429] * 54
    with app.app_context():
        assert db.session.query(Tip).count() == 6


@pytest.mark.parametrize(
    "address, place",
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("-", "-"),
        ("", ""),
    ],
)
def test_one_subscriber_is_one_address(address, place):
    assert place_of(address) == place


def test_two_visitors_of_a_socket_for_both_kinds_of_address_are_no_likeness(app):
    """A server that listens on IPv6 for all writes IPv4 as ::ffff:…: not one network for everybody."""
    found = set()
    for address in ("::ffff:192.0.2.7", "::ffff:198.51.100.9", "192.0.2.7", "", "unix"):
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
            found.add(origin().network)
    assert len(found) == 3  # two visitors, one of them written twice, and nothing of what is none
