"""Complaints in the browser: filing, by the complainant and by staff."""

import io
import re

import pytest

from market.db import reading
from market.kernel.actor import CLOCK
from market.selection.results import queries as result_queries
from tests.factories import complaints, selection
from tests.factories.accounts import sign_in, submit

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FACTS = {
    "about": "notice",
    "respondent": "owner",
    "matters": "公告要求在本市设有分支机构，属于地域限制。",
    "request": "请求更正公告。",
    "door": "office",
    "complainant": "person",
    "phone": "13812345678",
}


@pytest.fixture
def town(app):
    """A notice that is open for entries, the office's desk, a citizen."""
    with app.app_context():
        notice = selection.published_notice()
        desk = complaints.desk()
        return notice, desk, complaints.citizen()


def test_filing_from_the_form_to_the_receipt(app, client, town):
    notice, _, who = town
    sign_in(client, who)
    page = client.get(f"/notices/{notice}/complaints/new").text
    assert "2 个工作日内决定是否受理" in page
    assert 'value="13800000000"' in page  # the telephone is known already
    saved = submit(client, f"/notices/{notice}/complaints/new", FACTS)
    assert saved.status_code == 303
    evidence = saved.location
    attached = submit(client, evidence, files={"file": (io.BytesIO(PDF), "证据.pdf")}, to=evidence)
    assert attached.status_code == 303
    assert "证据.pdf" in client.get(evidence).text
    check = re.sub("/files$", "/check", evidence)
    assert "地域限制" in client.get(check).text
    unsaid = submit(client, check, to=check)
    assert unsaid.status_code == 422
    filed = submit(client, check, {"truth": "y"}, to=check)
    assert filed.status_code == 303
    receipt = client.get(filed.location).text
    assert "TS-360481-2026-00001" in receipt
    assert "2026-03-06 24:00" in receipt
    again = submit(client, check, {"truth": "y"}, to=check)
    assert again.location == filed.location
    assert "TS-360481-2026-00001" in client.get("/complaints/mine").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"matters": "短"}, "至少写 10 个字"),
        ({"about": ""}, "请选择"),
        ({"phone": "123"}, "不是有效号码"),
        ({"about": "result"}, "中选公告尚未发布"),
        ({"respondent": "agency"}, "还没有中选机构"),
        ({"complainant": "organisation"}, "您当前的身份不代表"),
        ({"door": "elsewhere"}, "选"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    client, town, wrong, sentence
):
    notice, _, who = town
    sign_in(client, who)
    answer = submit(client, f"/notices/{notice}/complaints/new", {**FACTS, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "请求更正公告。" in answer.text


def test_a_double_click_keeps_one_draft(client, town):
    notice, _, who = town
    sign_in(client, who)
    key = {"once": "a" * 32}
    first = submit(client, f"/notices/{notice}/complaints/new", {**FACTS, **key})
    second = submit(client, f"/notices/{notice}/complaints/new", {**FACTS, **key})
    assert first.location == second.location


def test_a_draft_is_changed_thrown_away_and_shown_to_nobody_else(app, client, new_client, town):
    notice, _, who = town
    sign_in(client, who)
    draft = re.search(
        r"/drafts/(\d+)/", submit(client, f"/notices/{notice}/complaints/new", FACTS).location
    )[1]
    changed = submit(client, f"/complaints/drafts/{draft}", {"request": "请求重新发布公告。"})
    assert changed.status_code == 303
    assert "请求重新发布公告。" in client.get(f"/complaints/drafts/{draft}/check").text
    submit(
        client,
        f"/complaints/drafts/{draft}/files",
        files={"file": (io.BytesIO(PDF), "一.pdf")},
        to=f"/complaints/drafts/{draft}/files",
    )
    listed = re.search(
        r'action="([^"]+/remove)"', client.get(f"/complaints/drafts/{draft}/files").text
    )[1]
    assert (
        submit(client, f"/complaints/drafts/{draft}/files", {"sure": "1"}, to=listed).status_code
        == 303
    )
    stranger = new_client()
    with app.app_context():
        other = complaints.citizen()
    sign_in(stranger, other)
    for path in ("", "/files", "/check"):
        assert stranger.get(f"/complaints/drafts/{draft}{path}").status_code == 404
    assert (
        submit(
            client, "/complaints/mine", {"sure": "1"}, to=f"/complaints/drafts/{draft}/discard"
        ).status_code
        == 303
    )
    assert client.get(f"/complaints/drafts/{draft}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"), [("x.html", b"<script>alert(1)</script>"), ("empty.pdf", b"")]
)
def test_what_is_no_evidence_is_refused_with_its_reason(client, town, name, content):
    notice, _, who = town
    sign_in(client, who)
    evidence = submit(client, f"/notices/{notice}/complaints/new", FACTS).location
    answer = submit(client, evidence, files={"file": (io.BytesIO(content), name)}, to=evidence)
    assert answer.status_code == 422


def test_too_late_says_until_when_and_offers_the_tip(app, client, clock):
    with app.app_context():
        notice, _ = selection.announced_notice()
        complaints.desk()
        who = complaints.citizen()
        clock.instant = result_queries.notice(reading(CLOCK), notice).standstill_due
    sign_in(client, who)
    page = client.get(f"/notices/{notice}/complaints/new").text
    assert "2026-03-16 24:00" in page
    assert f"/tips/new?notice={notice}" in page
    check = re.sub(
        "/files$", "/check", submit(client, f"/notices/{notice}/complaints/new", FACTS).location
    )
    answer = submit(client, check, {"truth": "y"}, to=check)
    assert answer.status_code == 409
    assert "提出投诉的期限已于 2026-03-16 24:00 届满" in answer.text


def test_a_visitor_is_asked_to_sign_in(client, town):
    answer = client.get(f"/notices/{town[0]}/complaints/new")
    assert (answer.status_code, "/sign-in" in answer.location) == (303, True)


def test_a_complaint_about_conduct_begins_without_a_notice(app, client, town):
    with app.app_context():
        complaints.desk("authority")
    sign_in(client, town[2])
    fields = {**FACTS, "matter": "窗口拒收入驻材料", "act_on": "2026-03-03"}
    saved = submit(client, "/complaints/new", fields)
    assert saved.status_code == 303
    draft = saved.location.removesuffix("/files")
    assert "窗口拒收入驻材料" in client.get(draft).text
    check = f"{draft}/check"
    assert submit(client, check, {"truth": "y"}, to=check).status_code == 303


def test_staff_register_a_work_order_of_the_hotline(app, client, town):
    notice, desk, _ = town
    sign_in(client, desk.officer)
    assert client.get("/office/complaints/new").status_code == 200
    assert client.get("/office/complaints/new?number=GG-360481-2026-99999").status_code == 404
    url = f"/office/complaints/new?number={notice}"
    fields = {**FACTS, "channel": "hotline", "received_at": "2026-03-04 10:00", "name": "王小民"}
    unnumbered = submit(client, url, fields)
    assert (unnumbered.status_code, "请填写原工单号" in unnumbered.text) == (422, True)
    saved = submit(client, url, {**fields, "external_number": "12345-77"})
    draft = saved.location.removesuffix("/files")
    assert "12345-77" in client.get(draft).text
    filed = submit(client, f"{draft}/check", {"truth": "y"}, to=f"{draft}/check")
    number = re.search("TS-[0-9-]+", filed.location)[0]
    assert "12345-77" in client.get(f"/complaints/{number}").text
