"""Questions about an open notice: answered for everybody, and nobody learns who asked."""

import dataclasses
import datetime as dt
import hashlib

import pytest

from market.agencies import queries as agencies
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger.queries.integrity import compare
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.models import NoticeQuestion
from market.selection.notices.rules.questions import MOST
from market.windows import queries as windows
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection.deeds import check_refused, log_of
from verify.zjcs.canonical import jcs

ASKED = "成果报告需要几份纸质版？"
SAID = "纸质版三份，电子版一份。"


@pytest.fixture
def buyer(context):
    return f.owner()


def asked(number, who, text=ASKED):
    in_one_transaction(notice_service.ask, who.actor, number=number, question=text)
    (newest,) = reading(CLOCK).session.query(NoticeQuestion).order_by(NoticeQuestion.id.desc())[:1]
    return newest.id


def of_notice(number):
    work = reading(CLOCK)
    return notice_queries.answered(work, notice_queries.notice(work, number).id)


@pytest.mark.databases
def test_question_and_answer_become_public_together_behind_another_person(context):
    buyer = f.owner()
    number = f.published_notice(buyer)
    question = asked(number, f.agency())
    assert of_notice(number) == []
    (due,) = [
        each for each in windows.of_subject(reading(CLOCK), number) if "question" in each.kind
    ]
    assert due.responsible_id == buyer.organisation_id
    check_refused(
        "question.no_answer",
        notice_service.publish_answer,
        buyer.signatory,
        question_id=question,
    )
    assert not do(notice_service.answer, buyer.drafter, question_id=question, answer=SAID)
    assert of_notice(number) == []
    do(notice_service.publish_answer, buyer.signatory, question_id=question)
    (public,) = of_notice(number)
    assert (public.no, public.question, public.answer) == (1, ASKED, SAID)
    (said,) = log_of(number, "question.answered")
    both = jcs({"answer": SAID, "no": 1, "question": ASKED})
    assert said.fields["sha256"] == hashlib.sha256(both).hexdigest()
    assert set(log_of(number, "question.asked")[0].fields) == {"v", "type", "at", "subject", "no"}
    assert compare(reading(CLOCK), fabric().held).count == 0
    for act, given in (
        (notice_service.answer, {"answer": "改"}),
        (notice_service.publish_answer, {}),
    ):
        who = buyer.drafter if given else buyer.signatory
        check_refused("question.answered", act, who, question_id=question, **given)


def test_the_writer_of_an_answer_does_not_publish_it(buyer):
    question = asked(f.published_notice(buyer), f.agency())
    do(notice_service.answer, buyer.drafter, question_id=question, answer=SAID)
    both = dataclasses.replace(buyer.drafter, duties=frozenset({"owner_signatory"}))
    check_refused("question.same_person", notice_service.publish_answer, both, question_id=question)


def test_an_answer_sets_no_condition(buyer):
    question = asked(f.published_notice(buyer), f.agency())
    no = check_refused(
        "notice.condition.region",
        notice_service.answer,
        buyer.drafter,
        question_id=question,
        answer="须在本市设有分支机构。",
    )
    assert no.field == "answer"


def test_another_owner_answers_nothing(buyer):
    question = asked(f.published_notice(buyer), f.agency())
    check_refused(
        "question.none",
        notice_service.answer,
        f.owner().drafter,
        question_id=question,
        answer=SAID,
    )


def test_what_is_asked_names_nobody_and_a_few_at_a_time(buyer):
    number = f.published_notice(buyer)
    who = f.agency()
    name = agencies.agency(reading(CLOCK), who.uscc).name
    for text, code in ((" ", "question.empty"), (f"{name}请问", "question.names_you")):
        check_refused(code, notice_service.ask, who.actor, number=number, question=text)
    for n in range(MOST):
        asked(number, who, f"第{n}个问题是什么")
    check_refused("question.too_many", notice_service.ask, who.actor, number=number, question=ASKED)


def test_the_same_form_asks_once(buyer):
    number = f.published_notice(buyer)
    who = f.agency()
    for _ in range(2):
        in_one_transaction(
            notice_service.ask, who.actor, number=number, question=ASKED, submission_key="k"
        )
    work = reading(CLOCK)
    assert notice_queries.unanswered(work, notice_queries.notice(work, number).id) == 1


def test_who_may_not_enter_or_comes_too_late_asks_nothing(clock, buyer):
    number = f.published_notice(buyer)
    check_refused(
        "agency.no_line",
        notice_service.ask,
        f.agency("302").actor,
        number=number,
        question=ASKED,
    )
    close = notice_queries.notice(reading(CLOCK), number).entry_close
    who = f.agency()
    clock.instant = close - dt.timedelta(hours=4)
    check_refused("question.closed", notice_service.ask, who.actor, number=number, question=ASKED)
    do(notice_service.cancel, buyer.signatory, number=number, reason="项目调整")
    check_refused("question.not_open", notice_service.ask, who.actor, number=number, question=ASKED)


def inside(client, act, *args, **values):
    with client.application.app_context():
        return act(*args, **values)


def test_the_pages_ask_answer_and_publish(client):
    buyer = inside(client, f.owner)
    number = inside(client, f.published_notice, buyer)
    people.sign_in(client, inside(client, f.agency).actor)
    assert f"/notices/{number}/ask" in client.get(f"/notices/{number}").text
    assert people.submit(client, f"/notices/{number}/ask", {"question": ""}).status_code == 422
    sent = people.submit(client, f"/notices/{number}/ask", {"question": ASKED})
    assert sent.status_code == 303
    page = client.get(f"/notices/{number}").text
    assert "另有 1 条提问等待答复" in page
    assert ASKED not in page

    people.sign_in(client, buyer.drafter)
    assert "/notices/questions/1" in client.get("/todo").text
    assert people.submit(client, "/notices/questions/1", {"answer": SAID}).status_code == 303
    people.sign_in(client, buyer.signatory)
    assert "/notices/questions/1" in client.get("/todo").text
    to = "/notices/questions/1/publish"
    assert people.submit(client, "/notices/questions/1", to=to).status_code == 303
    public = client.get(f"/notices/{number}").text
    assert ASKED in public
    assert SAID in public
