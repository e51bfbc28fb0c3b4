"""Pages of the owners, whole."""

import io

import pytest

from market.db import reading
from market.kernel.actor import CLOCK
from market.owners import queries
from market.owners.rules import State
from tests.factories import accounts, owners

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def place(app):
    """The rules and the office are there."""
    with app.app_context():
        accounts.rules_of_the_place()
        accounts.body("office")


@pytest.fixture
def person(app, client, place):
    """A verified person, signed in."""
    with app.app_context():
        person_id = accounts.person("owner@example.org")
    accounts.sign_in(client, person_id)
    return person_id


@pytest.fixture
def office(app, new_client, place):
    """The office's reviewer, signed in."""
    return signed_in(app, new_client, "notice_reviewer")


def signed_in(app, new_client, *duties):
    client = new_client()
    with app.app_context():
        actor = accounts.staff("office", *duties)
    accounts.sign_in(client, actor)
    return client


def form(**changes):
    return {
        "kind": "firm",
        "name": "瑞昌建设有限公司",
        "uscc": accounts.credit_code(),
        "address": "人民路 1 号",
        "phone": "0792-4222222",
        "complaint_phone": "0792-4222223",
        **changes,
    }


def only(app, *states):
    with app.app_context():
        (own,) = queries.in_state(reading(CLOCK), *states)
    return own


def test_registering_makes_an_owner_and_the_session_acts_for_it(app, client, person):
    answer = accounts.submit(
        client, "/owners/register", form(), files={"scan": (io.BytesIO(PDF), "授权书.pdf")}
    )
    assert (answer.status_code, answer.location) == (303, "/owners/mine")
    page = client.get("/owners/mine").text
    own = only(app, State.SUBMITTED)
    assert own.card.number in page
    assert "已提交，待核验" in page
    assert "2026-03-06 24:00" in page
    assert "授权书.pdf" in page


