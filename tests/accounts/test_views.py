"""My account, members, the office: pages, whole."""

import datetime as dt
import io
import re

import pyotp
import pytest

from market.accounts import queries
from market.db import reading
from market.kernel.actor import CLOCK
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
    return {
        "login": LOGIN,
        "name": "张三",
        "id_number": accounts.id_number(),
        "phone": "13812345678",
        "password": PASSWORD,
        "again": PASSWORD,
        **changes,
    }


# --- my account ---------------------------------------------------------------------------


def test_the_second_factor_from_set_up_to_giving_up(client, person, clock):
    sign_in(client)
    page = client.get("/account/second-factor").text
    secret = re.search(r'name="secret"[^>]*value="([A-Z2-7]{32})"', page)[1]
    totp = pyotp.TOTP(secret)
    token = accounts.token(client, "/account/second-factor")
    wrong = client.post(
        "/account/second-factor", data={"csrf_token": token, "secret": secret, "code": "000000"}
    )
    assert wrong.status_code == 422
    assert secret in wrong.text
    right = client.post(
        "/account/second-factor",
        data={"csrf_token": token, "secret": secret, "code": totp.at(clock.now())},
    )
    assert right.status_code == 303
    client.post("/sign-out", data={"csrf_token": token})
    clock.advance(dt.timedelta(minutes=1))
    assert (
        sign_in(client, url="/sign-in?next=/account/password").location
        == "/sign-in/code?next=/account/password"
    )
    assert client.get("/account").status_code == 303
    url = "/sign-in/code?next=/account/password"
    assert accounts.submit(client, url, {"code": "000000"}).status_code == 422
    assert (
        accounts.submit(client, url, {"code": totp.at(clock.now())}).location == "/account/password"
    )
    clock.advance(dt.timedelta(minutes=1))
    wrong = accounts.submit(
        client, "/account/second-factor", {"password": "x", "code": totp.at(clock.now())}
    )
    assert wrong.status_code == 422
    done = accounts.submit(
        client, "/account/second-factor", {"password": PASSWORD, "code": totp.at(clock.now())}
    )
    assert done.status_code == 303


def test_a_slow_second_factor_begins_again(client, person, clock):
    sign_in(client)
    page = client.get("/account/second-factor").text
    totp = pyotp.TOTP(re.search(r'name="secret"[^>]*value="([A-Z2-7]{32})"', page)[1])
    accounts.submit(
        client, "/account/second-factor", {"secret": totp.secret, "code": totp.at(clock.now())}
    )
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
        officer = accounts.staff("office", "publisher")
        agent = accounts.member(accounts.organisation("agency"), "agency_agent")
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
    assert (
        accounts.submit(client, "/account/password", {**fields, "old": PASSWORD}).status_code == 303
    )
    assert client.get("/account").status_code == 200


def test_one_switches_between_one_s_organisations(app, client, person):
    with app.app_context():
        first = accounts.organisation("agency", "瑞昌测绘有限公司")
        accounts.join(first, person, "agency_admin")
        second = accounts.join(
            accounts.organisation("owner", "瑞昌水务有限公司"), person, "owner_drafter"
        )
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
    data = {"csrf_token": accounts.token(client, "/account"), "key": key, "sure": "1"}
    assert client.post("/account/sessions/revoke", data=data).status_code == 303
    assert other.get("/account").status_code == 303
    assert client.get("/account").status_code == 200
    assert client.post("/account/sessions/revoke", data={**data, "key": "x"}).status_code == 404


def test_a_language_is_kept(app, client, person):
    sign_in(client)
    token = accounts.token(client, "/account")
    assert (
        client.post("/account/language", data={"csrf_token": token, "language": "en"}).location
        == "/account?lang=en"
    )
    assert (
        client.post("/account/language", data={"csrf_token": token, "language": "tlh"}).status_code
        == 422
    )


