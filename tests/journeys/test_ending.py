"""A contract that its owner ends, by both sides' pages: told, objected to, settled; and the papers of
another, opened as they are printed.
"""

import datetime as dt

import pytest

from market.contracts import service
from market.contracts.rules.matter import PAY, ContractState
from tests.contracts.asking import sweep_at
from tests.contracts.test_change import due
from tests.factories import contracts
from tests.factories.deeds import do
from tests.journeys.test_matter import DESK, TELEPHONE, login_of

pytestmark = pytest.mark.browser
WORDS = "超过约定期限仍未交付，两次催告后没有改正。"
OBJECTION = "外业已完成一半，延误因资料不齐，不同意按零结算。"
SHAPES = pytest.mark.parametrize("shape", [DESK, TELEPHONE], ids=["desk", "phone"])


@SHAPES
def test_an_end_by_one_side_is_told_objected_to_and_settled(place, walker, shape):
    with place.app.app_context():
        deal = contracts.started()
        logins = {"owner": login_of(deal.buyer.signatory), "agency": login_of(deal.winner.actor)}
    path = f"/contracts/{deal.number}"
    owner = walker("owner", **shape).sign_in(logins["owner"]).go(path)
    agency = walker("agency", **shape).sign_in(logins["agency"]).go(path)
    owner.go(path).press("单方解除合同").press("提交").is_refused("请")
    owner.fill(reason="agency_fault", statement=WORDS, amount="0").press("提交")
    owner.go(path).sees("单方解除合同", "待对方答复")

    agency.go(path).sees("现在由").press("对解除合同提出意见")
    agency.fill(decision="disagreed").press("提交").is_refused("请写明理由")
    agency.fill(objection=OBJECTION).press("提交").sees("已解除，待结算", OBJECTION)
    agency.press("商定结算金额")
    agency.fill(reason="agreed", statement="双方核对工作量后商定。", amount="5000")
    agency.press("提交").sees("待对方答复")

    owner.go(path).sees(OBJECTION).press("答复合同变更").fill(decision="agreed").press("提交")
    owner.go(path).sees("登记付款")
    walker("stranger", **shape).go(path).sees_no(OBJECTION, WORDS)
    with place.app.app_context():
        card = contracts.of(deal)
        assert (card.state, card.amount_fen) == (ContractState.ENDED, 500_000)


@SHAPES
def test_papers_are_opened_by_both_and_checked_by_who_holds_one(place, walker, shape):
    with place.app.app_context():
        deal = contracts.accepted()
        logins = {"owner": login_of(deal.buyer.signatory), "agency": login_of(deal.winner.actor)}
    path = f"/contracts/{deal.number}"
    agency = walker("agency", **shape).sign_in(logins["agency"]).go(path)
    agency.go(f"/awards/{deal.letter}/contract/model").sees("第一条", "打印")
    agency.go(path).press("请业主确认应收账款").fill(is_checked=True).press("提交")
    owner = walker("owner", **shape).sign_in(logins["owner"]).go(path)
    owner.go(path).press("确认应收账款").fill(decision="owed").press("提交")
    agency.go(path).follow("打开文书").sees("应收账款确认书")

    with place.app.app_context():
        code = contracts.of(deal).claims[0].code
        sweep_at(place.clock, due(deal, PAY) + dt.timedelta(days=3))
        do(service.demand, deal.winner.actor, number=deal.number)
    walker("bank", **shape).go(f"/receivables/{code}").sees(deal.number, "现在未付")
    owner.sign_in(logins["owner"]).go(f"{path}/claims/2").sees("催款函")
    with place.app.app_context():
        assert len(contracts.of(deal).claims) == 2  # the question and the letter of demand