def test_a_double_click_registers_once(app, client, person):
    accounts.submit(client, "/owners/register", form())
    page = accounts.forms(client.get("/owners/register").text)[-1]
    data = {**page.fields, **form(name="第二家有限公司")}
    answers = [client.post("/owners/register", data=data).status_code for _ in range(2)]
    assert answers == [303, 303]
    with app.app_context():
        assert len(queries.in_state(reading(CLOCK), State.SUBMITTED)) == 2


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("uscc", "91360481MA35LK1X2X", "校验不符"),
        ("uscc", "", "请填写“统一社会信用代码”"),
        ("name", "", "请填写“单位名称”"),
        ("kind", "bank", "业主类别"),
        ("phone", "12", "“咨询电话”不是有效号码"),
        ("complaint_phone", "", "请填写“投诉电话”"),
        ("address", "", "请填写“地址”"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(client, person, field, value, sentence):
    answer = accounts.submit(
        client, "/owners/register", form(**{"name": "保留有限公司", field: value})
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "0792-4222222" in answer.text or field == "phone"


def test_a_taken_credit_code_is_said_at_its_field(app, client, person):
    code = accounts.credit_code()
    accounts.submit(client, "/owners/register", form(uscc=code))
    answer = accounts.submit(client, "/owners/register", form(uscc=code))
    assert answer.status_code == 422
    assert "已经登记" in answer.text


def test_a_page_that_is_no_pdf_is_refused_at_its_field(client, person):
    html = io.BytesIO(b"<html><script>alert(1)</script></html>")
    answer = accounts.submit(
        client, "/owners/register", form(), files={"scan": (html, "授权书.pdf")}
    )
    assert answer.status_code == 422
    assert "只能上传" in answer.text


def test_the_office_approves(app, client, person, office):
    accounts.submit(client, "/owners/register", form())
    number = only(app, State.SUBMITTED).card.number
    assert number in office.get("/office/owners").text
    assert "企业、社会组织" in office.get(f"/office/owners/{number}").text
    answer = accounts.submit(
        office, f"/office/owners/{number}", to=f"/office/owners/{number}/approve"
    )
    assert answer.status_code == 303
    assert "登记已核准" in client.get("/owners/mine").text


def test_the_office_returns_once_and_the_owner_mends(app, client, person, office):
    accounts.submit(client, "/owners/register", form())
    number = only(app, State.SUBMITTED).card.number
    back = f"/office/owners/{number}/return"
    assert (
        "请填写"
        in accounts.submit(office, f"/office/owners/{number}", {"corrections": " "}, to=back).text
    )
    answer = accounts.submit(
        office, f"/office/owners/{number}", {"corrections": "补授权书\n补门牌号"}, to=back
    )
    assert answer.status_code == 303
    assert "补门牌号" in client.get("/owners/mine").text
    answer = accounts.submit(client, "/owners/mine/mend", {"address": "人民路 2 号"})
    assert answer.status_code == 303
    assert only(app, State.SUBMITTED).round == 2
    assert back not in office.get(f"/office/owners/{number}").text


def test_a_refusal_is_signed_by_the_head(app, client, new_client, person, office):
    accounts.submit(client, "/owners/register", form())
    number = only(app, State.SUBMITTED).card.number
    desk = f"/office/owners/{number}"
    accounts.submit(
        office,
        desk,
        {"ground": "not_authorised", "reason": "没有证明单位授权的材料"},
        to=f"{desk}/refuse",
    )
    assert only(app, State.REFUSING)
    head = signed_in(app, new_client, "office_head")
    assert accounts.submit(head, desk, to=f"{desk}/sign-refusal").status_code == 303
    page = client.get("/owners/mine").text
    assert "没有证明单位授权的材料" in page
    assert "管理机构投诉" in page


def test_the_head_gives_it_back(app, new_client, office):
    with app.app_context():
        number = owners.registered()
    desk = f"/office/owners/{number}"
    accounts.submit(
        office,
        desk,
        {"ground": "not_eligible", "reason": "与另一份登记似有重复之处"},
        to=f"{desk}/refuse",
    )
    head = signed_in(app, new_client, "office_head")
    assert accounts.submit(head, desk, to=f"{desk}/drop-refusal").status_code == 303
    assert only(app, State.SUBMITTED).card.number == number


def test_the_desk_is_the_office_s(app, client, person):
    with app.app_context():
        number = owners.registered()
    assert client.get("/office/owners").status_code == 403
    assert client.get(f"/office/owners/{number}").status_code == 403


def test_who_acts_for_no_owner_is_told_how_to_begin(app, client, person):
    page = client.get("/owners/mine").text
    assert "/owners/register" in page
    with app.app_context():
        accounts.join(accounts.organisation("agency"), person, "agency_agent")
        accounts.join(accounts.organisation("owner", "瑞昌水务有限公司"), person, "owner_drafter")
    accounts.sign_in(client, person)
    assert "瑞昌水务有限公司" in client.get("/owners/mine").text


def test_a_visitor_is_sent_to_sign_in(client, place):
    answer = client.get("/owners/register")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/owners/register")


def test_a_decision_taken_twice_says_so(app, office):
    with app.app_context():
        number = owners.registered()
    desk = f"/office/owners/{number}"
    fields = accounts.carried(office, desk)
    assert office.post(f"{desk}/approve", data=fields).status_code == 303
    again = office.post(f"{desk}/approve", data=fields)
    assert again.status_code == 409
    assert "可能已有同事处理" in again.text


@pytest.mark.parametrize("number", ["YZ-360481-2026-99999", "YZ-1", "1", "9" * 40])
def test_what_is_no_number_is_not_found(office, number):
    assert office.get(f"/office/owners/{number}").status_code == 404


def test_another_owner_s_scan_is_not_found(app, client, new_client, person, office):
    accounts.submit(
        client, "/owners/register", form(), files={"scan": (io.BytesIO(PDF), "授权书.pdf")}
    )
    file_id = only(app, State.SUBMITTED).authority_file_id
    assert client.get(f"/files/{file_id}").data == PDF
    assert office.get(f"/files/{file_id}").data == PDF
    other = new_client()
    with app.app_context():
        accounts.sign_in(other, owners.approved())
    assert other.get(f"/files/{file_id}").status_code == 404
    assert new_client().get(f"/files/{file_id}").status_code == 404
