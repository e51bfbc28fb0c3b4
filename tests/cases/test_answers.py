"""The knowledge base and the register of pain points."""

import dataclasses
import datetime as dt

import pytest

from market.cases import queries, service
from market.cases.queries.knowledge import answer_shown
from market.cases.rules.answers import Text, Topic, check_answer, digest
from market.cases.rules.pains import Pain, PainState, Progress
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.shown import token
from market.ledger import queries as ledger
from market.search import queries as search
from market.search.rules import Found
from tests.cases.test_loop import TOLD
from tests.factories import accounts as people
from tests.factories import selection
from tests.factories.deeds import do

TEXT = Text(
    topic=Topic.ENROLMENT,
    question="外地机构能网上入驻吗？",
    answer="可以，全程网上办理。",
    question_en="May an agency from elsewhere enrol online?",
    answer_en="Yes, all of it is done online.",
)


@pytest.fixture
def staff(context):
    """Who writes, who publishes."""
    selection.town()
    office = people.body("office")
    return people.member(office, "case_officer"), people.member(office, "office_head")


def publish(who, number):
    shown = token(answer_shown(reading(who), number))
    in_one_transaction(service.publish_answer, who, number=number, shown=shown)


@pytest.mark.databases
def test_an_answer_is_seen_by_another_before_it_is_public_and_keeps_its_address(staff, client):
    writer, head = staff
    number = do(service.write_answer, head, text=TEXT)
    assert client.get(f"/answers/{number}").status_code == 404
    with pytest.raises(Refusal, match=r"answer\.same_person"):
        publish(head, number)
    do(service.rewrite_answer, writer, number=number, text=TEXT)
    publish(head, number)
    assert "全程网上办理" in client.get(f"/answers/{number}").text
    (leaf,) = ledger.of_subject(reading(CLOCK), number)
    assert (leaf.fields["sha256"], leaf.fields["version"]) == (digest(TEXT), 1)

    better = dataclasses.replace(TEXT, answer="可以；三个工作日内核验。")
    do(service.rewrite_answer, writer, number=number, text=better)
    assert "三个工作日" not in client.get(f"/answers/{number}").text
    publish(head, number)
    assert "三个工作日" in client.get(f"/answers/{number}").text
    do(service.withdraw_answer, head, number=number, reason="办法改了")
    gone = client.get(f"/answers/{number}")
    assert gone.status_code == 410 and "办法改了" in gone.text
    with pytest.raises(Refusal, match=r"answer\.wrong_state"):
        do(service.rewrite_answer, writer, number=number, text=better)


def test_what_changed_since_it_was_shown_is_not_published(staff):
    writer, head = staff
    number = do(service.write_answer, writer, text=TEXT)
    old = token(answer_shown(reading(head), number))
    do(service.rewrite_answer, writer, number=number, text=dataclasses.replace(TEXT, answer="否"))
    with pytest.raises(Refusal, match=r"shown\.changed"):
        in_one_transaction(service.publish_answer, head, number=number, shown=old)


def test_answers_are_found_in_both_languages_and_by_the_search(staff, client):
    writer, head = staff
    number = do(service.write_answer, writer, text=TEXT)
    hidden = do(service.write_answer, writer, text=dataclasses.replace(TEXT, question="外地草稿"))
    publish(head, number)
    for sought in ("网上 外地", "enrol online", number):
        assert [each.number for each in queries.public_answers(reading(VISITOR), sought)] == [
            number
        ]
    assert queries.public_answers(reading(VISITOR), "没有的词") == []
    assert queries.public_answers(reading(VISITOR), "", Topic.CONTRACT) == []
    groups = search.search(reading(VISITOR), "外地机构")
    hits = {hit.subject for group in groups if group.kind is Found.ANSWER for hit in group.hits}
    assert hits == {number} and hidden not in hits
    english = client.get(f"/answers/{number}?lang=en", headers={"Accept-Language": "en"}).text
    assert "all of it is done online" in english and 'lang="en"' in english


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"question": " "}, "question"),
        ({"answer": ""}, "answer"),
        ({"answer": "长" * 4001}, "answer"),
        ({"question_en": ""}, "question_en"),
        ({"answer_en": ""}, "answer_en"),
    ],
)
def test_what_is_wrong_with_a_text_is_told_at_its_field(wrong, field):
    with pytest.raises(Invalid) as no:
        check_answer(dataclasses.replace(TEXT, **wrong))
    assert no.value.field == field


