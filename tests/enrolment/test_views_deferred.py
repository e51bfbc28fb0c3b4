"""The pages of deferred documents: the agency's, the office's, a stranger's."""

import io
import re

import pytest

from market.db import in_one_transaction, reading
from market.enrolment import queries, service
from market.kernel.actor import CLOCK
from market.letters import jobs as letters
from market.windows import jobs
from tests.enrolment.deeds import DUE, PROOF, REASONS
from tests.enrolment.test_views import USCC, walk
from tests.factories import accounts as people
from tests.factories import agencies as factory


def sent(data=factory.PDF, name="材料.pdf"):
    return {"file": (io.BytesIO(data), name)}


@pytest.fixture
def office(app, new_client):
    """Signs somebody of the office in."""

    def enter(who):
        with app.app_context():
            factory.town()
            actor = who()
        client = new_client()
        people.sign_in(client, actor)
        return client

    return enter


@pytest.fixture
def made(app):
    with app.app_context():
        return factory.provisional_agency()


def documents(app, made):
    with app.app_context():
        return queries.outstanding_documents(reading(CLOCK), made.organisation_id)


def check_now_is_possible(client, address: str) -> None:
    """The page of a document asks now or later, and takes a file that is one."""
    now = {"choice": "now"}
    assert "10 个工作日内补交" in client.get(address).text
    assert "请选择现在上传，还是以后补交" in people.submit(client, address, {}).text
    assert "请选择要上传的文件" in people.submit(client, address, now).text
    page = sent(b"<html><script>alert(1)</script>", "材料.pdf")
    assert people.submit(client, address, now, files=page).status_code == 422
    taken = people.submit(client, address, now, files=sent())
    assert taken.location == "/enrolment/qualifications"
    assert "已上传" in client.get("/enrolment/qualifications").text
    assert "查看已上传的文件" in client.get(address).text


def test_an_agency_puts_a_document_off_and_the_office_sees_it_in_the_application(
    client, office, app
):
    with app.app_context():
        factory.deferrable(("301", PROOF, 10))
        assistant = people.person()
    people.sign_in(client, assistant)
    walk(client)
    page = client.get("/enrolment/check").text
    assert f"“{PROOF}”还没有上传，也没有选择以后补交。" in page and "还没有</strong>" in page
    assert people.submit(client, "/enrolment/check").status_code == 422
    link = page.split("/enrolment/documents/")[1].split('"')[0]
    address = f"/enrolment/documents/{link}"
    check_now_is_possible(client, address)
    assert people.submit(client, address, {"choice": "later"}).status_code == 303
    assert "以后补交" in client.get("/enrolment/check").text
    assert (
        people.submit(client, "/enrolment/check").status_code == 422
    )  # the commitment has a clause more now
    assert "七、申请容缺的材料" in client.get("/enrolment/commitment").text
    people.submit(client, "/enrolment/commitment", {"agree": "y"})
    assert people.submit(client, "/enrolment/check").location == "/enrolment/receipt"
    checker = office(factory.checker)
    with app.app_context():
        number = queries.desk(reading(CLOCK))[0].number
    assert "以后补交" in checker.get(f"/office/enrolments/{number}").text
    people.submit(checker, f"/office/enrolments/{number}", to=f"/office/enrolments/{number}/pass")
    assert "容缺入驻" in client.get(f"/agencies/{USCC}").text


def test_where_nothing_is_listed_the_forms_say_nothing(client, app):
    with app.app_context():
        factory.town()
        assistant = people.person()
    people.sign_in(client, assistant)
    walk(client)
    for page in (
        "/enrolment",
        "/enrolment/qualifications",
        "/enrolment/check",
        "/enrolment/addition",
    ):
        assert "容缺" not in client.get(page).text, page
    assert client.get("/enrolment/documents/1").status_code == 404


def test_who_is_late_reads_what_is_left_to_do_and_no_warning_of_what_has_happened(
    client, app, clock, made
):
    clock.instant = DUE
    with app.app_context():
        jobs.sweep()
    people.sign_in(client, made.actor)
    todo = client.get("/todo").text
    assert f"“{PROOF}”已逾期。请尽快补交并说明情况" in todo and "将暂停报名" not in todo


def test_a_missing_document_goes_from_the_todo_list_to_the_office_and_back(
    client, office, app, made
):
    people.sign_in(client, made.actor)
    (document,) = documents(app, made)
    address = f"/enrolment/outstanding/{document.id}"
    todo = client.get("/todo").text
    assert (
        f"还差 1 份材料：{PROOF}" in todo and "将暂停报名并启动撤销程序" in todo and address in todo
    )
    assert "现在上传" in client.get("/enrolment").text
    assert "请选择要上传的文件" in people.submit(client, address, {}).text
    assert people.submit(client, address, files=sent()).location == "/enrolment"
    assert "等协管办核验，核验期间不计时" in client.get("/todo").text
    assert "换一个文件" in client.get("/enrolment").text
    checker = office(factory.checker)
    desk = f"/office/agencies/{made.ref}"
    assert desk in checker.get("/todo").text
    assert PROOF in checker.get("/office/enrolments").text
    back = f"/office/documents/{document.id}/return"
    accept = f"/office/documents/{document.id}/accept"
    assert people.submit(checker, back, {"reason": ""}).status_code == 422
    assert people.submit(checker, back, {"reason": "缺第二页。"}).location == desk
    assert "上次退回" in client.get(address).text and "缺第二页。" in client.get("/enrolment").text
    people.submit(client, address, files=sent())
    (seen,) = re.findall(r'name="file" value="(\d+)"', checker.get(desk).text)
    people.submit(client, address, files=sent(factory.PDF + b"2"))
    for crossed in (
        people.submit(checker, desk, {"file": seen}, to=accept),
        people.submit(checker, f"{back}?file={seen}", {"reason": "缺第二页。"}),
    ):
        assert crossed.status_code == 409 and "机构刚刚换了一个文件" in crossed.text
    assert f"{back}?file=" in checker.get(desk).text
    assert people.submit(checker, desk, to=accept).location == desk
    assert "不用再交" in client.get(address).text
    assert "还差 1 份材料" not in client.get("/todo").text
    again = checker.post(accept, data={"csrf_token": people.token(checker, "/account")})
    assert again.status_code == 409 and "没有待核验的文件" in again.text


