"""Pages of the rulebook."""

import re

import pytest

from market.rulebook import shipped
from market.rulebook.forms import Proposal
from market.rulebook.parameters import Value
from market.rulebook.rules import DAYS, PARAMETERS, STARTERS, Rulebook
from tests.factories import accounts
from tests.factories.rulebook import default_rulebook, demo_rulebook
from tests.workdays.shipped import local

UNITS = {
    f"unit_of_{name}": parameter.unit
    for name, parameter in PARAMETERS.items()
    if parameter.unit in DAYS
}
FIELDS = UNITS | {
    "document_number": "瑞府办发〔2026〕12号",
    "title": "关于缩短办理期限的通知",
    "in_force_from": "2026-03-05",
}


@pytest.fixture
def installed(app):
    """Version 1, an editor, an approver, somebody else, and the editor as an approver of another
    body.
    """
    with app.app_context():
        default_rulebook()
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


@pytest.fixture
def people(installed, new_client):
    """Signed-in clients of the editor, the approver, somebody else and the editor elsewhere."""
    clients = []
    for who in installed:
        clients.append(new_client())
        accounts.sign_in(clients[-1], who)
    return clients


def test_everybody_reads_what_is_in_force_and_where_it_comes_from(installed, client):
    page = client.get("/rulebook").text
    assert "现行第 1 版" in page
    assert "15 个工作日" in page
    assert "瑞昌市中介超市的投诉规定" in page
    assert "300,000.00 元" in page
    for parameter in PARAMETERS.values():
        assert parameter.title in page


def test_one_of_something_is_one_in_english(installed, client):
    page = client.get("/rulebook?lang=en").text
    assert "1 working day<" in page.replace("\n", "") and "1 agency" in page
    assert not re.search(r"\b1 (working days|days|hours|minutes|seconds|years|agencies)\b", page)
    chinese = client.get("/rulebook?lang=zh").text
    assert "1 家" in chinese and "1 个工作日" in chinese


def test_one_person_proposes_another_approves_and_the_day_brings_it_into_force(
    people, client, clock
):
    editor, approver, _, editor_elsewhere = people
    answer = accounts.submit(editor, "/office/rulebook/new", FIELDS | {"decide_days": "10"})
    assert (answer.status_code, answer.location) == (303, "/office/rulebook/2")
    assert client.get("/rulebook/2").status_code == 404
    assert "请由另一位规则批准人批准" in editor_elsewhere.get("/office/rulebook/2").text
    fields = {"csrf_token": accounts.token(editor_elsewhere, "/office/rulebook/2")}
    assert editor_elsewhere.post("/office/rulebook/2/approve", data=fields).status_code == 409
    answer = accounts.submit(approver, "/office/rulebook/2", to="/office/rulebook/2/approve")
    assert answer.status_code == 303
    page = client.get("/rulebook").text
    assert "现行第 1 版" in page
    assert "第 2 版将于 2026-03-05 生效" in page
    clock.instant = local("2026-03-05 00:00")
    assert "现行第 2 版" in client.get("/rulebook").text
    page = client.get("/rulebook/2").text
    assert "与第 1 版的差别" in page
    assert "<strong>10 个工作日</strong>" in page
    assert "<strong>15 个工作日</strong>" in client.get("/rulebook/1?against=2").text
    assert client.get("/rulebook/1?against=9").status_code == 200


