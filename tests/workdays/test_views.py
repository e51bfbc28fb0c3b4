"""Pages of the calendar, the calculator and the imports."""

import dataclasses
import datetime as dt
import io
import re

import pytest
from icalendar import Calendar

from market.workdays import queries as workday_queries
from tests.factories import accounts
from tests.factories.workdays import shipped_calendar
from tests.workdays.shipped import local
from tests.workdays.test_service import NOTICE, notice_2027

FIELDS = NOTICE | {"issued_on": "2026-03-03", "region": "CN"}


@pytest.fixture
def installed(app):
    """The shipped calendar, an editor, an approver, somebody else, and the editor as an approver of
    another body.
    """
    with app.app_context():
        shipped_calendar()
        authority = accounts.organisation("authority")
        other = accounts.organisation("authority")
        editor = accounts.member(authority, "rule_editor")
        accounts.join(other, editor.person_id, "rule_approver")
        return (
            editor,
            accounts.member(authority, "rule_approver"),
            accounts.member(authority, "authority_assigner"),
            accounts.actor_of(editor.person_id, other),
        )


def test_the_public_calendar_shows_make_up_days_and_names_its_source(installed, client):
    page = client.get("/calendar").text
    assert "2026 年工作日历" in page
    assert "国办发明电〔2025〕7号" in page
    assert page.count('class="mk-day mk-day--make_up"><time') == 6
    assert 'aria-current="date"><time datetime="2026-03-04"' in page


def test_a_corrected_year_names_both_notices(installed, client):
    page = client.get("/calendar/2019").text
    assert "国办发明电〔2018〕15号" in page
    assert "国办发明电〔2019〕3号" in page
    assert "12月30日至1月1日" in page


def test_an_unpublished_year_says_that_it_is_provisional(installed, client):
    page = client.get("/calendar/2027").text
    assert "尚未收录 2027 年的放假调休安排" in page
    assert "未公布" in page
    assert 'mk-day--make_up"><time' not in page


@pytest.mark.parametrize("year", ["2017", "2051", "0", "9" * 30, "abcd"])
def test_a_year_outside_the_calendar_is_not_found(installed, client, year):
    assert client.get(f"/calendar/{year}").status_code == 404


def test_the_first_and_the_last_year_have_their_pages(installed, client):
    assert client.get("/calendar/2018").status_code == 200
    assert client.get("/calendar/2050").status_code == 200


def test_next_year_is_missed_from_15_november(installed, client, clock):
    assert "2027 年的放假调休安排尚未收录" not in client.get("/calendar").text
    clock.instant = local("2026-11-15 00:00")
    assert "2027 年的放假调休安排尚未收录" in client.get("/calendar").text


def test_the_feed_has_every_holiday_and_make_up_day_with_its_source(installed, client):
    answer = client.get("/calendar.ics")
    assert answer.mimetype == "text/calendar"
    events = {str(event["uid"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}
    spring = events["2026-02-15@workdays"]
    assert (spring["summary"], spring["dtstart"].dt, spring["dtend"].dt) == (
        "春节放假",
        dt.date(2026, 2, 15),
        dt.date(2026, 2, 24),
    )
    assert "国办发明电〔2025〕7号" in spring["description"]
    assert events["2026-02-14@workdays"]["summary"] == "春节调休上班"
    assert len(events) == len(Calendar.from_ical(answer.data).walk("VEVENT"))


def test_the_calculator_counts_for_anyone(installed, client):
    page = client.get("/calculator?trigger=2026-02-10+15:30&n=15&unit=working_day").text
    assert "2026-03-09 24:00 前" in page
    assert "2026-02-28" in page
    assert "国办发明电〔2025〕7号" in page
    at_counter = client.get(
        "/calculator?trigger=2025-09-26+10:00&n=2&unit=working_day&close=17:00"
    ).text
    assert "2025-09-29 17:00 前" in at_counter
    assert (
        "2026-02-11 15:30 前"
        in client.get("/calculator?trigger=2026-02-10+15:30&n=24&unit=hour").text
    )


def test_the_calculator_starts_empty_with_the_present_instant(installed, client):
    page = client.get("/calculator").text
    assert 'value="2026-03-04 10:00"' in page
    assert "govuk-error-summary" not in page


def test_a_provisional_answer_says_so(installed, client):
    page = client.get("/calculator?trigger=2026-12-29+09:00&n=3&unit=working_day").text
    assert "截止日暂定为 2027-01-04 24:00：本平台尚未收录 2027 年放假调休安排" in page
    at_year_s_end = client.get("/calculator?trigger=2026-12-28+09:00&n=1&unit=working_day").text
    assert "截止日暂定为 2026-12-29 24:00：本平台尚未收录 2027 年" in at_year_s_end


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("trigger=&n=3&unit=working_day", 422, "请填写"),
        ("trigger=yesterday&n=3&unit=working_day", 422, "不是有效"),
        ("trigger=2026-02-10+15:30&n=&unit=working_day", 422, "期限"),
        ("trigger=2026-02-10+15:30&n=three&unit=working_day", 422, "期限"),
        ("trigger=2026-02-10+15:30&n=0&unit=working_day", 422, "期限要在 1 到 10000 之间"),
        (
            "trigger=2026-02-10+15:30&n=" + "9" * 400 + "&unit=working_day",
            422,
            "期限要在 1 到 10000 之间",
        ),
        ("trigger=2026-02-10+15:30&n=" + "9" * 5000 + "&unit=working_day", 422, "期限"),
        ("trigger=2026-02-10+15:30&n=3&unit=fortnight", 422, "请从列表里选择“计时单位”"),
        ("trigger=2026-02-10+15:30&n=3&unit=working_day&close=25:00", 422, "下班时间请按"),
        ("trigger=2026-02-10+15:30&n=3&unit=hour&close=17:00", 422, "没有下班时间"),
        ("trigger=2026-02-10+15:30&n=10000&unit=working_day", 409, "只能计算"),
        ("trigger=1999-02-10+15:30&n=3&unit=working_day", 409, "只能计算"),
        ("trigger=2050-12-31+15:30&n=1&unit=calendar_day", 409, "只能计算"),
    ],
)
def test_a_wrong_question_is_answered_with_a_sentence(installed, client, query, status, sentence):
    answer = client.get(f"/calculator?{query}")
    assert answer.status_code == status
    assert sentence in answer.text


