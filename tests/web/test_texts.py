"""The character U+0000, bytes that are no text and signs that cannot be seen: whatever is sent, no
database refuses it and nothing typed is lost.
"""

import io

import pytest
from flask import request
from sqlalchemy import select

from market.accounts.models import Organisation
from market.complaints.models import Complaint, Tip
from market.db import db, in_one_transaction
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Invalid
from tests.factories import accounts, complaints, selection
from tests.factories.accounts import sign_in, submit, token

NAMES = (
    "q",
    "after",
    "before",
    "tier",
    "category",
    "item",
    "about",
    "state",
    "body",
    "tab",
    "fund",
    "owner",
    "type",
    "subject",
    "notice",
    "number",
    "trigger",
    "n",
    "unit",
    "close",
    "next",
    "key",
    "lang",
    "index",
    "size",
    "from",
    "to",
    "against",
)
NO_TEXT = ("a%00b", "%00", "%ff", "%ed%a0%80", "a%00%ff")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("value", NO_TEXT)
def test_no_query_of_a_public_page_is_a_fault(app, client, value):
    """PostgreSQL alone: SQLite takes what PostgreSQL refuses."""
    asked = "&".join(f"{name}={value}" for name in NAMES)
    faults = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments:
            for path in (
                f"{rule.rule}?{asked}",
                *(f"{rule.rule}?{name}={value}" for name in ("q", "subject")),
            ):
                answer = client.get(path)
                if (
                    answer.status_code >= 500 and client.get(rule.rule).status_code < 500
                ):  # the log's keys are not made here
                    faults.append(f"{path}: {answer.status_code}")
                answer.close()
    assert not faults, faults


@pytest.mark.databases
@pytest.mark.parametrize("path", ["/complaints", "/search", "/agencies", "/notices"])
def test_what_is_searched_for_is_what_can_be_seen(client, path):
    assert 'value="ab"' in client.get(f"{path}?q=a%00b").text


@pytest.mark.databases
@pytest.mark.parametrize(
    "path",
    [
        "/office/agencies/a%00b",
        "/catalogue/a%00b",
        "/activate/a%00b",
        "/password/new/a%00b",
        "/verify/a%00b",
        "/a%00b",
        "/static/a%00b",
        "/tile/0/a%00b",
        "/office/calendar/a%00b",
        "/catalogue/%ff",
        "/activate/%ed%a0%80",
        "/%ff",
    ],
)
def test_an_address_with_it_is_the_address_of_nothing(client, path):
    answer = client.get(path)
    assert answer.status_code in (404, 303) if "%00" in path else answer.status_code < 500
    assert "\0" not in answer.text


@pytest.mark.databases
def test_a_tip_and_a_complaint_lose_nothing_but_it(app, client):
    with app.app_context():
        notice = selection.published_notice()
        who = complaints.citizen()
    told = submit(
        client,
        "/tips/new",
        {"content": "几家机构\0串通报价，请查。", "contact": "\0a@example.org\0"},
    )
    assert told.status_code == 303
    sign_in(client, who)
    saved = submit(
        client,
        f"/notices/{notice}/complaints/new",
        {
            "about": "notice",
            "respondent": "owner",
            "matters": "公告要求\0在本市设有分支机构，属于地域限制。",
            "request": "请求更正\0公告。",
            "door": "office",
            "complainant": "person",
            "phone": "138\x0012345678",
        },
    )
    assert saved.status_code == 303
    with app.app_context():
        tip = db.session.scalars(select(Tip)).one()
        complaint = db.session.scalars(select(Complaint)).one()
        assert (tip.content, tip.contact) == ("几家机构串通报价，请查。", "a@example.org")
        assert (complaint.matters, complaint.complainant_phone) == (
            "公告要求在本市设有分支机构，属于地域限制。",
            "13812345678",
        )


