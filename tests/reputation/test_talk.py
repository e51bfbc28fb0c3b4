"""A talk (约谈) about a record: called for a day that lies ahead, its record signed by both sides; it takes
nothing from anybody.
"""

import datetime as dt

import pytest

from market.catalogue.rules import Items
from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, NotPermitted, Refusal
from market.ledger.queries.integrity import compare
from market.letters import jobs as letter_jobs
from market.letters import queries as letters
from market.reputation import queries, rules, service
from market.reputation.integrity import HELD
from market.reputation.rules import CreditState, Party, TalkState
from market.selection.entries import queries as entry_queries
from tests.factories import accounts as people
from tests.factories import reputation as made
from tests.factories import selection
from tests.factories.deeds import Tab, do

MINOR = "AG-P02"


def asked(days=7):
    on = reading(CLOCK).today + dt.timedelta(days=days)
    return {"on": on, "place": "市政务服务中心三楼", "topic": "成果逾期"}


def called():
    at = made.bench()
    who = made.agency()
    number = made.recorded(MINOR, who, at)
    do(service.call_talk, at.officer, number=number, **asked())
    return at, who, number


def held():
    at, who, number = called()
    fabric().clock.advance(dt.timedelta(days=7))  # type: ignore[attr-defined]
    do(service.hold_talk, at.officer, number=number, minutes="机构承诺十日内改正。")
    return at, who, number


def refused(code, act, who, **given):
    with pytest.raises(Refusal) as no:
        do(act, who, **given)
    assert no.value.code == code


def state(number):
    return queries.talk(reading(CLOCK), number).state


@pytest.mark.parametrize("of", list(CreditState))
def test_only_a_record_of_an_agency_that_stands_is_talked_about(of):
    assert rules.may_talk(of, Party.AGENCY) is (of is CreditState.IN_FORCE)
    assert not rules.may_talk(of, Party.OFFICE)


@pytest.mark.databases
def test_both_sides_sign_and_entering_is_not_touched(context):
    at, who, number = called()
    refused("credit.talk_waits", service.call_talk, at.officer, number=number, **asked())
    refused("credit.talk_early", service.hold_talk, at.officer, number=number, minutes="承诺改正。")
    assert queries.talks_to_hold(reading(at.officer)) == []
    fabric().clock.advance(dt.timedelta(days=7))
    assert queries.talks_to_hold(reading(at.officer)) == [number]
    do(service.hold_talk, at.officer, number=number, minutes="承诺改正。")
    assert queries.talks_to_sign(reading(who.actor)) == [number]
    with pytest.raises(NotPermitted):
        do(service.sign_talk, at.officer, number=number, remark="")
    do(service.sign_talk, who.actor, number=number, remark="第二段日期应为三日。")
    assert state(number) is TalkState.SIGNED
    assert entry_queries.barred_today(reading(who.actor), Items((selection.ITEM,))) is None
    letter_jobs.write()
    told = [letter.title for letter in letters.inbox(reading(who.actor))]
    assert f"就履约记录 {number} 约谈贵机构" in told
    assert compare(reading(CLOCK), HELD).count == 0


def test_a_talk_that_the_agency_does_not_sign_is_closed_and_one_may_follow(context):
    at, _who, number = held()
    do(service.close_talk, at.officer, number=number, remark="未到场签字。")
    assert state(number) is TalkState.UNSIGNED
    refused("credit.talk_state", service.close_talk, at.officer, number=number, remark="未到场。")
    do(service.call_talk, at.officer, number=number, **asked())
    assert state(number) is TalkState.CALLED
    assert compare(reading(CLOCK), HELD).count == 0


def test_a_record_that_falls_takes_its_talk_with_it(context):
    at, who, number = called()
    do(service.appeal, who.actor, number=number, ground="不是本机构的成果。")
    do(service.uphold, at.other, number=number, reason="属实。")
    assert state(number) is TalkState.CANCELLED
    assert compare(reading(CLOCK), HELD).count == 0


def test_nobody_else_calls_or_signs(context):
    at, who, number = held()
    stranger = made.bench("水利局").officer
    with pytest.raises(NotFound):
        do(service.close_talk, stranger, number=number, remark="未签字。")
    other = made.agencies.active_agency()
    with pytest.raises(NotFound):
        do(service.sign_talk, other.actor, number=number, remark="")
    with pytest.raises(Refusal, match=r"credit.no_talk"):
        waiting = made.proposed("AG-P03", at.officer, who.uscc)
        do(service.call_talk, at.officer, number=waiting, **asked())


def test_the_talk_by_form(app, client):
    with app.app_context():
        at = made.bench()
        who = made.agency()
        number = made.recorded(MINOR, who, at)
    page = f"/credit/{number}"
    people.sign_in(client, at.officer)
    wrong = Tab(client, page, f"{page}/call-talk").send(on="2026-03-01", place="三楼", topic="逾期")
    assert wrong.status_code == 422 and 'id="on-error"' in wrong.text and "三楼" in wrong.text
    done = Tab(client, page, f"{page}/call-talk").send(on="2026-03-20", place="三楼", topic="逾期")
    assert done.status_code == 303
    with app.app_context():
        fabric().clock.advance(dt.timedelta(days=20))
    people.sign_in(client, at.officer)
    assert page in client.get("/todo").text
    assert Tab(client, page, f"{page}/hold-talk").send(minutes="承诺改正。").status_code == 303
    people.sign_in(client, who.actor)
    assert "承诺改正。" in client.get(page).text
    assert Tab(client, page, f"{page}/sign-talk").send().status_code == 303
    assert "双方已签字" in client.get(page).text
