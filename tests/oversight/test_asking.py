"""An overseer asks a body about a selection; the body answers within its days; who hears of what."""

import datetime as dt
import json

import pytest

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, Refusal
from market.ledger import queries as ledger
from market.letters import jobs as letters
from market.letters import queries as letter_queries
from market.oversight import queries, service
from market.oversight.rules import BY_READER, Mark, Outcome
from market.oversight.rules.asking import Addressee
from market.selection.results.queries import Sought
from market.windows import jobs as windows
from market.windows import queries as windows_queries
from tests.factories import accounts as people
from tests.factories import selection as made

GOOD = dict.fromkeys(BY_READER, Mark.GOOD)
ASKED = "请说明报名时间短于惯例的原因。"


@pytest.fixture
def open_notice(app):
    """An open notice, its buyer and the regulator of its sector."""
    with app.app_context():
        regulator = people.staff("regulator", "regulator_officer", name="自然资源局")
        buyer = made.owner()
        number = made.published_notice(buyer)
        yield number, buyer, regulator


def ask(who, number, to=Addressee.OWNER, **more):
    return in_one_transaction(service.ask, who, number=number, to=to, question=ASKED, **more)


def titles(who):
    letters.write()
    return [card.title for card in letter_queries.inbox(reading(who))]


def test_a_question_runs_until_its_answer_and_both_stand_on_the_log_without_words(open_notice):
    number, buyer, regulator = open_notice
    question_id = ask(regulator, number, submission_key="k")
    assert ask(regulator, number, submission_key="k") == question_id
    (due,) = windows_queries.waiting_for(reading(CLOCK), buyer.organisation_id)
    assert due.subject == number and due.last_day == dt.date(2026, 3, 11)  # five working days

    assert any("询问贵单位" in title for title in titles(buyer.drafter))
    card = queries.question(reading(buyer.drafter), question_id)
    assert (card.question, card.asked_by) == (ASKED, "")
    in_one_transaction(
        service.answer, buyer.drafter, question_id=question_id, answer="按紧急项目办理。"
    )
    assert any("已有答复" in title for title in titles(regulator))
    assert not windows_queries.waiting_for(reading(CLOCK), buyer.organisation_id)
    (found,) = queries.file(reading(regulator), number).questions
    assert (found.answer, found.answered_by != "") == ("按紧急项目办理。", True)
    leaves = [each for each in ledger.of_subject(reading(CLOCK), number)
              if each.type.startswith("oversight.")]  # fmt: skip
    assert [each.type for each in leaves] == ["oversight.asked", "oversight.answered"]
    assert set(json.loads(leaves[0].leaf)) == {"at", "body", "no", "subject", "to", "type", "v"}
    with pytest.raises(Refusal) as no:
        in_one_transaction(service.answer, buyer.drafter, question_id=question_id, answer="再答。")
    assert no.value.code == "oversight.answered"


def test_only_the_body_that_was_asked_answers_and_a_late_answer_is_one(open_notice, clock):
    number, buyer, regulator = open_notice
    office = people.staff("office", "notice_reviewer")
    question_id = ask(regulator, number, Addressee.OFFICE)
    for stranger in (buyer.drafter, made.owner().drafter):
        with pytest.raises(NotFound):
            in_one_transaction(
                service.answer, stranger, question_id=question_id, answer="不是我们。"
            )
        with pytest.raises(NotFound):
            queries.question(reading(stranger), question_id)
    clock.advance(dt.timedelta(days=20))
    windows.sweep()
    in_one_transaction(service.answer, office, question_id=question_id, answer="已核实。")
    assert queries.question(reading(regulator), question_id).due.overdue_at is not None


def test_a_regulator_of_another_sector_neither_asks_nor_reads(open_notice):
    number, _, regulator = open_notice
    question_id = ask(regulator, number)
    other = people.member(people.organisation("regulator", "水利局"), "regulator_officer")
    with pytest.raises(NotFound):
        ask(other, number)
    with pytest.raises(NotFound):
        queries.question(reading(other), question_id)


def test_the_owner_hears_of_a_review_and_never_of_a_clue(open_notice):
    number, buyer, regulator = open_notice
    sheet = {"number": number, "marks": GOOD, "remark": "报名时间偏短"}
    in_one_transaction(service.review, regulator, outcome=Outcome.CLUE, **sheet)
    assert not any("审阅" in title for title in titles(buyer.drafter))
    in_one_transaction(service.review, regulator, outcome=Outcome.REMARK, **sheet)
    assert sum("审阅" in title for title in titles(buyer.drafter)) == 1
    (told,) = queries.received(reading(buyer.signatory)).reviews
    assert (told.outcome, told.remark) == (Outcome.REMARK, "报名时间偏短")


def test_the_list_counts_complaints_and_finds_what_failed(open_notice):
    number, _, regulator = open_notice
    (row,) = queries.desk(reading(regulator), Sought())
    assert (row.selection.number, row.complaints) == (number, 0)
    assert not list(queries.desk(reading(regulator), Sought(is_failed=True)))


def test_the_pages_from_asking_to_the_answer(app, client):
    with app.app_context():
        regulator = people.staff("regulator", "regulator_officer", name="自然资源局")
        buyer = made.owner()
        number = made.published_notice(buyer)
        people.sign_in(client, regulator)
    url = f"/office/selections/{number}/ask"
    empty = client.post(url, data={"csrf_token": people.token(client, url)})
    assert empty.status_code == 422
    said = {"to": "owner", "question": ASKED, "csrf_token": people.token(client, url)}
    assert client.post(url, data=said).status_code == 303
    assert ASKED in client.get(f"/office/selections/{number}").text
    with app.app_context():
        people.sign_in(client, buyer.drafter)
        (card,) = queries.received(reading(buyer.drafter)).questions
    assert number in client.get("/oversight/received").text
    assert f"/oversight/questions/{card.id}" in client.get("/todo").text
    url = f"/oversight/questions/{card.id}"
    done = client.post(
        url, data={"answer": "按紧急项目办理。", "csrf_token": people.token(client, url)}
    )
    assert done.status_code == 303 and "按紧急项目办理。" in client.get(url).text
