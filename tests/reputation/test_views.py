"""Forms of recorded acts as a browser sends them: what is wrong stands at its field, nothing typed is
lost, what was not shown is not signed.
"""

import pytest

from market.db import reading
from market.kernel.actor import CLOCK
from market.reputation import queries, service
from market.reputation.rules import CreditState
from tests.factories import accounts as people
from tests.factories import reputation as made
from tests.factories.deeds import Tab, do

MINOR = "AG-P02"
TYPED = {
    "behaviour": MINOR,
    "happened_on": "2026-03-03",
    "fact": "放线成果逾期五日交付。",
    "evidence": "验收记录第3号",
}


@pytest.fixture
def parties(app):
    """A regulator's people and an agency."""
    with app.app_context():
        return made.bench(), made.agency()


def state(app, number):
    with app.app_context():
        return queries.row(reading(CLOCK), number).state


def test_an_officer_proposes_by_form_and_the_party_sees_it(app, client, parties):
    at, who = parties
    people.sign_in(client, at.officer)
    tab = Tab(client, "/office/credit/new")
    answer = tab.send(**TYPED, uscc=who.uscc)
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "拟记入，可陈述" in page.text and TYPED["fact"] in page.text
    people.sign_in(client, who.actor)
    mine = client.get("/credit").text
    assert TYPED["fact"] in mine and "提醒" in client.get(answer.location).text


@pytest.mark.parametrize(
    "field, value, said",
    [
        ("happened_on", "2026-12-31", "“发生日期”不能晚于今天"),
        ("fact", "", "请填写"),
        ("uscc", "91360481000999999X", "统一社会信用代码"),
        ("matter", "GG-360481-2026-00099", "公开日志里没有这个编号"),
        ("behaviour", "AG-D01", ""),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    app, client, parties, field, value, said
):
    at, who = parties
    people.sign_in(client, at.officer)
    tab = Tab(client, "/office/credit/new")
    answer = tab.send(**{**TYPED, "uscc": who.uscc, field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text and said in answer.text
    assert TYPED["evidence"] in answer.text


def test_the_party_states_appeals_and_another_decides_by_form(app, client, parties):
    at, who = parties
    with app.app_context():
        number = made.proposed(MINOR, at.officer, who.uscc)
    page = f"/credit/{number}"
    people.sign_in(client, who.actor)
    said = Tab(client, page, f"{page}/state").send(statement="业主推迟交接资料。")
    assert said.status_code == 303
    people.sign_in(client, at.signatory)
    empty = Tab(client, page, f"{page}/decide").send(outcome="confirm", reason=" ")
    assert empty.status_code == 422 and 'id="reason-error"' in empty.text
    done = Tab(client, page, f"{page}/decide").send(outcome="confirm", reason="事实清楚。")
    assert done.status_code == 303 and state(app, number) is CreditState.IN_FORCE
    people.sign_in(client, who.actor)
    Tab(client, page, f"{page}/appeal").send(ground="不是本机构的成果。")
    people.sign_in(client, at.other)
    Tab(client, page, f"{page}/decide-appeal").send(outcome="uphold", reason="经核对属实。")
    assert state(app, number) is CreditState.VOID


def test_what_changed_since_it_was_shown_is_said_and_not_signed(app, client, parties):
    at, who = parties
    with app.app_context():
        number = made.proposed(MINOR, at.officer, who.uscc)
    page = f"/credit/{number}"
    people.sign_in(client, at.signatory)
    tab = Tab(client, page, f"{page}/decide")
    with app.app_context():
        do(service.state_case, who.actor, number=number, statement="附延期函。")
    answer = tab.send(outcome="confirm", reason="事实清楚。")
    assert answer.status_code == 409
    assert "内容已变化" in answer.text and "附延期函。" in answer.text
    assert "事实清楚。" in answer.text
    assert state(app, number) is CreditState.PROPOSED
    again = Tab(client, page, f"{page}/decide").send(outcome="confirm", reason="事实清楚。")
    assert again.status_code == 303


def test_the_table_and_the_register_are_everybody_s_in_both_languages(app, client, parties):
    for path in ("/behaviours", "/behaviours?party=owner", "/behaviours?party=x", "/measures"):
        assert client.get(path).status_code == 200
    assert "AG-E01" in client.get("/behaviours").text
    assert "OW-F01" in client.get("/behaviours?party=owner").text
    page = client.get("/behaviours?lang=en").text
    assert "Table of behaviours" in page and "Gave up an award without good reason" in page