def test_one_person_imports_and_another_approves(installed, new_client):
    editor, approver, _, editor_elsewhere = installed
    importing = new_client()
    approving = new_client()
    twice = new_client()
    accounts.sign_in(twice, editor_elsewhere)
    accounts.sign_in(importing, editor)
    accounts.sign_in(approving, approver)
    upload = (io.BytesIO(notice_2027().encode()), "2027.json")
    answer = accounts.submit(importing, "/office/calendar/new", FIELDS, files={"file": upload})
    assert (answer.status_code, answer.location) == (303, "/office/calendar/CN-2027-1")
    assert "请由另一位规则批准人批准" in twice.get("/office/calendar/CN-2027-1").text
    fields = {"csrf_token": accounts.token(twice, "/office/calendar/CN-2027-1")}
    assert twice.post("/office/calendar/CN-2027-1/approve", data=fields).status_code == 409
    theirs = approving.get("/office/calendar/CN-2027-1").text
    assert "2027-02-13" in theirs
    answer = accounts.submit(
        approving, "/office/calendar/CN-2027-1", to="/office/calendar/CN-2027-1/approve"
    )
    assert answer.status_code == 303
    assert "国办发明电〔2026〕9号" in new_client().get("/calendar/2027").text
    assert "CN-2027-1" in importing.get("/office/calendar").text


def test_a_faulty_file_shows_everything_wrong_and_loses_nothing_typed(installed, client):
    accounts.sign_in(client, installed[0])
    upload = (io.BytesIO(notice_2027("2027-05-01").encode()), "2027.json")
    answer = accounts.submit(
        client, "/office/calendar/new", FIELDS | {"document_number": "九号"}, files={"file": upload}
    )
    assert answer.status_code == 422
    assert "2027-05-01 是法定节假日，安排里没有列为放假" in answer.text
    assert "文号“九号”不完整" in answer.text
    assert "2027-10-09" in answer.text  # the file's text, to be mended where it stands
    assert NOTICE["title"] in answer.text


@pytest.mark.parametrize(
    ("change", "upload", "status"),
    [
        ({}, None, 422),
        ({"text": "{"}, None, 422),
        ({}, b"\xff\xfe", 422),
        ({"text": "x", "title": "a\x07b"}, None, 422),
        ({"text": notice_2027(), "issued_on": "2027-01-01"}, None, 422),
        ({"text": notice_2027(), "region": "US"}, None, 422),
        ({"text": "x", "source_url": "javascript:alert(1)"}, None, 422),
        ({}, b"x" * 300_000, 422),
        ({"text": "\ufeff" + notice_2027()}, None, 422),
    ],
)
def test_a_wrong_import_is_answered_with_a_sentence(installed, client, change, upload, status):
    accounts.sign_in(client, installed[0])
    files = {"file": (io.BytesIO(upload), "2027.json")} if upload else None
    answer = accounts.submit(client, "/office/calendar/new", FIELDS | change, files=files)
    assert answer.status_code == status
    assert "govuk-error-summary" in answer.text


