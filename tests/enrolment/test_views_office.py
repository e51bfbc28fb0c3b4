"""The office over applications and objections, by its pages."""

import re

from market.db import reading
from market.enrolment import queries
from market.kernel.actor import CLOCK
from tests.enrolment.test_views import CERTIFICATE, FIELDS, USCC, scan, walk
from tests.factories import accounts as people
from tests.factories import agencies as factory


def test_one_correction_list_then_mended_and_passed(client, new_client, people_here, app):
    assistant, checker, _head = people_here
    people.sign_in(client, assistant)
    walk(client)
    people.submit(client, "/enrolment/check")
    office = new_client()
    people.sign_in(office, checker)
    number = number_of(app)
    assert people.submit(office, f"/office/enrolments/{number}/return").status_code == 422
    told = people.submit(
        office,
        f"/office/enrolments/{number}/return",
        {"basics": "办公地址不完整\n联系人缺姓名", "qualifications": "扫描件看不清"},
    )
    assert told.status_code == 303
    tasks = client.get("/enrolment").text
    assert "办公地址不完整" in tasks and tasks.count("待补正") >= 2
    early = people.submit(client, "/enrolment/check")
    assert early.status_code == 422 and "还有 3 条补正意见没有处理" in early.text
    people.submit(client, "/enrolment/basics", {**FIELDS, "address": "瑞昌市湓城街道人民南路1号"})
    link = re.search(
        r"/enrolment/qualifications/\d+", client.get("/enrolment/qualifications").text
    )[0]
    assert people.submit(client, link, CERTIFICATE, files=scan()).status_code == 303
    plea = {"plea": "联系人的姓名在联系人一栏，请核对。"}
    assert people.submit(client, "/enrolment/check", plea).location == "/enrolment/receipt"
    page = office.get(f"/office/enrolments/{number}").text
    assert "已修改" in page and "一次性告知补正</a>" not in page
    again = people.submit(office, f"/office/enrolments/{number}/return", {"basics": "再改一次"})
    assert again.status_code == 409 and "不得再次要求补正" in again.text


def number_of(app):
    with app.app_context():
        return queries.desk(reading(CLOCK))[0].number


def test_a_refusal_is_stated_against_and_signed_by_another(
    client, new_client, people_here, app, clock
):
    assistant, checker, head = people_here
    people.sign_in(client, assistant)
    walk(client)
    people.submit(client, "/enrolment/check")
    number = number_of(app)
    office = new_client()
    chief = new_client()
    people.sign_in(office, checker)
    people.sign_in(chief, head)
    said = {"reasons": "证书系伪造", "basis": "《行政许可法》第三十一条"}
    assert people.submit(office, f"/office/enrolments/{number}/refuse", said).status_code == 303
    page = f"/office/enrolments/{number}"
    early = people.submit(chief, page, to=f"{page}/sign-refusal")
    assert early.status_code == 409 and "在此之前不能签发" in early.text
    assert "这是拟办意见，不是决定" in client.get("/enrolment").text
    assert (
        people.submit(
            client, "/enrolment/statement", {"statement": "证书可在省厅网站查询"}
        ).status_code
        == 303
    )
    assert "证书可在省厅网站查询" in chief.get(page).text
    assert people.submit(chief, page, to=f"{page}/sign-refusal").status_code == 303
    shown = client.get("/enrolment").text
    assert "不予入驻" in shown and "证书系伪造" in shown and "行政复议" in shown
    assert client.get(f"/agencies/{USCC}").status_code == 404


def test_an_objection_leads_to_a_revocation_signed_by_two(client, new_client, app, clock):
    with app.app_context():
        made = factory.active_agency(["301"])
        citizen = people.person()
        regulator = people.staff("regulator", "regulator_officer")
        head = factory.head()
    people.sign_in(client, citizen)
    short = people.submit(client, f"/agencies/{made.uscc}/object", {"reason": "假的"})
    assert short.status_code == 422
    reason = {"reason": "该机构的测绘资质证书编号查无此证"}
    assert people.submit(client, f"/agencies/{made.uscc}/object", reason).status_code == 303
    twice = people.submit(client, f"/agencies/{made.uscc}/object", reason)
    assert twice.status_code == 409
    officer = new_client()
    chief = new_client()
    people.sign_in(officer, regulator)
    people.sign_in(chief, head)
    link = re.search(r"/office/objections/\d+", officer.get("/office/enrolments").text)[0]
    assert (
        people.submit(
            officer, f"{link}/revoke", {"reasons": "证书编号查无此证", "basis": "《办法》第九条"}
        ).status_code
        == 303
    )
    assert "撤销程序中" in client.get(f"/agencies/{made.uscc}").text
    page = f"/office/agencies/{made.ref}"
    assert people.submit(chief, page, to=f"{page}/revoke").status_code == 409
    agent = new_client()
    people.sign_in(agent, made.actor)
    assert (
        people.submit(agent, "/enrolment/statement", {"statement": "已向省厅申请核实"}).status_code
        == 303
    )
    assert people.submit(chief, page, to=f"{page}/revoke").status_code == 303
    assert "入驻已撤销" in client.get(f"/agencies/{made.uscc}").text


def test_an_objection_is_answered_and_the_agency_kept(client, new_client, app):
    with app.app_context():
        made = factory.active_agency(["301"])
        citizen = people.person()
        regulator = people.staff("regulator", "regulator_officer")
    people.sign_in(client, citizen)
    people.submit(client, f"/agencies/{made.uscc}/object", {"reason": "该机构的办公地址不存在"})
    officer = new_client()
    people.sign_in(officer, regulator)
    link = re.search(r"/office/objections/\d+", officer.get("/office/enrolments").text)[0]
    assert people.submit(officer, link, {"answer": "经实地核查，办公地址属实。"}).status_code == 303
    assert "已入驻" in client.get(f"/agencies/{made.uscc}").text


def test_suspended_until_a_day_and_reinstated(client, new_client, app):
    with app.app_context():
        made = factory.active_agency(["301"])
        checker = factory.checker()
        head = factory.head()
    people.sign_in(client, checker)
    signing = new_client()
    people.sign_in(signing, head)
    page = f"/office/agencies/{made.ref}"
    assert (
        people.submit(
            client,
            f"{page}/suspend",
            {"fact": "abnormal", "reason": "企业信用信息公示系统", "until": "2026-03-04"},
        ).status_code
        == 422
    )
    undated = people.submit(
        client, f"{page}/suspend", {"fact": "abnormal", "reason": "企业信用信息公示系统"}
    )
    assert (undated.status_code, "请填写“暂停到哪一天（含）”" in undated.text) == (422, True)
    assert (
        people.submit(
            client,
            f"{page}/suspend",
            {"fact": "abnormal", "reason": "企业信用信息公示系统", "until": "2026-03-31"},
        ).status_code
        == 303
    )
    assert "等待另一人签发" in signing.get(page).text
    assert people.submit(signing, page, to=f"{page}/standing/sign").status_code == 303
    assert "列入经营异常名录" in new_client().get(f"/agencies/{made.uscc}").text
    assert "暂停报名至 2026-03-31 24:00" in new_client().get(f"/agencies/{made.uscc}").text
    assert people.submit(client, page, to=f"{page}/reinstate").status_code == 303
    assert people.submit(signing, page, to=f"{page}/standing/drop").status_code == 303
    assert people.submit(client, page, to=f"{page}/reinstate").status_code == 303
    assert people.submit(signing, page, to=f"{page}/standing/sign").status_code == 303
    assert "已入驻" in new_client().get(f"/agencies/{made.uscc}").text
