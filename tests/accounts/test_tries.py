"""Tries at a password are counted before they are checked, and strangers shut nobody out."""

import collections
import concurrent.futures
import datetime as dt

import pyotp
import pytest

from market.accounts import rules, service
from market.accounts.models import WrongAnswer
from market.db import db, in_one_transaction
from market.kernel.actor import VISITOR
from tests.conftest import build_app
from tests.factories import accounts
from tests.factories.accounts import PASSWORD

LOGIN = "zhang@example.org"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ELSEWHERE = "203.0.113.9"


@pytest.fixture
def person(app):
    with app.app_context():
        accounts.rules_of_the_place()
        return accounts.person(LOGIN)


def sign_in(client, password=PASSWORD, login=LOGIN, address="127.0.0.1"):
    client.environ_base["REMOTE_ADDR"] = address
    return accounts.submit(client, "/sign-in", {"login": login, "password": password})


def wrong(app, times, login=LOGIN, address=ELSEWHERE):
    with app.app_context():
        for number in range(times):
            in_one_transaction(
                service.note_wrong_answer,
                VISITOR,
                login=login.format(number),
                address=address.format(number),
            )


@pytest.mark.databases
def test_of_forty_at_once_five_are_checked(app, person):
    pages = [app.test_client() for _ in range(40)]
    fields = [accounts.forms(each.get("/sign-in").text)[-1].fields for each in pages]

    def send(number):
        data = {**fields[number], "login": LOGIN, "password": "wrong password of forty"}
        return pages[number].post("/sign-in", data=data).status_code

    with concurrent.futures.ThreadPoolExecutor(40) as pool:
        answers = collections.Counter(pool.map(send, range(40)))
    assert answers == {422: 5, 409: 35}
    with app.app_context():
        assert db.session.query(WrongAnswer).filter_by(is_wrong=True).count() == 5


@pytest.mark.databases
def test_of_forty_codes_at_once_five_are_checked(app, person, clock):
    with app.app_context():
        second_factor(person, clock)
    client = app.test_client()
    assert sign_in(client).location.startswith("/sign-in/code")
    fields = accounts.forms(client.get("/sign-in/code").text)[-1].fields
    cookie = client.get_cookie("market").value

    def send(_):
        one = app.test_client()
        one.set_cookie("market", cookie)
        return one.post("/sign-in/code", data={**fields, "code": "000000"}).status_code

    with concurrent.futures.ThreadPoolExecutor(40) as pool:
        answers = collections.Counter(pool.map(send, range(40)))
    assert answers == {422: 5, 409: 35}


def test_a_right_answer_leaves_no_try_behind(app, client, person):
    for _ in range(12):
        assert sign_in(app.test_client()).status_code == 303
    with app.app_context():
        assert db.session.query(WrongAnswer).count() == 0


def test_a_try_that_nobody_settled_counts_as_wrong(app, person, clock):
    with app.app_context():
        for _ in range(5):
            in_one_transaction(service.count_try, VISITOR, login=LOGIN, address="127.0.0.1")
    assert sign_in(app.test_client()).status_code == 409
    clock.advance(rules.TRYING)
    assert sign_in(app.test_client()).status_code == 303


SHUT = {
    "invented logins from the same address": (50, "{}@example.org", "127.0.0.1"),
    "the same login from the same address": (5, LOGIN, "127.0.0.1"),
    "the same login from everywhere": (20, LOGIN, "198.51.100.{}"),
}


@pytest.mark.databases
@pytest.mark.parametrize("strangers", SHUT.values(), ids=SHUT)
def test_who_has_signed_in_here_before_is_not_shut_out_by_strangers(app, person, strangers):
    known = app.test_client()
    assert sign_in(known).status_code == 303
    known.post("/sign-out", data={"csrf_token": accounts.token(known, "/account")})
    times, login, address = strangers
    wrong(app, times, login, address)
    assert sign_in(app.test_client()).status_code == 409
    assert sign_in(known).status_code == 303


def test_a_known_device_guesses_five_times_like_everybody(app, person):
    known = app.test_client()
    sign_in(known)
    known.post("/sign-out", data={"csrf_token": accounts.token(known, "/account")})
    assert [sign_in(known, "wrong").status_code for _ in range(6)] == [422] * 5 + [409]
    assert sign_in(known).status_code == 409


@pytest.mark.parametrize(
    "how", ["another account", "another password", "another installation", "forged"]
)
def test_a_device_is_known_to_its_own_account_and_password_alone(app, person, clock, how):
    known = app.test_client()
    sign_in(known)
    known.post("/sign-out", data={"csrf_token": accounts.token(known, "/account")})
    login = LOGIN
    password = PASSWORD
    with app.app_context():
        if how == "another account":
            login = "li@example.org"
            accounts.person(login)
        if how == "another password":
            password = "another long password"
            actor = accounts.actor_of(person)
            in_one_transaction(service.change_password, actor, old=PASSWORD, new=password)
    if how == "forged":
        cookie = known.get_cookie("market-device").value
        known.set_cookie("market-device", cookie[:-4] + "AAAA")
    if how == "another installation":
        app.config["SECRET_KEY"] = "another"
    wrong(app, 5, login, "127.0.0.1")
    assert sign_in(known, password, login).status_code == 409


def second_factor(person, clock):
    code = pyotp.TOTP(SECRET).at(clock.now())
    actor = accounts.actor_of(person)
    in_one_transaction(service.set_second_factor, actor, secret=SECRET, code=code)
    clock.advance(dt.timedelta(seconds=60))


@pytest.mark.databases
def test_the_right_second_factor_passes_an_address_that_strangers_have_shut(app, person, clock):
    with app.app_context():
        second_factor(person, clock)
        accounts.person("li@example.org")
    wrong(app, 50, "{}@example.org", "127.0.0.1")
    assert sign_in(app.test_client(), login="li@example.org").status_code == 409
    client = app.test_client()
    refused = sign_in(client, "wrong")
    assert (refused.status_code, "请等 15 分钟" in refused.text) == (409, True)
    assert sign_in(client).location.startswith("/sign-in/code")
    code = pyotp.TOTP(SECRET).at(clock.now())
    assert accounts.submit(client, "/sign-in/code", {"code": code}).status_code == 303
    assert client.get("/account").status_code == 200


def test_passwords_asked_for_inside_are_counted_too(app, client, person):
    sign_in(client)
    fields = {"old": "wrong", "password": "another long password", "again": "another long password"}
    answers = [accounts.submit(client, "/account/password", fields).status_code for _ in range(6)]
    assert answers == [422] * 5 + [409]


@pytest.mark.parametrize(
    "header", [{"X-Forwarded-For": "192.0.2.1"}, {"Forwarded": "for=192.0.2.1"}]
)
def test_the_health_page_warns_of_a_proxy_that_is_not_believed(
    app, database, clock, tmp_path, header
):
    client = app.test_client()
    assert client.get("/healthz").json["warnings"] == []
    client.get("/", headers=header)
    (warning,) = client.get("/healthz").json["warnings"]
    assert "PROXIES" in warning
    believing = build_app(database, tmp_path / "instance", clock, PROXIES=1).test_client()
    believing.get("/", headers=header)
    assert believing.get("/healthz").json["warnings"] == []