def test_what_cannot_be_read_is_named_in_the_user_s_language(installed, client):
    accounts.sign_in(client, installed[0])
    answer = accounts.submit(
        client, "/office/calendar/new", FIELDS | {"text": '{"year": 2027,\n "days": [{]}'}
    )
    assert "文件第 2 行第 12 列不合 JSON 格式" in answer.text and "Expecting" not in answer.text
    answer = accounts.submit(
        client,
        "/office/calendar/new",
        FIELDS | {"text": '{"year": 2027, "days": [{"name": "元旦", "date": "soon"}]}'},
    )
    assert (
        "days 的第 1 项：“date”应是真实的日期" in answer.text
        and "“isOffDay”应是 true" in answer.text
    )


def test_a_form_sent_twice_makes_one_import(installed, client):
    accounts.sign_in(client, installed[0])
    once = re.search(r'name="once"[^>]*value="(\w+)"', client.get("/office/calendar/new").text)[1]
    for _ in range(2):
        answer = accounts.submit(
            client, "/office/calendar/new", FIELDS | {"text": notice_2027(), "once": once}
        )
        assert answer.location == "/office/calendar/CN-2027-1"
    assert (
        client.get("/office/calendar").text.count("CN-2027-") == 2
    )  # one link: its address and its words


def test_a_proposal_is_turned_down_with_a_reason(installed, new_client):
    importing = new_client()
    approving = new_client()
    accounts.sign_in(importing, installed[0])
    accounts.sign_in(approving, installed[1])
    accounts.submit(importing, "/office/calendar/new", FIELDS | {"text": notice_2027()})
    to = "/office/calendar/CN-2027-1/reject"
    assert (
        accounts.submit(approving, "/office/calendar/CN-2027-1", {"reason": ""}, to=to).status_code
        == 422
    )
    assert (
        accounts.submit(
            approving, "/office/calendar/CN-2027-1", {"reason": "与原文不符"}, to=to
        ).status_code
        == 303
    )
    assert "与原文不符" in importing.get("/office/calendar/CN-2027-1").text


def test_the_preview_names_the_open_windows_that_would_move(installed, client, app):
    @dataclasses.dataclass(frozen=True)
    class Move:
        subject: str
        title: str
        old_due: dt.datetime
        due: dt.datetime

    asked = []
    moved = Move(
        "TS-360481-2026-00003", "处理决定", local("2027-02-10 00:00"), local("2027-02-18 00:00")
    )
    workday_queries.MOVED.keep(
        lambda work, before, after: asked.append((before, after)) or [moved],
        app,
    )
    accounts.sign_in(client, installed[0])
    accounts.submit(client, "/office/calendar/new", FIELDS | {"text": notice_2027()})
    page = client.get("/office/calendar/CN-2027-1").text
    assert "TS-360481-2026-00003" in page
    assert "2027-02-17 24:00" in page
    (before, after) = asked[0]
    assert after.confirmed_through > before.confirmed_through


def test_the_page_of_an_approved_version_shows_what_it_changed(installed, client):
    accounts.sign_in(client, installed[0])
    page = client.get("/office/calendar/CN-2026-1").text
    assert "生效时改变的日子" in page and "2026-02-14" in page and "没有差别" not in page


@pytest.mark.parametrize(
    "path", ["/office/calendar", "/office/calendar/new", "/office/calendar/CN-2026-1"]
)
def test_the_office_s_pages_are_for_their_duties(installed, new_client, path):
    assert new_client().get(path).status_code == 303
    stranger = new_client()
    accounts.sign_in(stranger, installed[2])
    assert stranger.get(path).status_code == 403
    editor = new_client()
    accounts.sign_in(editor, installed[0])
    assert editor.get(path).status_code == 200


def test_an_unknown_import_is_not_found(installed, client):
    accounts.sign_in(client, installed[0])
    for key in ("CN-2030-1", "x", "CN-2026-" + "9" * 40):
        assert client.get(f"/office/calendar/{key}").status_code == 404


@pytest.mark.parametrize(
    "written", ["17:00", "１７：００", "17：00", "17时", "17点", "17时00分", "１７时"]
)
def test_a_closing_hour_is_read_however_it_is_written(installed, client, written):
    asked = {"trigger": "2025-09-26 10:00", "n": "2", "unit": "working_day", "close": written}
    assert "2025-09-29 17:00 前" in client.get("/calculator", query_string=asked).text
    half_past = client.get("/calculator", query_string={**asked, "close": "8点30分"}).text
    assert "2025-09-29 08:30 前" in half_past


@pytest.mark.parametrize("blank", ["%20", "%E3%80%80", "%C2%85"])
def test_a_closing_hour_of_blanks_alone_is_none(installed, client, blank):
    asked = "/calculator?trigger=2026-02-10+15:30&n=15&unit=working_day&close="
    answer = client.get(asked + blank)
    assert answer.status_code == 200
    assert answer.text.count("24:00") == client.get(asked).text.count("24:00")
