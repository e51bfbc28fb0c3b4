"""Joint handling in the browser: each page offers what is its reader's, files open for whom they may."""

import datetime as dt

import pytest

from market.complaints import queries, service
from market.complaints.rules import About, Respondent
from market.db import reading
from market.files import queries as files
from market.files.service import Received
from market.kernel.errors import NotFound
from tests.complaints.deeds import do
from tests.complaints.joint import join
from tests.factories import accounts as people
from tests.factories import complaints
from tests.factories.accounts import sign_in, submit, token


def check_kept(officer, page: str) -> None:
    """A decision by somebody who only gives an opinion: not his, and nothing he typed is lost."""
    form = {
        "csrf_token": token(officer, f"{page}/opinion"),
        "outcome": "dismissed",
        "reasons": "经查阅日志和公告，所反映的情况属实，应当更正。",
        "legal_basis": "《办法》第三条",
        "remedy_note": "六十日内可申请行政复议。",
    }
    kept = officer.post(f"{page}/decide", data=form)
    assert kept.status_code == 404
    assert form["reasons"] in kept.text and "不由您办理" in kept.text


def test_each_page_offers_what_is_its_readers_and_a_refusal_keeps_what_was_typed(
    app, client, new_client, assisted
):
    number, desk, regulator = assisted
    page = f"/complaints/{number}"
    sign_in(client, desk.officer)
    form = client.get(f"{page}/join").text
    assert 'value="2026-03-16"' in form and "2026-03-25 24:00" in form and "自然资源局" in form
    to = {"organisation_id": regulator.organisation_id}
    late = submit(client, f"{page}/join", {**to, "due_on": "2026-03-26"})
    assert late.status_code == 422
    assert "不能晚于" in late.text and 'value="2026-03-26"' in late.text
    in_time = submit(client, f"{page}/join", {**to, "due_on": "2026-03-13"})
    assert in_time.status_code == 303
    assert f"{page}/opinion" not in client.get(page).text
    assert f"{page}/decide" in client.get(page).text
    officer = new_client()
    head = new_client()
    sign_in(officer, regulator.officer)
    sign_in(head, regulator.signatory)
    shown = officer.get(page).text
    assert f"{page}/opinion" in shown
    for deed in ("decide", "join", "violation", "ask-answer", "take-up"):
        assert f"{page}/{deed}" not in shown
        assert officer.get(f"{page}/{deed}").status_code == 404
    for deed in ("assign", "continue-hold"):
        assert f"{page}/{deed}" not in head.get(page).text
    assert number in officer.get("/todo").text
    check_kept(officer, page)
    opinion = submit(officer, f"{page}/opinion", {"text": "资质要求合规，没有地域条件。"})
    assert opinion.status_code == 303
    assert f"{page}/opinion" not in officer.get(page).text


def test_the_assigner_assigns_bodies_and_only_its_own_bodys_people(app, client, assisted):
    number, _, _ = assisted
    with app.app_context():
        authority = complaints.desk("authority")
        assigner = people.member(authority.organisation_id, "authority_assigner")
        own = complaints.filed(
            "三号窗口退件",
            about=About.CONDUCT,
            respondent=Respondent.OFFICE,
            act_on=dt.date(2026, 3, 4),
        )
        with pytest.raises(NotFound):
            do(service.assign, assigner, number=number, person_id=1)
    sign_in(client, assigner)
    page = client.get(f"/complaints/{number}").text
    assert f"{number}/reassign" in page and f"{number}/assign" not in page
    assert f"{own}/assign" in client.get(f"/complaints/{own}").text
    assert (
        submit(
            client, f"/complaints/{own}/assign", {"person_id": authority.officer.person_id}
        ).status_code
        == 303
    )


def test_files_are_linked_for_those_who_may_open_them(app, client, new_client, assisted):
    number, desk, regulator = assisted
    with app.app_context():
        do(
            service.attach,
            desk.officer,
            scan=Received("勘验.pdf", "application/pdf", 10, "0" * 64, "key"),
            number=number,
        )
        join(number, desk, regulator)
        assigner = people.staff("authority", "authority_assigner")
    for browser, who, opens in (
        (client, desk.officer, True),
        (new_client(), regulator.officer, True),
        (new_client(), assigner, False),
    ):
        sign_in(browser, who)
        page = browser.get(f"/complaints/{number}").text
        assert (
            "勘验.pdf" in page,
            "/files/" in page.replace(f"/complaints/{number}/files", ""),
        ) == (True, opens)
        with app.app_context():
            (file,) = queries.view(reading(who), number).content.exhibits
            assert can_open(who, file.file_id) is opens


def can_open(who, file_id: int) -> bool:
    try:
        return files.readable(reading(who), file_id).id == file_id
    except NotFound:
        return False
