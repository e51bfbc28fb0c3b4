"""Cards on a real database: off without a document, explained, issued by a second person, corrected when
a fault falls.
"""

import dataclasses
import datetime as dt

import pytest

from market.accounts import queries as accounts
from market.cards import jobs, queries, service
from market.cards.integrity import HELD
from market.cards.rules import CardState, Colour
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, Actor
from market.kernel.errors import NotFound, NotPermitted, Refusal
from market.ledger.queries.integrity import compare
from market.letters import jobs as letter_jobs
from market.letters import queries as letters
from market.reputation import service as reputations
from market.rulebook import service as rulebooks
from tests.factories import accounts as people
from tests.factories import agencies
from tests.factories import reputation as made
from tests.factories.deeds import Tab, do

CODE = "OF-F01"
DOCUMENT = "《瑞昌市效能问责办法》瑞办发〔2026〕3号"


@dataclasses.dataclass(frozen=True)
class Place:
    """Two people of the managing authority, the head of the office, the office's credit code."""

    first: Actor
    second: Actor
    third: Actor
    head: Actor
    uscc: str


def place(document=DOCUMENT, is_public=False):
    """A place that gives cards from tomorrow on; it becomes tomorrow."""
    agencies.town()
    head = agencies.head()
    staff = [people.staff("authority", "authority_assigner") for _ in range(3)]
    if document:
        editor = people.staff("authority", "rule_editor")
        approver = people.staff("authority", "rule_approver")
        version = in_one_transaction(
            rulebooks.propose,
            editor,
            values={"cards_document": (document, ""), "cards_public": (is_public, "")},
            title="效能提示",
            document_number="瑞数〔2026〕5号",
            in_force_from=reading(CLOCK).today + dt.timedelta(days=1),
        )
        do(rulebooks.approve, approver, version=version)
        fabric().clock.advance(dt.timedelta(days=1))  # type: ignore[attr-defined]
    uscc = accounts.organisation(reading(CLOCK), head.organisation_id).uscc
    return Place(*staff, head, uscc)


def fault(at, day):
    """One decided fault of the office."""
    number = made.proposed(CODE, at.first, at.uscc, happened_on=day)
    do(reputations.state_case, at.head, number=number, statement="情况属实。")
    do(reputations.confirm, at.second, number=number, reason="事实清楚。")
    return number


def faults(at, count=2):
    today = reading(CLOCK).today
    return [fault(at, today - dt.timedelta(days=count - no)) for no in range(count)]


def proposed(at, trigger):
    return do(service.propose_card, at.first, trigger=trigger)


def issued(at, trigger):
    number = proposed(at, trigger)
    do(service.state_case, at.head, number=number, statement="人手不足，已补充。")
    do(service.issue, at.second, number=number, reason="同类问题两次。")
    return number


def refused(code, act, who, **given):
    with pytest.raises(Refusal) as no:
        do(act, who, **given)
    assert no.value.code == code


def titles(who):
    letter_jobs.write()
    return [letter.title for letter in letters.inbox(reading(who))]


def test_without_a_document_nobody_gets_a_card(context):
    at = place(document="")
    numbers = faults(at)
    assert queries.due(reading(at.first)) == []
    refused("card.off", service.propose_card, at.first, trigger=numbers[-1])


@pytest.mark.databases
def test_a_yellow_card_from_the_count_to_the_plan(context):
    at = place()
    numbers = faults(at)
    (due,) = queries.due(reading(at.first))
    assert (due.due.colour, due.due.trigger.number) == (Colour.YELLOW, numbers[-1])
    refused("card.not_due", service.propose_card, at.first, trigger=numbers[0])
    with pytest.raises(NotPermitted):
        do(service.propose_card, at.head, trigger=numbers[-1])
    number = proposed(at, numbers[-1])
    refused("card.not_due", service.propose_card, at.first, trigger=numbers[-1])
    assert f"拟发出效能提示 {number}，可说明情况" in titles(at.head)
    said = {"number": number, "reason": "同类问题两次。"}
    refused("card.may_still_state", service.issue, at.second, **said)
    do(service.state_case, at.head, number=number, statement="人手不足，已补充。")
    refused("card.nothing_to_state", service.state_case, at.head, number=number, statement="再说")
    refused("card.same_person", service.issue, at.first, **said)
    assert queries.to_issue(reading(at.second)) == [number]
    do(service.issue, at.second, **said)
    assert queries.card(reading(at.head), number).due.kind == "cards.plan"
    assert queries.public(reading(CLOCK)) == []
    refused("card.wrong_state", service.note_talk, at.first, number=number, talk="约谈。")
    do(service.refer, at.first, number=number, referral="市纪委监委，移交单 2026-1")
    do(service.plan, at.head, number=number, plan="每日核对。")
    found = queries.card(reading(at.first), number)
    assert (found.state, found.grounds) == (CardState.PLANNED, tuple(numbers))
    assert compare(reading(CLOCK), HELD).count == 0