def test_the_public_sees_the_flag_and_the_due_and_not_which_document(client, made):
    page = client.get(f"/agencies/{made.uscc}").text
    assert "容缺入驻" in page and "2026-03-18 24:00" in page and "容缺，可报名" in page
    assert PROOF not in page
    assert "容缺入驻" in client.get("/agencies").text


def test_from_the_due_to_the_two_signatures_through_the_pages(client, office, app, clock, made):
    clock.instant = DUE
    with app.app_context():
        jobs.sweep()
        letters.write()
    people.sign_in(client, made.actor)
    page = client.get("/enrolment").text
    assert (
        "撤销程序中（已暂停报名）" in page
        and "到期未补" in page
        and "陈述申辩期限" in page
        and "现在上传" in page
    )
    checker = office(factory.checker)
    head = office(factory.head)
    desk = f"/office/agencies/{made.ref}"
    early = people.submit(checker, f"{desk}/revocation", REASONS)
    assert early.status_code == 409 and "陈述申辩期到" in early.text
    stated = people.submit(client, "/enrolment/statement", {"statement": "社保机构系统停机。"})
    assert stated.status_code == 303
    assert desk in checker.get("/todo").text
    assert "签发撤销决定" not in head.get(desk).text
    for days in ("11", "9" * 400):
        longer = people.submit(checker, f"{desk}/new-due", {"days": days, "reasons": "情况属实。"})
        assert longer.status_code == 422
    later = people.submit(checker, f"{desk}/new-due", {"days": "3", "reasons": "情况属实。"})
    assert later.location == desk
    assert (
        people.submit(checker, f"{desk}/revocation", REASONS).location == desk
    )  # a second thought
    assert people.submit(head, desk, to=f"{desk}/revoke").location == desk
    assert "入驻已撤销" in client.get("/enrolment").text
    shown = client.get(f"/agencies/{made.uscc}").text
    assert "撤销程序的拟办意见" not in shown and PROOF not in shown


def test_the_agency_the_office_and_the_regulator_are_told(client, app, clock):
    with app.app_context():
        regulator = people.body("regulator", "自然资源局")
        officer = people.member(regulator, "regulator_officer")
        made = factory.provisional_agency()
        checker = factory.checker()
        head = factory.head()
        clock.instant = DUE
        jobs.sweep()
        letters.write()
    for who in (made.actor, checker, head, officer):
        people.sign_in(client, who)
        assert f"机构 {made.ref} 的容缺材料逾期未补" in client.get("/inbox").text
    assert client.get(f"/office/agencies/{made.ref}").status_code == 200
    board = client.get("/office/windows?kind=agencies.deferred").text
    assert "补交容缺材料" in board and made.ref in board and "已超期" in board


def test_what_is_owed_stands_in_the_agencys_own_calendar(client, made):
    people.sign_in(client, made.actor)
    people.submit(client, "/todo/feed")
    page = client.get("/todo/feed").text
    address = "/todo.ics" + page.split("/todo.ics")[1].split('"')[0].split("<")[0]
    assert "补交容缺材料" in client.get(address).text.replace("\r\n ", "")


def test_an_addition_takes_its_documents_at_once(client, app):
    with app.app_context():
        factory.deferrable(("103", PROOF, 10))
        made = factory.active_agency()
    people.sign_in(client, made.actor)
    page = client.get("/enrolment/addition").text
    address = "/enrolment/documents/" + page.split("/enrolment/documents/")[1].split('"')[0]
    assert "不能容缺" in client.get(address).text and "以后补交" not in client.get(address).text
    refused = people.submit(client, "/enrolment/addition", {"items": ["103"], "agree": "y"})
    assert refused.status_code == 422 and "增加事项须一次交齐" in refused.text
    assert people.submit(client, address, {"choice": "later"}).status_code == 422
    assert (
        people.submit(client, address, {"choice": "now"}, files=sent()).location
        == "/enrolment/addition"
    )
    assert (
        people.submit(client, "/enrolment/addition", {"items": ["103"], "agree": "y"}).status_code
        == 303
    )


def test_a_document_that_is_not_there_is_answered_so(office):
    assert office(factory.checker).get("/office/documents/8999999999/return").status_code == 404


def test_another_agencys_document_is_like_none(client, app, made):
    (document,) = documents(app, made)
    with app.app_context():
        other = factory.active_agency()
        in_one_transaction(
            service.hand_in, made.actor, document_id=document.id, received=factory.paper()
        )
        file_id = queries.outstanding_documents(reading(CLOCK), made.organisation_id)[0].file_id
    people.sign_in(client, other.actor)
    assert client.get(f"/enrolment/outstanding/{document.id}").status_code == 404
    assert client.get(f"/files/{file_id}").status_code == 404