# --- members and the office ---------------------------------------------------------------


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
    assert accounts.submit(client, url, {"sure": "1"}, to=f"{url}/end").status_code == 303
    assert "李四" not in client.get("/members").text


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"login": "nobody@example.org", "duties": ["agency_agent"]}, "请对方先注册"),
        ({"login": "nobody@example.org"}, "职责"),
        ({"login": "nobody@example.org", "duties": ["system_admin"]}, "职责"),
    ],
)
def test_a_member_that_cannot_be_added_is_said(client, admin, fields, sentence):
    answer = accounts.submit(client, "/members", fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "错误：" in answer.text


def test_the_last_administrator_stays(app, client, admin):
    with app.app_context():
        (member,) = queries.member_list(reading(CLOCK), admin.organisation_id)
    url = f"/members/{member.id}"
    assert accounts.submit(client, url, {"duties": ["agency_agent"]}, to="").status_code == 409
    assert accounts.submit(client, url, {"sure": "1"}, to=f"{url}/end").status_code == 409


def test_another_agency_s_member_is_not_found(app, client, admin):
    with app.app_context():
        theirs = accounts.join(accounts.organisation("agency"), accounts.person(), "agency_admin")
    token = accounts.token(client, "/members")
    assert client.get(f"/members/{theirs}").status_code == 404
    assert (
        client.post(f"/members/{theirs}/end", data={"csrf_token": token, "sure": "1"}).status_code
        == 404
    )
    assert (
        client.get(f"/members/{2**63}").status_code
        == client.get("/members/999999").status_code
        == 404
    )


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
        assert queries.person(reading(CLOCK), person_id).is_checked
    assert (
        client.get("/office/people/999999").status_code
        == client.get(f"/office/people/{2**63}").status_code
        == 404
    )


def test_the_security_administrator_closes_and_opens_an_account(app, client, person):
    with app.app_context():
        accounts.sign_in(client, accounts.staff("office", "security_admin"))
    url = f"/office/people/{person}"
    assert accounts.submit(client, url, {"sure": "1"}, to=f"{url}/disable").status_code == 303
    assert "已停用" in client.get(url).text
    assert accounts.submit(client, url, to=f"{url}/enable").status_code == 303
    assert "正常" in client.get(url).text


def test_the_security_administrator_makes_a_regulator_and_staffs_it(app, client, person):
    with app.app_context():
        accounts.sign_in(client, accounts.staff("office", "security_admin"))
    code = accounts.credit_code()
    fields = {
        "kind": "regulator",
        "name": "瑞昌市水利局",
        "uscc": code,
        "phone": "0792-4222222",
        "superior_id": "",
    }
    assert accounts.submit(client, "/office/organisations", fields).status_code == 303
    assert accounts.submit(client, "/office/organisations", fields).status_code == 422
    with app.app_context():
        of = queries.by_uscc(reading(CLOCK), "regulator", code).id
    url = f"/office/organisations/{of}/members"
    assert (
        accounts.submit(client, url, {"login": LOGIN, "duties": ["regulator_officer"]}).location
        == url
    )
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


def test_a_document_goes_from_the_person_s_page_to_the_desk_and_the_reason_back(app, client, place):
    with app.app_context():
        office = accounts.body("office")
        who = accounts.claimant("claims@example.org", name="赵六")
        clerk = accounts.member(office, "intake_clerk")
    accounts.sign_in(client, who)
    assert "已登记，待核验" in client.get("/account").text
    bad = accounts.submit(client, "/account/identity", files={"file": (io.BytesIO(b"MZ"), "a.exe")})
    assert bad.status_code == 422
    scan = {"file": (io.BytesIO(b"%PDF-1.7\n%%EOF\n"), "身份证.pdf")}
    assert accounts.submit(client, "/account/identity", files=scan).status_code == 303
    assert "待核验" in client.get("/account/identity").text

    desk = app.test_client()
    accounts.sign_in(desk, clerk)
    assert "已提交证件" in desk.get("/office/people").text
    url = f"/office/people/{who.person_id}"
    found = re.search(r"/files/\d+", desk.get(url).text)[0]
    assert desk.get(found).status_code == 200
    refusal = {"reason": "mismatch", "note": ""}
    assert accounts.submit(desk, url, refusal, to=f"{url}/refuse").status_code == 422
    refusal["note"] = "姓名与证件不一致，请更正。"
    assert accounts.submit(desk, url, refusal, to=f"{url}/refuse").location == "/office/people"
    assert desk.get(found).status_code == 404
    assert "姓名与证件不一致，请更正。" in client.get("/account/identity").text