def test_the_third_is_red_goes_one_level_up_and_is_talked_about(context):
    at = place(is_public=True)
    numbers = faults(at, 3)
    number = issued(at, numbers[-1])
    assert queries.card(reading(at.head), number).colour is Colour.RED
    assert f"效能提示 {number} 已作出决定" in titles(
        at.third
    )  # the office stands under nobody else
    do(service.note_talk, at.first, number=number, talk="2026年3月约谈协管办负责人。")
    refused("card.wrong_state", service.note_talk, at.first, number=number, talk="再约谈。")
    assert [each.number for each in queries.public(reading(CLOCK))] == [number]


@pytest.mark.databases
def test_a_fault_that_falls_takes_its_card_with_it_in_public(context):
    at = place(is_public=True)
    numbers = faults(at)
    number = issued(at, numbers[-1])
    assert jobs.correct() == 0
    do(reputations.appeal, at.head, number=numbers[0], ground="补正单系当事人要求。")
    assert jobs.correct() == 0  # an appeal is no decision
    do(reputations.uphold, at.third, number=numbers[0], reason="属实。")
    assert jobs.correct() == 1
    assert jobs.correct() == 0
    (found,) = queries.public(reading(CLOCK))
    assert (found.number, found.state, found.due) == (number, CardState.WITHDRAWN, None)
    assert f"更正：效能提示 {number} 已撤回" in titles(at.head)
    assert queries.due(reading(at.first)) == []
    assert compare(reading(CLOCK), HELD).count == 0


def test_a_card_whose_fault_fell_before_is_not_issued_and_one_is_dropped(context):
    at = place()
    numbers = faults(at)
    number = proposed(at, numbers[-1])
    do(service.state_case, at.head, number=number, statement="已说明。")
    do(reputations.appeal, at.head, number=numbers[0], ground="补正单系当事人要求。")
    do(reputations.uphold, at.third, number=numbers[0], reason="属实。")
    refused("card.fallen", service.issue, at.second, number=number, reason="同类问题两次。")
    do(service.drop, at.second, number=number, reason="所依据的记录已撤销。")
    assert queries.card(reading(at.head), number).state is CardState.DROPPED
    assert compare(reading(CLOCK), HELD).count == 0


def test_a_card_is_its_bodys_and_the_authoritys(context):
    at = place()
    number = proposed(at, faults(at)[-1])
    other = people.member(people.body("regulator", "自然资源局"), "regulator_signatory")
    with pytest.raises(NotFound):
        queries.card(reading(other), number)
    with pytest.raises(NotFound):
        do(service.state_case, other, number=number, statement="不是我单位的。")


def test_pages_from_the_desk_to_the_plan(app, client):
    with app.app_context():
        at = place()
        trigger = faults(at)[-1]
    people.sign_in(client, at.first)
    assert trigger in client.get("/office/cards").text
    done = people.submit(client, "/office/cards", to=f"/office/cards/{trigger}")
    assert done.status_code == 303
    page = done.location
    people.sign_in(client, at.head)
    empty = Tab(client, page, f"{page}/state").send(statement=" ")
    assert empty.status_code == 422 and 'id="statement-error"' in empty.text
    assert Tab(client, page, f"{page}/state").send(statement="已补充人手。").status_code == 303
    people.sign_in(client, at.second)
    assert page in client.get("/todo").text
    desk = client.get("/office/cards?sort=of&falls=1").text
    assert f'href="{page}" data-case' in desk and 'aria-sort="descending"' in desk
    assert f'href="{page}" data-case' not in client.get("/office/cards?q=没有这个单位").text
    assert 'class="mk-decide"' in client.get(page).text and 'href="#issue"' in client.get(page).text
    wrong = Tab(client, page, f"{page}/issue").send(outcome="issue", reason="")
    assert wrong.status_code == 422 and 'id="reason-error"' in wrong.text
    done = Tab(client, page, f"{page}/issue").send(outcome="issue", reason="两次。")
    assert done.status_code == 303
    people.sign_in(client, at.head)
    assert "提交整改计划" in client.get(page).text
    assert Tab(client, page, f"{page}/plan").send(plan="每日核对。").status_code == 303
    assert "已提交整改计划" in client.get("/cards/mine").text
    assert client.get("/cards?lang=en").status_code == 200
