"""Complaints that staff enter for those who came by paper, counter, telephone, post or 12345."""

import datetime as dt
import re

import pytest

from market.accounts import queries as accounts
from market.complaints import queries
from market.db import in_one_transaction, reading
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.accounts import sign_in, submit

FACTS = {
    "about": "notice",
    "respondent": "owner",
    "matters": "公告要求在本市设有分支机构，属于地域限制。",
    "request": "请求更正公告。",
    "door": "office",
    "complainant": "person",
    "phone": "13812345678",
    "name": "王小民",
}


@pytest.fixture
def town(app):
    """A notice, the office's desk, and a clerk who takes things in and no more."""
    with app.app_context():
        notice = selection.published_notice()
        desk = complaints.desk()
        return notice, desk, people.member(desk.organisation_id, "intake_clerk")


def saved(client, url: str, fields: dict[str, object]) -> str:
    """Send the form; returns the address of the page that checks the answers."""
    answer = submit(client, url, fields)
    assert answer.status_code == 303, re.findall(r"error-message[^>]*>.*?</p>", answer.text, re.S)
    return answer.location.removesuffix("/files") + "/check"


@pytest.mark.parametrize("channel", ["paper", "counter", "phone", "hotline", "post"])
def test_whoever_entered_a_complaint_gets_its_receipt_and_reads_it_again(
    app, client, new_client, town, channel
):
    notice, desk, clerk = town
    sign_in(client, clerk)
    fields = {
        **FACTS,
        "channel": channel,
        "received_at": "2026-03-04 10:00",
        "external_number": "12345-77",
    }
    check = saved(client, f"/office/complaints/new?number={notice}", fields)
    receipt = client.get(submit(client, check, {"truth": "y"}, to=check).location)
    assert receipt.status_code == 200
    number = re.search("TS-[0-9-]+", receipt.text)[0]
    assert "2026-03-06 24:00" in receipt.text and re.search(
        r"/log/receipts/\d+\.tlog-proof", receipt.text
    )
    assert "交给投诉人" in receipt.text
    page = client.get(f"/complaints/{number}").text
    assert "王小民" in page and "地域限制" in page and f"/complaints/{number}/receipt" in page
    assert "现在可以" not in page  # and decides nothing
    other = new_client()
    with app.app_context():
        colleague = people.member(desk.organisation_id, "intake_clerk")
    sign_in(other, colleague)
    assert other.get(f"/complaints/{number}/receipt").status_code == 404
    assert "王小民" not in other.get(f"/complaints/{number}").text


def test_who_entered_it_reads_what_he_entered_and_nothing_that_came_after(app, town):
    notice, desk, clerk = town
    with app.app_context():
        number = complaints.registered(notice, clerk, complaints.by_hotline())
        in_one_transaction(
            complaints.service.ask_completion, desk.officer, number=number, request="请补充身份证明"
        )
        in_one_transaction(
            complaints.service.complete, desk.officer, number=number, text="身份证明已核对"
        )
        card = queries.view(reading(clerk), number)
        assert (card.relation, card.content.name, card.content.completion, card.dossier) == (
            "registrar",
            "王小民",
            "",
            None,
        )
        complaints.accepted(number, desk)
        complaints.decided(number, desk)
        assert queries.view(reading(clerk), number).ruling is None
        moved = people.actor_of(clerk.person_id)
        assert queries.view(reading(moved), number).content is None


# --- what the answers are checked by ------------------------------------------------------


def test_staff_check_every_answer_and_answer_for_the_copy_not_for_the_facts(app, client, town):
    notice, desk, clerk = town
    with app.app_context():
        office = accounts.organisation(reading(clerk), desk.organisation_id).name
    sign_in(client, clerk)
    fields = {
        **FACTS,
        "channel": "post",
        "received_at": "2026-03-04 10:00",
        "posted_on": "2026-03-04",
        "has_new_evidence": "y",
        "complainant": "organisation",
        "name": "瑞昌测绘有限公司",
        "hides_complainant": "y",
    }
    page = client.get(saved(client, f"/office/complaints/new?number={notice}", fields)).text
    shown = dict(
        re.findall(r'__key">(.*?)</dt>\s*<dd class="govuk-summary-list__value">(.*?)</dd>', page)
    )
    assert shown["邮戳日期（邮寄的）"] == "2026-03-04"
    assert shown["不向被投诉人透露单位名称"] == shown["曾就同一事实投诉，这次有新证据"] == "是"
    assert shown["向哪个单位投诉"] == office
    assert "与来件或投诉人所述一致" in page and "我愿意" not in page


