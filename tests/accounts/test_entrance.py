"""Signing in and out, opening an account: pages, whole."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa

from market.accounts import queries
from market.accounts.models import OutgoingMail
from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.operations.models import Mode
from market.operations.service import install
from tests.conftest import build_app
from tests.factories import accounts
from tests.factories.accounts import PASSWORD

LOGIN = "zhang@example.org"


@pytest.fixture
def place(app):
    with app.app_context():
        accounts.rules_of_the_place()


@pytest.fixture
def person(app, place):
    with app.app_context():
        return accounts.person(LOGIN)


@pytest.fixture
def demo(app, place):
    """The installation is a demonstration."""
    with app.app_context():
        in_one_transaction(install, CLOCK, mode=Mode.DEMO)


def sign_in(client, login=LOGIN, password=PASSWORD, url="/sign-in"):
    return accounts.submit(client, url, {"login": login, "password": password})


def form(**changes):
    return {
        "login": LOGIN,
        "name": "张三",
        "id_number": accounts.id_number(),
        "phone": "13812345678",
        "password": PASSWORD,
        "again": PASSWORD,
        **changes,
    }


# --- signing in ---------------------------------------------------------------------------


def test_a_person_signs_in_and_out(client, person):
    assert sign_in(client, "Zhang@example.org").status_code == 303
    page = client.get("/account")
    assert LOGIN in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get("/sign-in").status_code == 303
    token = accounts.token(client, "/account")
    assert client.post("/sign-out", data={"csrf_token": token}).status_code == 303
    assert client.get("/account").location == "/sign-in?next=/account"


def test_a_copied_cookie_is_worth_nothing_after_signing_out(app, client, person):
    sign_in(client)
    with client.session_transaction() as session:
        stolen = session["_user_id"]
    client.post("/sign-out", data={"csrf_token": accounts.token(client, "/account")})
    thief = app.test_client()
    with thief.session_transaction() as session:
        session["_user_id"] = stolen
    assert thief.get("/account").status_code == 303


def test_the_session_is_new_at_sign_in(client, person):
    client.get("/sign-in")
    with client.session_transaction() as session:
        session["planted"] = "by another"
    sign_in(client)
    with client.session_transaction() as session:
        assert "planted" not in session


@pytest.mark.parametrize("login, password", [(LOGIN, "wrong"), ("nobody@example.org", PASSWORD)])
def test_a_wrong_password_and_an_unknown_login_read_the_same(client, person, login, password):
    answer = sign_in(client, login, password)
    assert answer.status_code == 422
    assert "邮箱或密码不正确" in answer.text
    assert login in answer.text
    assert password not in answer.text


def test_the_sixth_try_waits(client, person):
    for _ in range(5):
        sign_in(client, password="wrong")
    answer = sign_in(client)
    assert answer.status_code == 409
    assert "请等 15 分钟" in answer.text


@pytest.mark.parametrize(
    "onward, goes",
    [
        ("/account/password", "/account/password"),
        ("//evil.example", None),
        ("https://evil.example/", None),
        ("/\\evil.example", None),
        ("javascript:alert(1)", None),
        ("/\tx", None),
        ("", None),
        ("/account/switch", None),
        ("/nowhere", None),
    ],
)
def test_one_goes_on_to_paths_of_this_site_alone(client, person, onward, goes):
    token = accounts.token(client, "/sign-in")
    answer = client.post(
        "/sign-in",
        query_string={"next": onward},
        data={"csrf_token": token, "login": LOGIN, "password": PASSWORD},
    )
    assert answer.status_code == 303
    assert answer.location in ([goes] if goes else ["/todo", "/account"])


def test_an_idle_session_asks_to_sign_in_again(client, person, clock):
    sign_in(client)
    clock.advance(dt.timedelta(minutes=29))
    assert client.get("/account").status_code == 200
    clock.advance(dt.timedelta(minutes=29))
    assert client.get("/account").status_code == 200
    clock.advance(dt.timedelta(minutes=31))
    assert client.get("/account").status_code == 303


def test_a_request_looks_its_session_up_once(app, client, person):
    sign_in(client)
    asked = []
    with app.app_context():
        engine = db.engine
    sa.event.listen(
        engine, "checkout", lambda connection, *_: connection.set_trace_callback(asked.append)
    )
    client.get("/account/password")
    assert len([words for words in asked if "FROM sign_in" in words]) == 1


def test_a_form_that_was_open_when_the_session_ended_can_still_be_sent(client, person, clock):
    sign_in(client)
    token = accounts.token(client, "/account")
    clock.advance(dt.timedelta(hours=1))
    client.get("/account")
    sign_in(client)
    assert (
        client.post("/account/language", data={"csrf_token": token, "language": "en"}).status_code
        == 303
    )


def test_behind_https_the_cookie_says_host_and_secure(database, tmp_path, clock):
    app = build_app(
        database, tmp_path / "instance", clock, PUBLIC_URL="https://zjcs.example.gov.cn"
    )
    answer = app.test_client().get("/sign-in", base_url="https://zjcs.example.gov.cn")
    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if "market" in each]
    assert cookie.startswith("__Host-market=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))


def test_without_a_token_nothing_is_posted(client, person):
    for path in (
        "/sign-in",
        "/sign-out",
        "/register",
        "/account/switch",
        "/account/sessions/revoke",
    ):
        assert client.post(path).status_code == 400


# --- opening an account -------------------------------------------------------------------


def test_in_a_demonstration_the_link_is_on_the_page(app, client, demo):
    assert accounts.submit(client, "/register", form()).location == "/register/sent"
    page = client.get("/register/sent").text
    link = re.search(r"/activate/[0-9a-f]{64}", page)[0]
    assert client.get(link).status_code == 200  # opening it does nothing yet
    with app.app_context():
        assert not queries.by_login(reading(CLOCK), LOGIN).is_named
    assert accounts.submit(client, link).status_code == 303
    with app.app_context():
        assert queries.by_login(reading(CLOCK), LOGIN).is_named
    assert accounts.submit(client, link).status_code == 409


def test_without_a_mail_server_one_is_sent_to_the_counter_and_no_link_is_shown(app, client, place):
    accounts.submit(client, "/register", form())
    page = client.get("/register/sent").text
    assert "协管办窗口" in page
    assert "/activate/" not in page


def test_with_a_mail_server_the_link_is_in_the_mail_alone(app, client, demo):
    app.config.update(SMTP_URL="smtp://127.0.0.1:1", PUBLIC_URL="https://zjcs.example.gov.cn")
    accounts.submit(client, "/register", form())
    page = client.get("/register/sent").text
    assert "请查收邮件" in page
    assert "/activate/" not in page
    with app.app_context():
        mail = db.session.query(OutgoingMail).one()
    assert mail.subject == "激活您的账户"
    assert re.search(r"https://zjcs\.example\.gov\.cn/activate/[0-9a-f]{64}\n", mail.body)


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("login", "no address", "请填写有效的电子邮箱"),
        ("login", "", "请填写“电子邮箱”"),
        ("name", "", "请填写“姓名”"),
        ("id_number", "360481199001010011", "“公民身份号码”不正确"),
        ("phone", "123", "“手机号码”不是有效号码"),
        ("password", "too short", "“密码”至少 15 位"),
        ("again", "something else here", "与上面的密码不一致"),
        ("password", "x" * 600, "密码"),
        ("name", "名" * 61, "最多写 60 个字"),
    ],
)
def test_bad_input_is_named_and_the_rest_stays(client, place, field, value, sentence):
    fields = form(**{field: value})
    if field == "password":
        fields["again"] = value
    answer = accounts.submit(client, "/register", fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "错误：" in answer.text
    assert "13812345678" in answer.text or field == "phone"
    assert PASSWORD not in answer.text


def test_a_taken_address_is_said_at_its_field(client, person):
    answer = accounts.submit(client, "/register", form())
    assert answer.status_code == 422
    assert "已经注册，请直接登录" in answer.text


def test_a_double_click_opens_one_account(app, client, place):
    page = accounts.forms(client.get("/register").text)[-1]
    data = {**page.fields, **form()}
    assert [client.post("/register", data=data).status_code for _ in range(2)] == [303, 303]


def test_a_forgotten_password_says_the_same_for_a_stranger(app, client, person):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    pages = []
    for login in (LOGIN, "nobodyx@example.org"):
        assert (
            accounts.submit(client, "/password/forgotten", {"login": login}).location
            == "/register/sent"
        )
        pages.append(client.get("/register/sent").text.replace(login, ""))
    plain = [re.sub(r'(nonce|content|value)="[^"]*"', "", page) for page in pages]
    assert plain[0] == plain[1]


def test_a_new_password_by_the_link(client, demo, person):
    accounts.submit(client, "/password/forgotten", {"login": LOGIN})
    link = re.search(r"/password/new/[0-9a-f]{64}", client.get("/register/sent").text)[0]
    assert (
        "不一致"
        in accounts.submit(client, link, {"password": "another long password", "again": "x"}).text
    )
    assert accounts.submit(client, link, {"password": "short", "again": "short"}).status_code == 422
    fields = {"password": "another long password", "again": "another long password"}
    assert accounts.submit(client, link, fields).location == "/sign-in"
    assert sign_in(client, password="another long password").status_code == 303


def test_another_activation_link_is_asked_for(client, demo):
    accounts.submit(client, "/register", form())
    accounts.submit(client, "/register/again", {"login": LOGIN})
    assert "/activate/" in client.get("/register/sent").text


@pytest.mark.parametrize("token", ["x", "%00", "../x", "0" * 64, "9" * 5000])
def test_a_made_up_link_opens_nothing(client, place, token):
    answer = client.post(
        f"/activate/{token}", data={"csrf_token": accounts.token(client, "/register")}
    )
    assert answer.status_code in (404, 409)


def test_no_page_about_a_link_without_one(client, place):
    assert client.get("/register/sent").location == "/sign-in"
    assert client.get("/sign-in/code").location == "/sign-in"
