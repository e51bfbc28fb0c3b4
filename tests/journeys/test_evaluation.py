"""An evaluation appealed, by the pages of both sides and of the body, on a telephone."""

import pytest

from market.accounts import queries as accounts
from market.db import reading
from market.evaluations import queries
from market.evaluations.rules import By
from market.evaluations.rules.appeal import Effect
from market.kernel.actor import CLOCK
from tests.browser import PHONE
from tests.factories import contracts, evaluations

pytestmark = pytest.mark.browser
TELEPHONE = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
LOW = {"quality": "2", "timeliness": "3", "attitude": "4", "fees": "3", "conduct": "3"}
FACT = "第二章的工程量算错，重算后晚交了三个工作日。"


def login_of(actor) -> str:
    return accounts.person(reading(CLOCK), actor.person_id).login


def test_an_evaluation_is_given_opened_and_appealed(place, walker):
    with place.app.app_context():
        deal = contracts.accepted()
        acceptor = login_of(deal.acceptor)
        agency = login_of(deal.winner.actor)
        officer = login_of(evaluations.decider())
    path = f"/contracts/{deal.number}/evaluation"

    owner = walker("owner", **TELEPHONE).sign_in(acceptor, "/contracts/mine").go(path)
    owner.press("评价对方").fill(**LOW, text="返工两次。").press("提交")
    owner.is_refused("请写明事实")
    owner.fill(fact=FACT).press("提交").sees("已评价，密封")
    stranger = walker("stranger", **TELEPHONE)
    stranger.go(path).sees("已评价，密封").sees_no("返工两次")

    with place.app.app_context():
        evaluations.moved(evaluations.evaluate_due(deal))
    firm = walker("firm", **TELEPHONE).sign_in(agency, "/contracts/mine").go(path)
    firm.sees("返工两次", "未评价").press("对评价申诉")
    firm.fill(ground="insult", text="用语侮辱工作人员。").press("提交").sees("申诉办理中")
    owner = walker("owner later", **TELEPHONE).sign_in(acceptor, "/contracts/mine").go(path)
    owner.press("对申诉作出说明").fill(text="只写了事实。").press("提交")

    body = walker("body", **TELEPHONE).sign_in(officer, "/office/evaluations")
    body.follow(deal.number).sees("只写了事实")
    body.fill(outcome="uphold", reason="用语不当。").press("提交").sees("申诉成立")
    stranger.go(path).sees("文字因侮辱谩骂隐去").sees_no("返工两次")
    with place.app.app_context():
        card = queries.both(reading(CLOCK), deal.number).of_side(By.OWNER)
        assert (card.effect, card.is_counted) == (Effect.HIDDEN, True)