@pytest.mark.parametrize(
    ("field", "wrong", "sentence"),
    [
        ("received_at", {"received_at": "2026-02-01 10:00"}, "收到时间早于选取公告的发布时间"),
        ("received_at", {"received_at": "2026-03-30 10:00"}, "收到时间不能晚于现在"),
        (
            "posted_on",
            {"channel": "post", "posted_on": "2026-02-01"},
            "邮戳日期早于选取公告的发布时间",
        ),
    ],
)
def test_a_date_that_cannot_be_is_said_at_its_field_when_it_is_saved(
    client, town, field, wrong, sentence
):
    notice, _, clerk = town
    sign_in(client, clerk)
    fields = {**FACTS, "channel": "paper", "received_at": "2026-03-04 10:00", **wrong}
    answer = submit(client, f"/office/complaints/new?number={notice}", fields)
    assert (answer.status_code, f'id="{field}-error"' in answer.text, sentence in answer.text) == (
        422,
        True,
        True,
    )
    assert "请求更正公告。" in answer.text


# --- conduct ------------------------------------------------------------------------------

CONDUCT = {
    **FACTS,
    "channel": "counter",
    "received_at": "2026-03-04 10:00",
    "matter": "窗口拒收入驻材料",
    "act_on": "2026-03-03",
}


def test_staff_enter_a_complaint_about_the_offices_service_and_do_not_handle_it(
    app, client, new_client, town
):
    _, desk, clerk = town
    with app.app_context():
        authority = complaints.desk("authority")
    sign_in(client, clerk)
    url = re.search(
        r'href="(/office/complaints/conduct/new)"', client.get("/office/complaints/new").text
    )[1]
    check = saved(client, url, CONDUCT)
    again = client.get(check.removesuffix("/check")).text
    assert "窗口拒收入驻材料" in again and 'value="2026-03-03"' in again and "王小民" in again
    assert "2026-03-03" in client.get(check).text
    receipt = client.get(submit(client, check, {"truth": "y"}, to=check).location).text
    number = re.search("TS-[0-9-]+", receipt)[0]
    assert "窗口拒收入驻材料" in client.get(f"/complaints/{number}").text
    with app.app_context():
        card = queries.view(reading(authority.officer), number)
        assert (card.body.id, card.relation, card.act_on) == (
            authority.organisation_id,
            "body",
            dt.date(2026, 3, 3),
        )
    officer = new_client()
    sign_in(officer, desk.officer)
    assert "窗口拒收入驻材料" not in officer.get(f"/complaints/{number}").text


LONG_AGO = "提出投诉的期限已于 2026-02-09 24:00 届满"


@pytest.mark.parametrize(
    ("url", "act_on", "sentence"),
    [
        ("/complaints/new", "2026-03-10", "不能晚于今天"),
        ("/office/complaints/conduct/new", "2026-03-10", "不能晚于今天"),
        ("/complaints/new", "2026-02-02", LONG_AGO),
        ("/office/complaints/conduct/new", "2026-02-02", LONG_AGO),
        ("/office/complaints/conduct/new", "2026-03-04", "发生日期不能晚于收到的日期"),
    ],
)
def test_the_day_of_the_act_is_judged_when_it_is_saved(app, client, town, url, act_on, sentence):
    with app.app_context():
        complaints.desk("authority")
        citizen = complaints.citizen()
    sign_in(client, town[2] if url.startswith("/office") else citizen)
    answer = submit(client, url, {**CONDUCT, "received_at": "2026-03-03 10:00", "act_on": act_on})
    assert (answer.status_code, 'id="act_on-error"' in answer.text, sentence in answer.text) == (
        422,
        True,
        True,
    )


def test_who_complains_himself_sees_the_day_and_the_body_again_and_answers_for_the_facts(
    app, client, town
):
    with app.app_context():
        complaints.desk("authority")
        who = complaints.citizen()
    sign_in(client, who)
    check = saved(client, "/complaints/new", CONDUCT)
    page = client.get(check).text
    assert "2026-03-03" in page and "我愿意" in page
    page = client.get(saved(client, f"/notices/{town[0]}/complaints/new", FACTS)).text
    assert "向哪个单位投诉" in page