def test_a_pool_of_an_older_version_is_this_place_s(app):
    with app.test_request_context():
        form = Proposal(formdata=None)
        older = Rulebook(1, {"juror_source": Value("city", "")})
        form.fill(older)
        assert form.juror_source.data == "own"
        assert [each[0] for each in form.juror_source.iter_choices()] == ["none", "own"]


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"decide_days": ""}, 422, "请填写“受理后作出处理决定”"),
        ({"decide_days": "ten"}, 422, "请填写整数"),
        ({"decide_days": "99"}, 422, "“受理后作出处理决定”要在 1 到 60 之间"),
        ({"decide_days": "9" * 5000}, 422, "请填写整数"),
        ({"unit_of_decide_days": "minute", "decide_days": "9"}, 422, "单位"),
        ({}, 422, "没有改动任何参数"),
        ({"decide_days": "9", "in_force_from": "2026-03-04"}, 422, "生效日期要在"),
        ({"decide_days": "9", "in_force_from": "soon"}, 422, "不是有效日期"),
        ({"decide_days": "9", "document_number": "12号"}, 422, "请写明文号"),
        ({"decide_days": "9", "document_number": ""}, 422, "请填写“文号”"),
        ({"decide_days": "9", "title": "a\x07b"}, 422, "不能有换行和控制字符"),
        ({"fiscal_limit_fen": "-1"}, 422, "请按元填写"),
        ({"self_complaint_body": "市" * 101}, 422, "最多写 100 个字"),
        ({"drain_seconds": "601"}, 422, "“截止后等待在途报名”要在 0 到 600 之间"),
        ({"self_complaint_body": "某某局"}, 422, "没有名称或统一社会信用代码为“某某局”的"),
        ({"self_complaint_body": "某采购单位"}, 422, "没有名称或统一社会信用代码为“某采购单位”的"),
        ({"unit_of_decide_days": "minute"}, 422, "请从列表里选择“计时单位”"),
    ],
)
def test_a_wrong_proposal_is_answered_with_a_sentence(app, people, change, status, sentence):
    with app.app_context():
        accounts.organisation("owner", "某采购单位")
    answer = accounts.submit(people[0], "/office/rulebook/new", FIELDS | change)
    assert answer.status_code == status
    assert sentence in answer.text
    assert "关于缩短办理期限的通知" in answer.text or "title" in change


def test_every_kind_of_parameter_can_be_changed(app, people, client):
    with app.app_context():
        accounts.organisation("authority", "九江市行政审批局")
    changes = {
        "hold_cap_days": "20",
        "unit_of_hold_cap_days": "working_day",
        "expert_stop_allowed": "y",
        "self_complaint_body": " 九江市行政审批局 ",
        "fiscal_limit_fen": "50万",
        "drain_seconds": "0",
    }
    accounts.submit(people[0], "/office/rulebook/new", FIELDS | changes)
    accounts.submit(people[1], "/office/rulebook/2", to="/office/rulebook/2/approve")
    page = client.get("/rulebook/2").text
    for value in (
        "20 个工作日",
        "<strong>是</strong>",
        "九江市行政审批局",
        "500,000.00 元",
        "<strong>0 秒</strong>",
    ):
        assert value in page


def test_a_second_proposal_waits_for_the_first(people):
    accounts.submit(people[0], "/office/rulebook/new", FIELDS | {"decide_days": "10"})
    answer = accounts.submit(people[0], "/office/rulebook/new", FIELDS | {"decide_days": "9"})
    assert answer.status_code == 409
    assert "第 2 版正在等待批准" in answer.text


def test_a_proposal_is_turned_down_with_a_reason(people):
    accounts.submit(people[0], "/office/rulebook/new", FIELDS | {"decide_days": "10"})
    to = "/office/rulebook/2/reject"
    assert (
        accounts.submit(people[1], "/office/rulebook/2", {"reason": ""}, to=to).status_code == 422
    )
    assert (
        accounts.submit(people[1], "/office/rulebook/2", {"reason": "尚未会签"}, to=to).status_code
        == 303
    )
    assert "尚未会签" in people[0].get("/office/rulebook/2").text
    assert "已退回" in people[0].get("/office/rulebook").text


def test_a_demonstration_s_version_says_what_it_is(app, client, installed):
    with app.app_context():
        demo_rulebook()
    assert "仅供演示" in client.get("/rulebook").text
    page = client.get("/rulebook/2").text
    assert "15 分钟" in page
    assert "现行第 1 版" in client.get("/rulebook").text


@pytest.mark.parametrize(
    "path", ["/rulebook/0", "/rulebook/2", "/rulebook/" + "9" * 40, "/rulebook/one"]
)
def test_an_unknown_version_is_not_found(installed, client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/office/rulebook", "/office/rulebook/new", "/office/rulebook/1"])
def test_the_office_s_pages_are_for_their_duties(people, client, path):
    assert client.get(path).status_code == 303
    assert people[2].get(path).status_code == 403
    assert people[0].get(path).status_code == 200


def test_a_reader_of_english_reads_the_titles_of_the_shipped_rulebooks_in_english(
    installed, client
):
    titles = {shipped.title(starter) for starter in STARTERS}
    assert titles < set(shipped.TITLES)
    for path in ("/rulebook", "/rulebook/1"):
        page = client.get(f"{path}?lang=en")
        assert page.status_code == 200
        assert not [title for title in shipped.TITLES if title in page.text]
