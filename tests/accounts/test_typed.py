"""Nothing typed is lost: sessions that end, tokens that are stale, others who have signed in."""

import datetime as dt
import html
import io
import pathlib
import re

import pytest
from sqlalchemy import func, select

from market.accounts import jobs
from market.db import db
from market.unsent import Unsent
from market.web.forms import NEVER_KEPT, Form
from tests.factories import accounts, complaints, selection
from tests.factories.accounts import PASSWORD, forms, submit
from tests.factories.deeds import Tab

LONG = "公告要求在本市设有分支机构，\n属于地域限制。"
ENDED = dt.timedelta(minutes=31)
TEMPLATES = pathlib.Path(__file__).parents[2] / "templates"


@pytest.fixture
def notice(app):
    with app.app_context():
        complaints.desk()
        return selection.published_notice()


@pytest.fixture
def logins(app):
    with app.app_context():
        for login in ("zhang@example.org", "li@example.org"):
            accounts.person(login)
    return "zhang@example.org", "li@example.org"


def enter(client, login, path="/sign-in"):
    return submit(client, path, {"login": login, "password": PASSWORD})


def leave(client):
    client.post("/sign-out", data={"csrf_token": accounts.token(client, "/account")})


def own(page: str, name: str):
    return next(form for form in forms(page) if name in form.fields)


def area(page: str, name: str) -> str:
    """What stands in a field of several lines."""
    found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\s*(.*?)</textarea>', page, re.S)
    assert found is not None
    return html.unescape(found[1]).replace("\r\n", "\n")


def rows(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Unsent)) or 0


def stale(client):
    """The browser has another session cookie than the page was made for."""
    with client.session_transaction() as session:
        session.pop("csrf_token", None)


def test_a_form_after_the_session_is_there_again_after_signing_in(
    app, client, clock, notice, logins
):
    enter(client, logins[0])
    page = f"/notices/{notice}/complaints/new"
    tab = Tab(client, page)
    clock.advance(ENDED)
    sent = tab.send(matters=LONG, request="请求更正。", respondent="office", phone="13812345678")
    assert sent.status_code == 303
    back = enter(client, logins[0], sent.location)
    assert back.location == page
    again = client.get(back.location).text
    assert "登录已结束" in again
    fields = own(again, "phone").fields
    assert area(again, "matters") == LONG
    assert area(again, "request") == "请求更正。"
    assert (fields["respondent"], fields["phone"]) == ("office", "13812345678")
    taken = submit(
        client,
        page,
        {
            **fields,
            "matters": LONG,
            "request": "请求更正公告。",
            "about": "notice",
            "door": "office",
            "complainant": "person",
        },
    )
    assert taken.status_code == 303
    assert rows(app) == 0
    assert "没有生效" not in client.get(page).text


def test_what_was_typed_is_its_writers_alone(app, client, clock, notice, logins):
    enter(client, logins[0])
    page = f"/notices/{notice}/complaints/new"
    tab = Tab(client, page)
    clock.advance(ENDED)
    sent = tab.send(matters=LONG)
    others = client.get(enter(client, logins[1], sent.location).location).text
    assert "地域限制" not in others
    assert "另一位登录人" in others
    leave(client)
    enter(client, logins[0])
    offered = client.get(page).text
    assert "尚未提交" in offered or "还没有提交" in offered
    assert area(offered, "matters") == ""
    assert area(client.get(f"{page}?typed=1").text, "matters") == LONG


def test_a_form_of_another_is_not_taken_in_ones_own_name(app, client, notice, logins):
    enter(client, logins[0])
    tab = Tab(client, f"/notices/{notice}/complaints/new")
    leave(client)
    enter(client, logins[1])
    tab.form.fields["csrf_token"] = accounts.token(client, "/account")
    sent = tab.send(
        matters=LONG,
        request="请求更正。",
        about="notice",
        respondent="office",
        door="office",
        complainant="person",
        phone="13812345678",
    )
    assert sent.location == f"/notices/{notice}/complaints/new"
    assert "草稿" not in client.get("/complaints/mine").text


def test_a_stale_token_shows_the_form_again_at_once(client, notice, logins):
    enter(client, logins[0])
    page = f"/notices/{notice}/complaints/new"
    tab = Tab(client, page)
    stale(client)
    sent = tab.send(matters=LONG)
    assert (sent.status_code, sent.location) == (303, page)
    assert area(client.get(page).text, "matters") == LONG


def test_a_visitors_form_with_a_stale_token_too(app, client, new_client, notice):
    tab = Tab(client, "/tips/new")
    stale(client)
    sent = tab.send(content=LONG)
    assert area(client.get(sent.location).text, "content") == LONG
    assert area(new_client().get(sent.location).text, "content") == ""


