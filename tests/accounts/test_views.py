"""Pages of the accounts, whole."""
import datetime as dt
import re

import pyotp
import pytest

from market.accounts import queries
from market.accounts.models import OutgoingMail
from market.db import db, reading
from market.kernel.actor import CLOCK
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


def sign_in(client, login=LOGIN, password=PASSWORD, url="/sign-in"):
    return accounts.submit(client, url, {"login": login, "password": password})


def form(**changes):
    return {"login": LOGIN, "name": "张三", "id_number": accounts.id_number(), "phone": "13812345678", "password": PASSWORD,
            "again": PASSWORD, **changes}


# --- signing in -----------------------------------------------------------------------------------------------------

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


@pytest.mark.parametrize("onward, goes", [
    ("/account/password", "/account/password"), ("//evil.example", None), ("https://evil.example/", None),
    ("/\\evil.example", None), ("javascript:alert(1)", None), ("/\tx", None), ("", None)])
def test_one_goes_on_to_paths_of_this_site_alone(client, person, onward, goes):
    token = accounts.token(client, "/sign-in")
    answer = client.post("/sign-in", query_string={"next": onward},
                         data={"csrf_token": token, "login": LOGIN, "password": PASSWORD})
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


def test_a_form_that_was_open_when_the_session_ended_can_still_be_sent(client, person, clock):
    sign_in(client)
    token = accounts.token(client, "/account")
    clock.advance(dt.timedelta(hours=1))
    client.get("/account")
    sign_in(client)
    assert client.post("/account/language", data={"csrf_token": token, "language": "en"}).status_code == 303


