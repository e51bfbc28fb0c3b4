"""The pages of an auction: the owner's form, entering without a quote, the live page for each reader."""

import datetime as dt

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import CHINA
from market.selection.kinds import Method
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from tests.factories import accounts as people
from tests.factories import rulebook as rules
from tests.factories import selection as f
from tests.selection import auctioning as a
from tests.selection.pricing import SOCIAL


def inside(client, act, *args, **values):
    with client.application.app_context():
        return act(*args, **values)


def running(client):
    """A running auction of three, a minute after its start."""

    def make():
        number = a.published()
        made = a.entered(number)
        a.opened(number)
        a.to(a.after(number, minutes=1))
        a.tick()
        return number, made

    return inside(client, make)


def drafted(method):
    rules.city()
    buyer = f.owner()
    terms = f.terms(method=method, draw_at=None, **SOCIAL)
    return buyer, in_one_transaction(notice_service.draft, buyer.drafter, terms=terms)


def test_the_owner_writes_the_rules_and_each_wrong_field_is_named(client):
    buyer, notice_id = inside(client, drafted, Method.AUCTION_LIVE)
    page = f"/notices/{notice_id}/auction"
    people.sign_in(client, buyer.drafter)
    check = client.get(f"/notices/{notice_id}/check").text
    assert "还没有填写竞价规则" in check
    good = {"after": "60", "floor_fen": "80000", "step_fen": ""}
    for wrong, said in (
        ({"after": ""}, "报名截止后多少分钟开始竞价"),
        ({"after": "3"}, "竞价至少在报名截止 30 分钟之后开始"),
        ({"floor_fen": "200000"}, "最低限价须大于 0 元，低于最高限价"),
        ({"step_fen": "50000"}, "不超过最高限价与最低限价之差"),
        ({"floor_fen": "9" * 40}, "最低限价"),
    ):
        answer = people.submit(client, page, good | wrong)
        assert answer.status_code in (400, 409, 422), wrong
        assert said in answer.text
    assert people.submit(client, page, good).status_code == 303
    assert "最低限价 80,000.00" in client.get(f"/notices/{notice_id}/check").text


def test_an_agency_enters_without_a_quote_keeps_its_token_and_withdraws_by_it(client):
    number = inside(client, a.published)
    who = inside(client, f.agency)
    people.sign_in(client, who.actor)
    form = client.get(f"/notices/{number}/entry").text
    assert 'name="quote_fen"' not in form
    said = {"bare": "1", "pledge": "y"}
    quoted = people.submit(client, f"/notices/{number}/entry", {**said, "quote_fen": "90000"})
    assert quoted.status_code == 422
    entered = people.submit(client, f"/notices/{number}/entry", said)
    receipt = client.get(entered.location).text
    assert "撤回凭证" in receipt
    token = receipt.split("data-shown-token>")[1][:64]
    wrong = people.submit(
        client,
        entered.location,
        {"token": "0" * 64, "sure": "1"},
        to=f"/notices/{number}/entry/withdraw",
    )
    assert wrong.status_code == 422
    gone = people.submit(
        client,
        entered.location,
        {"token": token, "sure": "1"},
        to=f"/notices/{number}/entry/withdraw",
    )
    assert gone.status_code == 303


def test_everybody_sees_pseudonyms_and_amounts_and_only_the_admitted_bid(client):
    number, made = running(client)
    page = f"/notices/{number}/auction"
    people.sign_in(client, made[0].actor)
    mine = client.get(page).text
    assert "您的代号：" in mine
    assert "1,600" in mine  # the step
    answer = people.submit(client, page, {"amount_fen": "100000"})
    assert answer.status_code == 303
    refused = people.submit(client, page, {"amount_fen": "99999"})
    assert refused.status_code == 422
    assert "现在出价最高不超过 98,400.00" in refused.text
    for typed in ("", "abc", "-1", "0", "9" * 40):
        assert people.submit(client, page, {"amount_fen": typed}).status_code == 422

    public = client.application.test_client().get(page).text
    assert "100,000.00" in public
    for who in made:
        assert str(who.ref) not in public
    stranger = inside(client, f.agency)
    people.sign_in(client, stranger.actor)
    shown = client.get(page).text
    assert "您的代号" not in shown
    assert 'name="amount_fen"' not in shown


def test_the_office_freezes_and_announces_when_it_goes_on(client):
    number, made = running(client)
    page = f"/notices/{number}/auction"
    office = inside(client, f.publisher)
    people.sign_in(client, office)
    assert people.submit(client, page, {"note": ""}, to=f"{page}/freeze").status_code == 422
    frozen = people.submit(client, page, {"note": "机房断电，无法出价"}, to=f"{page}/freeze")
    assert frozen.status_code == 303
    shown = client.get(page).text
    assert "系统故障，竞价暂停" in shown
    assert "机房断电" in shown

    def typed(minutes: int) -> str:
        now = inside(client, lambda: fabric().clock.now().astimezone(CHINA))
        return (now + dt.timedelta(minutes=minutes)).strftime("%Y-%m-%d %H:%M")

    for start, status in (("", 422), (typed(10), 422), (typed(40), 303)):
        answer = people.submit(client, page, {"start_at": start}, to=f"{page}/resume")
        assert answer.status_code == status, start
    assert f"{page}/resume" not in client.get(page).text
    state = inside(client, lambda: result_queries.notice(reading(CLOCK), number).state.value)
    assert state == "auction_ready"
    people.sign_in(client, made[0].actor)
    assert "暂停" in client.get(page).text
