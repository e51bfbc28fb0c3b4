"""Tips and numbers as people type them: what cannot stand is shown again, what can be read is read."""

import pytest
from sqlalchemy import select

from market.complaints import forms
from market.complaints.models import Tip
from market.complaints.rules import Remedy
from market.complaints.views.offers import decided
from market.db import db
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.accounts import sign_in, submit


@pytest.fixture
def town(app):
    """A notice that is open for entries, the office's desk."""
    with app.app_context():
        return selection.published_notice(), complaints.desk()


def test_anybody_gives_a_tip_and_staff_read_it(app, client, new_client, town):
    _, desk = town
    short = submit(client, "/tips/new", {"content": "短"})
    assert short.status_code == 422
    given = submit(client, f"/tips/new?notice={town[0]}", {"content": "几家机构串通报价，请查。"})
    assert given.status_code == 303
    assert "XS-360481-2026-00001" in client.get(given.location).text
    assert client.get("/office/tips").status_code == 303
    staff = new_client()
    sign_in(staff, desk.officer)
    assert "串通报价" in staff.get("/office/tips").text
    page = "/office/tips/XS-360481-2026-00001"
    assert submit(staff, page, {"note": "转监管"}, to=f"{page}/look-at").status_code == 303
    assert "转监管" in staff.get(page).text


@pytest.mark.parametrize("written", ["乱写的编号", "GG-360481-2026-09999", "XQ-360481-2026-00001"])
def test_a_tip_about_no_published_notice_is_shown_again(client, town, written):
    answer = submit(
        client,
        "/tips/new",
        {"content": "几家机构串通报价，请查。", "notice": written, "contact": "a@example.org"},
    )
    assert answer.status_code == 422
    assert "没有“相关选取公告编号”所写的公告" in answer.text
    for typed in ("几家机构串通报价，请查。", written, "a@example.org"):
        assert typed in answer.text


def test_a_tip_about_a_notice_however_its_number_is_written(app, client, town):
    wide = (
        " "
        + town[0].lower().translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789-g"})
        + " "
    )
    assert (
        submit(
            client, "/tips/new", {"content": "几家机构串通报价，请查。", "notice": wide}
        ).status_code
        == 303
    )
    with app.app_context():
        assert db.session.scalar(select(Tip.notice_number)) == town[0]


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("", "请填写“处理说明”"),
        ("短", "“处理说明”至少写 2 个字"),
        ("长" * 1001, "“处理说明”最多写 1000 个字，现在有 1001 个字"),
    ],
)
def test_a_note_on_a_tip_that_cannot_stand_is_shown_again(client, new_client, town, note, sentence):
    for _ in range(2):
        submit(client, "/tips/new", {"content": "几家机构串通报价，请查。"})
    staff = new_client()
    page = "/office/tips/XS-360481-2026-00001"
    sign_in(staff, town[1].officer)
    assert staff.get("/office/tips").text.count("data-case") == 2
    answer = submit(staff, page, {"note": note}, to=f"{page}/look-at")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f">\r\n{note}</textarea>" in answer.text
    assert 'href="#note"' in answer.text
    assert "已阅处（" not in staff.get(page).text


def test_a_tip_is_worked_on_a_page_of_its_own_with_the_next_one_in_view(client, new_client, town):
    """Read by one, closed by another as shown; the list is narrowed and sorted by its address."""
    for said in ("几家机构串通报价，请查。", "评审专家与机构有亲属关系，请查。"):
        submit(client, "/tips/new", {"content": said})
    first, second = (f"/office/tips/XS-360481-2026-0000{no}" for no in (1, 2))
    reader = new_client()
    sign_in(reader, town[1].officer)
    page = reader.get(first).text
    assert f'href="{second}" data-next' in page
    assert "data-phrase=" in page and "to-hand-over" in page
    assert (
        submit(reader, first, {"note": "已约谈有关机构"}, to=f"{first}/look-at").status_code == 303
    )
    assert "须由本单位另一人办结" in reader.get(first).text

    other = new_client()
    sign_in(other, town[1].signatory)
    assert f'href="{first}"' in other.get("/office/tips?q=串通").text
    assert f'href="{second}"' not in other.get("/office/tips?q=串通").text
    desk = other.get("/office/tips?sort=number").text
    assert desk.index(f'href="{first}" data-case') < desk.index(f'href="{second}" data-case')
    assert "/look-at" not in other.get(first).text
    assert submit(other, first, {}, to=f"{first}/close-tip").status_code == 303
    closed = other.get(first).text
    assert "已办结（" in closed and "/close-tip" not in closed
    for bad in ("XS-360481-2026-00009", "XS-1"):
        assert other.get(f"/office/tips/{bad}").status_code == 404


def test_staff_find_a_notice_however_its_number_is_written(app, client, town):
    notice, desk = town
    with app.app_context():
        clerk = people.member(desk.organisation_id, "intake_clerk")
    sign_in(client, clerk)
    wide = notice.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789-G"})
    page = client.get("/office/complaints/new", query_string={"number": f" {wide} "})
    assert page.status_code == 200
    assert 'name="external_number"' in page.text


def test_an_agency_is_disqualified_by_its_number_however_it_is_written(app):
    sent = {"remedies": "disqualify", "agency_ref": " ａ０００ ０１７ "}
    with app.test_request_context("/", method="POST", data=sent):
        assert decided(forms.Decide())["remedies"] == {Remedy.DISQUALIFY: "A000017"}