def test_passwords_codes_and_quotes_are_never_kept_and_files_are_named(
    app, client, clock, logins, tmp_path
):
    tab = Tab(client, "/register")
    stale(client)
    secret = "canary-horse-battery-canary"
    sent = tab.send(
        login="new@example.org",
        name="王五",
        password=secret,
        again=secret,
        code="cnry77",
        secret="CANARY",
        quote_fen="12345678",
        old=secret,
        file=(io.BytesIO(b"%PDF-"), "营业执照.pdf"),
    )
    page = client.get(sent.location).text
    fields = own(page, "name").fields
    assert (fields["login"], fields["name"]) == ("new@example.org", "王五")
    assert not fields.get("password")
    assert secret not in page
    for word in ("密码", "再输一次密码", "营业执照.pdf"):
        assert word in re.search(r"请重新填写或选择：([^<]*)", page)[1]
    with app.app_context():
        box = db.session.scalar(select(Unsent.box))
    for canary in (secret, "cnry77", "12345678", "王五", "register"):
        assert canary.encode() not in box


def test_no_name_is_secret_in_one_form_and_ordinary_in_another(app):
    def every(kind):
        for sub in kind.__subclasses__():
            yield sub
            yield from every(sub)

    assert {"password", "again", "old", "code", "secret", "quote_fen"} <= NEVER_KEPT
    lost = {
        (form.__name__, name)
        for form in every(Form)
        for name, field in vars(form).items()
        if name in NEVER_KEPT
        and hasattr(field, "field_class")
        and field.field_class.__name__
        not in (
            "PasswordField",
            "SecretField",
            "ShownSecret",
            "QuoteField",
            "QuotedRate",
            "PromisedDays",
            "HiddenField",
            "IdentityField",
        )
    }
    assert not lost


def test_every_form_that_is_posted_carries_its_sheet():
    bare = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if re.search(r'<form[^>]*method="post"(?:(?!</form>).)*</form>', path.read_text(), re.S)
        and any(
            "csrf()" not in form
            for form in re.findall(
                r'<form[^>]*method="post"(?:(?!</form>).)*', path.read_text(), re.S
            )
        )
    }
    # Signing out; buttons without text; a value that is public and taken of anybody.
    assert bare == {
        "macros/toolbar.html",
        "macros/ui.html",
        "selection/draw_parts.html",
        "typed/sure.html",
    }


def test_as_which_organisation_it_was_written_is_taken_up_again(app, client, clock):
    with app.app_context():
        person = accounts.person("two@example.org")
        first = accounts.body("office", name="甲办")
        second = accounts.body("regulator", name="乙局")
        accounts.join(first, person, "notice_reviewer")
        accounts.join(second, person, "complaint_officer")
    enter(client, "two@example.org")
    page = client.get("/account").text
    switch = next(f for f in forms(page) if f.action == "/account/switch")
    client.post("/account/switch", data=switch.fields)
    tab = Tab(client, "/tips/new")
    clock.advance(ENDED)
    sent = tab.send(content=LONG)
    assert sent.location.startswith("/sign-in")
    enter(client, "two@example.org", sent.location)
    assert "另一个身份" not in client.get("/tips/new").text
    assert "乙局" in client.get("/account").text


def test_typing_is_being_there_and_long_texts_are_saved(app, client, clock, notice, logins):
    enter(client, logins[0])
    page = f"/notices/{notice}/complaints/new"
    tab = Tab(client, page)
    token = tab.form.fields["csrf_token"]
    for _ in range(4):
        clock.advance(dt.timedelta(minutes=20))
        body = {
            "csrf_token": token,
            "page_sheet": tab.form.fields["sheet"],
            "sheet_action": page,
            "matters": LONG,
            "password": "canary",
        }
        told = client.post("/typing", data=body)
        assert told.json["saved"] == clock.instant.astimezone(
            dt.timezone(dt.timedelta(hours=8))
        ).strftime("%H:%M")
    offered = client.get(page).text
    assert "还没有提交" in offered
    assert "地域限制" not in offered
    assert area(client.get(f"{page}?typed=1").text, "matters") == LONG
    thrown = submit(client, page, {"sure": "1"}, to="/typing/forget")
    assert thrown.location == page
    assert rows(app) == 0


def test_asking_when_a_session_ends_does_not_use_it_and_typing_does_not_outlast_it(
    client, clock, logins
):
    began = clock.instant
    enter(client, logins[0])
    token = accounts.token(client, "/account")
    for minutes in (20, 29):
        clock.instant = began + dt.timedelta(minutes=minutes)
        told = client.get("/typing").json
        assert told["over"] == (began + dt.timedelta(minutes=30)).isoformat()
    for hours in range(1, 24):
        clock.instant = began + dt.timedelta(minutes=29 * hours)
        client.post("/typing", data={"csrf_token": token})
    clock.instant = began + dt.timedelta(hours=12)
    assert client.get("/typing").status_code == 303


def test_what_is_over_is_forgotten(app, client, clock, notice, logins):
    enter(client, logins[0])
    page = f"/notices/{notice}/complaints/new"
    tab = Tab(client, page)
    clock.advance(ENDED)
    tab.send(matters=LONG)
    assert rows(app) == 1
    clock.advance(dt.timedelta(hours=24))
    enter(client, logins[0])
    assert "地域限制" not in client.get(f"{page}?typed=1").text
    with app.app_context():
        jobs.forget_unsent()
    assert rows(app) == 0


def test_a_post_without_a_sheet_and_token_is_refused_as_before(app, client, logins):
    enter(client, logins[0])
    answer = client.post("/tips/new", data={"content": LONG})
    assert answer.status_code == 400
    assert "刷新" not in answer.text
    assert rows(app) == 0