def test_behind_https_the_cookie_says_host_and_secure(database, tmp_path, clock):
    app = build_app(database, tmp_path / "instance", clock, PUBLIC_URL="https://zjcs.example.gov.cn")
    answer = app.test_client().get("/sign-in", base_url="https://zjcs.example.gov.cn")
    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if "market" in each]
    assert cookie.startswith("__Host-market=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))


def test_without_a_token_nothing_is_posted(client, person):
    for path in ("/sign-in", "/sign-out", "/register", "/account/switch", "/account/sessions/revoke"):
        assert client.post(path).status_code == 400


# --- opening an account ---------------------------------------------------------------------------------------------

def test_in_a_demonstration_the_link_is_on_the_page(app, client, place):
    app.config["DEMO"] = True
    assert accounts.submit(client, "/register", form()).location == "/register/sent"
    page = client.get("/register/sent").text
    link = re.search(r"/activate/[0-9a-f]{64}", page)[0]
    assert client.get(link).status_code == 200  # opening it does nothing yet
    with app.app_context():
        assert not queries.by_login(reading(CLOCK), LOGIN).is_verified
    assert accounts.submit(client, link).status_code == 303
    with app.app_context():
        assert queries.by_login(reading(CLOCK), LOGIN).is_verified
    assert accounts.submit(client, link).status_code == 409


def test_without_a_mail_server_one_is_sent_to_the_counter_and_no_link_is_shown(app, client, place):
    accounts.submit(client, "/register", form())
    page = client.get("/register/sent").text
    assert "协管办窗口" in page
    assert "/activate/" not in page


def test_with_a_mail_server_the_link_is_in_the_mail_alone(app, client, place):
    app.config.update(SMTP_URL="smtp://127.0.0.1:1", DEMO=True, PUBLIC_URL="https://zjcs.example.gov.cn")
    accounts.submit(client, "/register", form())
    page = client.get("/register/sent").text
    assert "请查收邮件" in page
    assert "/activate/" not in page
    with app.app_context():
        mail = db.session.query(OutgoingMail).one()
    assert mail.subject == "激活您的账户"
    assert re.search(r"https://zjcs\.example\.gov\.cn/activate/[0-9a-f]{64}\n", mail.body)


@pytest.mark.parametrize("field, value, sentence", [
    ("login", "no address", "请填写有效的电子邮箱"),
    ("login", "", "请填写“电子邮箱”"),
    ("name", "", "请填写“姓名”"),
    ("id_number", "360481199001010011", "“公民身份号码”不正确"),
    ("phone", "123", "“手机号码”不是有效号码"),
    ("password", "too short", "“密码”至少 15 位"),
    ("again", "something else here", "与上面的密码不一致"),
    ("password", "x" * 600, "密码"),
    ("name", "名" * 61, "最多写 60 个字"),
])
def test_bad_input_is_named_and_the_rest_stays(client, place, field, value, sentence):
    fields = form(**{field: value})
    if field == "password":
        fields["again"] = value
    answer = accounts.submit(client, "/register", fields)
    assert answer.status_code in (200, 422)
    assert sentence in answer.text
    assert "错误:" in answer.text
    assert "13812345678" in answer.text or field == "phone"
    assert PASSWORD not in answer.text


def test_a_taken_address_is_said_at_its_field(client, person):
    answer = accounts.submit(client, "/register", form())
    assert answer.status_code == 422
    assert "已经注册,请直接登录" in answer.text


def test_a_double_click_opens_one_account(app, client, place):
    page = accounts.forms(client.get("/register").text)[-1]
    data = {**page.fields, **form()}
    assert [client.post("/register", data=data).status_code for _ in range(2)] == [303, 303]


def test_a_forgotten_password_says_the_same_for_a_stranger(app, client, person):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    pages = []
    for login in (LOGIN, "nobodyx@example.org"):
        assert accounts.submit(client, "/password/forgotten", {"login": login}).location == "/register/sent"
        pages.append(client.get("/register/sent").text.replace(login, ""))
    plain = [re.sub(r'(nonce|content|value)="[^"]*"', "", page) for page in pages]
    assert plain[0] == plain[1]


def test_a_new_password_by_the_link(app, client, person):
    app.config["DEMO"] = True
    accounts.submit(client, "/password/forgotten", {"login": LOGIN})
    link = re.search(r"/password/new/[0-9a-f]{64}", client.get("/register/sent").text)[0]
    assert "不一致" in accounts.submit(client, link, {"password": "another long password", "again": "x"}).text
    assert accounts.submit(client, link, {"password": "short", "again": "short"}).status_code == 422
    fields = {"password": "another long password", "again": "another long password"}
    assert accounts.submit(client, link, fields).location == "/sign-in"
    assert sign_in(client, password="another long password").status_code == 303


def test_another_activation_link_is_asked_for(app, client, place):
    app.config["DEMO"] = True
    accounts.submit(client, "/register", form())
    accounts.submit(client, "/register/again", {"login": LOGIN})
    assert "/activate/" in client.get("/register/sent").text


@pytest.mark.parametrize("token", ["x", "%00", "../x", "0" * 64, "9" * 5000])
def test_a_made_up_link_opens_nothing(client, place, token):
    answer = client.post(f"/activate/{token}", data={"csrf_token": accounts.token(client, "/register")})
    assert answer.status_code in (404, 409)


def test_no_page_about_a_link_without_one(client, place):
    assert client.get("/register/sent").location == "/sign-in"
    assert client.get("/sign-in/code").location == "/sign-in"


# --- my account -----------------------------------------------------------------------------------------------------

def test_the_second_factor_from_set_up_to_giving_up(client, person, clock):
    sign_in(client)
    page = client.get("/account/second-factor").text
    secret = re.search(r'name="secret"[^>]*value="([A-Z2-7]{32})"', page)[1]
    totp = pyotp.TOTP(secret)
    token = accounts.token(client, "/account/second-factor")
    wrong = client.post("/account/second-factor", data={"csrf_token": token, "secret": secret, "code": "000000"})
    assert wrong.status_code == 422
    assert secret in wrong.text
    right = client.post("/account/second-factor", data={"csrf_token": token, "secret": secret, "code": totp.at(clock.now())})
    assert right.status_code == 303
    client.post("/sign-out", data={"csrf_token": token})
    clock.advance(dt.timedelta(minutes=1))
    assert sign_in(client, url="/sign-in?next=/account/password").location == "/sign-in/code?next=/account/password"
    assert client.get("/account").status_code == 303
    url = "/sign-in/code?next=/account/password"
    assert accounts.submit(client, url, {"code": "000000"}).status_code == 422
    assert accounts.submit(client, url, {"code": totp.at(clock.now())}).location == "/account/password"
    clock.advance(dt.timedelta(minutes=1))
    wrong = accounts.submit(client, "/account/second-factor", {"password": "x", "code": totp.at(clock.now())})
    assert wrong.status_code == 422
    done = accounts.submit(client, "/account/second-factor", {"password": PASSWORD, "code": totp.at(clock.now())})
    assert done.status_code == 303


def test_a_slow_second_factor_begins_again(client, person, clock):
    sign_in(client)
    page = client.get("/account/second-factor").text
    totp = pyotp.TOTP(re.search(r'name="secret"[^>]*value="([A-Z2-7]{32})"', page)[1])
    accounts.submit(client, "/account/second-factor", {"secret": totp.secret, "code": totp.at(clock.now())})
    client.post("/sign-out", data={"csrf_token": accounts.token(client, "/account")})
    sign_in(client)
    token = accounts.token(client, "/sign-in/code")
    clock.advance(dt.timedelta(minutes=6))
    late = client.post("/sign-in/code", data={"csrf_token": token, "code": totp.at(clock.now())})
    assert (late.status_code, "重新输入密码" in late.text) == (409, True)
    assert client.get("/sign-in/code").location == "/sign-in"


def test_where_it_is_asked_for_staff_set_a_second_factor_first(app, client, new_client, place):
    app.config["REQUIRE_TOTP"] = True
    with app.app_context():
        officer, agent = accounts.staff("office", "publisher"), accounts.member(accounts.organisation("agency"), "agency_agent")
    accounts.sign_in(client, officer)
    assert client.get("/account/password").location == "/account/second-factor"
    assert client.get("/account/second-factor").status_code == 200
    other = new_client()
    accounts.sign_in(other, agent)
    assert other.get("/account/password").status_code == 200


def test_a_password_is_changed_by_the_old_one(client, person):
    sign_in(client)
    fields = {"old": "wrong", "password": "another long password", "again": "another long password"}
    assert "密码不正确" in accounts.submit(client, "/account/password", fields).text
    assert accounts.submit(client, "/account/password", {**fields, "old": PASSWORD}).status_code == 303
    assert client.get("/account").status_code == 200


def test_one_switches_between_one_s_organisations(app, client, person):
    with app.app_context():
        first = accounts.organisation("agency", "瑞昌测绘有限公司")
        accounts.join(first, person, "agency_admin")
        second = accounts.join(accounts.organisation("owner", "瑞昌水务有限公司"), person, "owner_drafter")
    sign_in(client)
    assert client.get("/members").status_code == 200
    token = accounts.token(client, "/account")
    answer = client.post("/account/switch", data={"csrf_token": token, "membership": str(second)})
    assert answer.status_code == 303
    assert client.get("/members").status_code == 403


@pytest.mark.parametrize("membership", ["", "0", "-1", "a", str(2**63), "9" * 40, "１"])
def test_a_membership_that_is_not_mine_is_not_found(client, person, membership):
    sign_in(client)
    data = {"csrf_token": accounts.token(client, "/account"), "membership": membership}
    assert client.post("/account/switch", data=data).status_code == 404


def test_my_sessions_are_listed_and_ended(app, client, new_client, person):
    sign_in(client)
    other = new_client()
    sign_in(other)
    page = client.get("/account").text
    key = re.search(r'name="key" value="([0-9a-f]{64})"', page)[1]
    data = {"csrf_token": accounts.token(client, "/account"), "key": key}
    assert client.post("/account/sessions/revoke", data=data).status_code == 303
    assert other.get("/account").status_code == 303
    assert client.get("/account").status_code == 200
    assert client.post("/account/sessions/revoke", data={**data, "key": "x"}).status_code == 404


def test_a_language_is_kept(app, client, person):
    sign_in(client)
    token = accounts.token(client, "/account")
    assert client.post("/account/language", data={"csrf_token": token, "language": "en"}).location == "/account?lang=en"
    assert client.post("/account/language", data={"csrf_token": token, "language": "tlh"}).status_code == 422


# --- members and the office -----------------------------------------------------------------------------------------

@pytest.fixture
def admin(app, client, place):
    """An agency's administrator, signed in."""
    with app.app_context():
        actor = accounts.member(accounts.organisation("agency", "瑞昌测绘有限公司"), "agency_admin")
    accounts.sign_in(client, actor)
    return actor


def test_a_member_is_added_changed_and_ended(app, client, admin):
    with app.app_context():
        accounts.person("li@example.org", name="李四")
    fields = {"login": "li@example.org", "duties": ["agency_agent"]}
    assert accounts.submit(client, "/members", fields).status_code == 303
    page = client.get("/members").text
    assert "李四" in page
    with app.app_context():
        member = queries.member_list(reading(CLOCK), admin.organisation_id)[-1]
    url = f"/members/{member.id}"
    assert accounts.submit(client, url, {"duties": ["agency_signatory"]}, to="").status_code == 303
    assert "机构签署人" in client.get("/members").text
    assert accounts.submit(client, url, to=f"{url}/end").status_code == 303
    assert "李四" not in client.get("/members").text


@pytest.mark.parametrize("fields, sentence", [
    ({"login": "nobody@example.org", "duties": ["agency_agent"]}, "请对方先注册"),
    ({"login": "nobody@example.org"}, "职责"),
    ({"login": "nobody@example.org", "duties": ["system_admin"]}, "职责"),
])
def test_a_member_that_cannot_be_added_is_said(client, admin, fields, sentence):
    answer = accounts.submit(client, "/members", fields)
    assert answer.status_code in (200, 422)
    assert sentence in answer.text
    assert "错误:" in answer.text


def test_the_last_administrator_stays(app, client, admin):
    with app.app_context():
        (member,) = queries.member_list(reading(CLOCK), admin.organisation_id)
    url = f"/members/{member.id}"
    assert accounts.submit(client, url, {"duties": ["agency_agent"]}, to="").status_code == 409
    assert accounts.submit(client, url, to=f"{url}/end").status_code == 409


def test_another_agency_s_member_is_not_found(app, client, admin):
    with app.app_context():
        theirs = accounts.join(accounts.organisation("agency"), accounts.person(), "agency_admin")
    token = accounts.token(client, "/members")
    assert client.get(f"/members/{theirs}").status_code == 404
    assert client.post(f"/members/{theirs}/end", data={"csrf_token": token}).status_code == 404
    assert client.get(f"/members/{2**63}").status_code == client.get("/members/999999").status_code == 404


def test_a_clerk_verifies_at_the_counter(app, client, place):
    with app.app_context():
        accounts.sign_in(client, accounts.staff("office", "intake_clerk"))
        person_id = accounts.person("new@example.org", name="王五", verified=False)
    assert "王五" in client.get("/office/people").text
    assert "王五" in client.get("/office/people?login=new@example.org").text
    assert "没有这个邮箱" in client.get("/office/people?login=x@example.org").text
    url = f"/office/people/{person_id}"
    assert "不正确" in accounts.submit(client, url, {"id_number": "1"}).text
    assert accounts.submit(client, url).location == "/office/people"
    with app.app_context():
        assert queries.person(reading(CLOCK), person_id).is_verified
    assert client.get("/office/people/999999").status_code == client.get(f"/office/people/{2**63}").status_code == 404


def test_the_security_administrator_closes_and_opens_an_account(app, client, person):
    with app.app_context():
        accounts.sign_in(client, accounts.staff("office", "security_admin"))
    url = f"/office/people/{person}"
    assert accounts.submit(client, url, to=f"{url}/disable").status_code == 303
    assert "已停用" in client.get(url).text
    assert accounts.submit(client, url, to=f"{url}/enable").status_code == 303
    assert "正常" in client.get(url).text


def test_the_security_administrator_makes_a_regulator_and_staffs_it(app, client, person):
    with app.app_context():
        accounts.sign_in(client, accounts.staff("office", "security_admin"))
    code = accounts.credit_code()
    fields = {"kind": "regulator", "name": "瑞昌市水利局", "uscc": code, "phone": "0792-4222222", "superior_id": ""}
    assert accounts.submit(client, "/office/organisations", fields).status_code == 303
    assert accounts.submit(client, "/office/organisations", fields).status_code == 422
    with app.app_context():
        of = queries.by_uscc(reading(CLOCK), "regulator", code).id
    url = f"/office/organisations/{of}/members"
    assert accounts.submit(client, url, {"login": LOGIN, "duties": ["regulator_officer"]}).location == url
    assert client.get("/office/organisations/999999/members").status_code == 404


def test_an_agency_s_members_are_not_the_office_s(app, client, place):
    with app.app_context():
        accounts.sign_in(client, accounts.staff("office", "security_admin"))
        agency = accounts.organisation("agency")
    assert client.get(f"/office/organisations/{agency}/members").status_code == 404


@pytest.mark.parametrize("path", ["/members", "/office/people", "/office/organisations"])
def test_who_holds_no_duty_for_it_is_refused(client, person, path):
    sign_in(client)
    assert client.get(path).status_code == 403


def test_no_identity_number_is_on_any_page(app, client, place):
    number = accounts.id_number()
    accounts.submit(client, "/register", form(id_number=number))
    with app.app_context():
        person_id = queries.by_login(reading(CLOCK), LOGIN).id
        admin = accounts.staff("office", "security_admin")
    pages = []
    sign_in(client)
    pages.append(client.get("/account").text)
    accounts.sign_in(client, admin)
    pages += [client.get(path).text for path in ("/office/people", f"/office/people/{person_id}")]
    assert not any(number in page for page in pages)