def test_one_form_writes_one_answer_and_only_from_ones_own_cases(staff, client):
    writer, _head = staff
    number = in_one_transaction(service.report, VISITOR, of=TOLD)
    first = do(service.write_answer, writer, text=TEXT, case_number=number, submission_key="k")
    again = do(service.write_answer, writer, text=TEXT, case_number=number, submission_key="k")
    assert first == again
    stranger = people.member(people.body("regulator"), "complaint_officer")
    with pytest.raises(Invalid, match=r"answer\.no_case"):
        do(service.write_answer, stranger, text=TEXT, case_number=number)
    people.sign_in(client, writer)
    typed = {"topic": "platform", "question": "怎样找回密码？", "answer": "在登录页点“忘记密码”。"}
    sent = people.submit(client, "/office/answers/new", typed)
    assert sent.status_code == 303 and "找回密码" in client.get(sent.location).text
    wrong = people.submit(client, "/office/answers/new", {**typed, "answer": ""})
    assert wrong.status_code == 422 and "找回密码" in wrong.text


@pytest.mark.databases
def test_a_pain_point_is_solved_in_public(staff, client, clock):
    writer, head = staff
    number = in_one_transaction(service.report, VISITOR, of=TOLD)
    pain = Pain(
        batch="2026-1",
        title="增项要跑两趟",
        said="系统和窗口各审一次。",
        body_id=head.organisation_id,
        due_on=reading(CLOCK).today + dt.timedelta(days=10),
        cases=(number,),
    )
    for wrong, field in (
        ({"batch": "第一批"}, "batch"),
        ({"due_on": reading(CLOCK).today}, "due_on"),
        ({"body_id": 10**9}, "body_id"),
        ({"cases": ("AJ-360481-2026-99999",)}, "cases"),
    ):
        with pytest.raises(Invalid) as no:
            do(service.list_pain, head, pain=dataclasses.replace(pain, **wrong))
        assert no.value.field == field
    listed = do(service.list_pain, head, pain=pain, submission_key="p")
    assert do(service.list_pain, head, pain=pain, submission_key="p") == listed
    page = client.get("/pain-points").text
    assert "增项要跑两趟" in page and number not in page
    do(service.move_on, writer, number=listed, kind=Progress.WORKED, said="正在合并两次审核")
    with pytest.raises(Refusal, match=r"pain\.told"):
        do(service.move_on, writer, number=listed, kind=Progress.WORKED, said="正在合并两次审核")
    do(service.move_on, writer, number=listed, kind=Progress.SOLVED, said="一次审核")
    with pytest.raises(Refusal, match=r"pain\.wrong_state"):
        do(service.move_on, writer, number=listed, kind=Progress.WORKED, said="还在办")
    do(service.move_on, head, number=listed, kind=Progress.REOPENED, said="有人反映仍要跑")
    card = queries.pain(reading(VISITOR), listed)
    assert card.state is PainState.WORKING and [each.no for each in card.steps] == [1, 2, 3]
    assert "有人反映仍要跑" in client.get(f"/pain-points/{listed}").text


def test_another_bodys_pain_point_is_not_ones_own_to_work_on(staff):
    _writer, head = staff
    regulator = people.body("regulator", "自然资源局")
    other = people.member(regulator, "complaint_officer")
    pain = Pain(
        batch="2026-1",
        title="增项要跑两趟",
        said="系统和窗口各审一次。",
        body_id=head.organisation_id,
        due_on=reading(CLOCK).today + dt.timedelta(days=10),
    )
    number = do(service.list_pain, head, pain=pain)
    with pytest.raises(Refusal, match=r"pain\.not_yours"):
        do(service.move_on, other, number=number, kind=Progress.WORKED, said="我们在办")
    with pytest.raises(NotFound):
        do(service.move_on, other, number="DD-360481-2026-99999", kind=Progress.WORKED, said="办")