@pytest.mark.databases
@pytest.mark.parametrize(
    "body", [b"content=%00%ff%ed%a0%80&notice=%00", b"content=%FF%FE0123456789%00012345&notice="]
)
def test_bytes_that_are_no_text_are_no_fault(client, body):
    answer = client.post(
        "/tips/new",
        data=body + b"&csrf_token=" + token(client, "/tips/new").encode(),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code in (303, 422)


@pytest.mark.databases
@pytest.mark.parametrize("value", [rb"\u0000", rb"a\u0000b", rb"\ud800"])
def test_a_value_in_json_is_refused_and_no_fault(client, value):
    to = "/draws/XQ-360481-2026-00001/sources/agency"
    for body in (b'{"value": "%s"}' % value, b'{"round": 1, "signature": "%s"}' % value):
        assert client.post(to, data=body, content_type="application/json").status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_part_of_a_request_is_without_it(app, method):
    sent = (
        {"text": ["a\0b", "c"], "file": (io.BytesIO(b"x\0y"), "a\0b.pdf")}
        if method == "POST"
        else None
    )
    with app.test_request_context(
        "/?q=a%00b&q=%00&q=c", method=method, data=sent, headers={"Cookie": r'lang="a\000b"'}
    ):
        assert request.args.getlist("q") == ["ab", "", "c"]
        assert request.cookies["lang"] == "ab"
        if method == "POST":
            assert request.form.getlist("text") == ["ab", "c"]
            assert (request.files["file"].filename, request.files["file"].read()) == (
                "ab.pdf",
                b"x\0y",
            )


# --- what cannot be seen --------------------------------------------------------------------


@pytest.mark.databases
def test_facts_of_twenty_unseen_signs_are_no_complaint_and_no_tip(app, client):
    with app.app_context():
        notice = selection.published_notice()
        who = complaints.citizen()
    assert "请填写“" in submit(client, "/tips/new", {"content": "\u200b" * 20}).text
    sign_in(client, who)
    answer = submit(
        client,
        f"/notices/{notice}/complaints/new",
        {
            "about": "notice",
            "respondent": "owner",
            "matters": "\u200b" * 20,
            "request": "请求更正公告。",
            "door": "office",
            "complainant": "person",
            "phone": "13812345678",
        },
    )
    assert answer.status_code == 422
    assert "请填写“投诉事项和事实”" in answer.text
    with app.app_context():
        assert db.session.scalars(select(Complaint)).first() is None


@pytest.mark.parametrize("typed", ["{}\u200b", "\ufeff{}", "\u00ad{} "])
def test_a_login_with_unseen_signs_around_it_signs_in(app, client, typed):
    with app.app_context():
        accounts.person("reader@example.org")
    given = {"login": typed.format("reader@example.org"), "password": accounts.PASSWORD}
    assert submit(client, "/sign-in", given).status_code == 303


@pytest.mark.parametrize("path", ["/complaints", "/search", "/agencies", "/notices"])
def test_a_search_for_nothing_visible_is_none(client, path):
    assert 'value="ab"' in client.get(path, query_string={"q": "a\u200b\u202eb"}).text


@pytest.mark.databases
@pytest.mark.parametrize(
    ("name", "code"), [("瑞昌市\u202e水利局", "text.turned"), ("\u200b" * 9, "accounts.no_name")]
)
def test_services_refuse_what_no_form_has_seen(app, name, code):
    with app.app_context(), pytest.raises(Invalid) as no:
        accounts.organisation("office", name)
    assert (no.value.code, no.value.field) == (code, "name")


@pytest.mark.databases
def test_a_body_that_the_terminal_founds_is_called_what_can_be_seen(app):
    with app.app_context():
        body = accounts.organisation("office", "瑞昌市\u200b政务\ufeff中心 ")
        assert db.session.get(Organisation, body).name == "瑞昌市政务中心"


@pytest.mark.databases
def test_whatever_a_person_writes_is_checked_before_it_is_kept(app):
    def write(work, text):
        work.session.add(
            Tip(
                division="360481",
                number="XS-360481-2026-09999",
                content=text,
                salt="00",
                received_at=work.now,
            )
        )

    with app.app_context():
        for text, code in (("请\u202e查", "text.turned"), ("\u200b\u2800", "text.unseen")):
            with pytest.raises(Invalid) as no:
                in_one_transaction(write, VISITOR, text)
            assert (no.value.code, no.value.field) == (code, "content")
        in_one_transaction(write, CLOCK, "请\u202e查")
