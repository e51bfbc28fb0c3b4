"""A matter from the letter to its close, by both sides' web pages: at a desk, and on a telephone."""

import pytest

from market.accounts import queries as accounts
from market.contracts.rules.matter import ContractState
from market.db import reading
from market.kernel.actor import CLOCK
from tests.browser import DESKTOP, PHONE
from tests.factories import contracts
from tests.journeys.walker import SCAN

pytestmark = pytest.mark.browser
DESK = {"viewport": DESKTOP}
TELEPHONE = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


def login_of(actor) -> str:
    return accounts.person(reading(CLOCK), actor.person_id).login


@pytest.mark.parametrize("shape", [DESK, TELEPHONE], ids=["desk", "phone"])
def test_from_the_letter_to_the_close(place, walker, shape):
    with place.app.app_context():
        deal = contracts.awarded()
        letter = contracts.letter_of(deal)
        people = {
            "owner": login_of(deal.buyer.signatory),
            "agency": login_of(deal.winner.actor),
            "acceptor": login_of(deal.acceptor),
        }
        today = reading(CLOCK).today
    path = f"/contracts/{deal.number}"
    owner = walker("owner", **shape).sign_in(people["owner"], f"/awards/{deal.letter}")
    agency = walker("agency", **shape)
    acceptor = walker("acceptor", **shape)
    registers(owner, letter, today)
    agency.sign_in(people["agency"], "/contracts/mine").follow(letter.title)
    agency.sees("待对方核对合同", "现在由")
    agency.press("核对合同").fill(decision="confirmed").press("提交").sees("待开始")
    agency.press("开始服务").fill(started_on=str(today)).press("提交").sees("进行中")
    agency.press("报告进展").fill(note="外业测量已完成一半。").press("提交")
    agency.press("交付成果").fill(note="测绘成果一份。", file=SCAN).press("提交").sees("待验收")
    acceptor.sign_in(people["acceptor"]).go(path).press("验收成果")
    acceptor.fill(decision="returned").press("提交").is_refused("每一项要求")
    acceptor.fill(verdict_1="unmet", note_1="缺图 3", verdict_2="met", items="面积合计有误")
    acceptor.press("提交").sees("退回修改", "缺图 3", "面积合计有误")
    agency.go(path).press("交付成果").fill(note="已改。", file=SCAN).press("提交")
    acceptor.go(path).press("验收成果").fill(verdict_1="met", verdict_2="met")
    acceptor.fill(decision="accepted").press("提交").sees("已验收，待付款")
    pays(owner, path, letter, today)
    agency.go(path).press("核对第 1 笔付款").fill(decision="received").press("提交").sees("已办结")
    stranger = walker("stranger", **shape)
    stranger.go(path).sees("已办结", letter.owner_name).sees_no("缺图 3", "凭证 0001")
    stranger.go(f"/notices/{deal.notice}").sees(deal.number)
    owner.go("/contracts/mine").sees(deal.number)
    with place.app.app_context():
        assert contracts.of(deal).state is ContractState.CLOSED


def registers(owner, letter, today) -> None:
    """One fen too much is refused and everything typed stays; then it is right."""
    owner.press("登记合同").fill(
        signed_on=str(today),
        amount=f"{(letter.amount_fen + 1) // 100}.{(letter.amount_fen + 1) % 100:02d}",
        service_days=30,
        same_scope=True,
        file=SCAN,
    )
    owner.press("登记合同").is_refused("差一分也不行")
    amount = f"{letter.amount_fen // 100}.{letter.amount_fen % 100:02d}"
    owner.fill(amount=amount, file=SCAN).press("登记合同").sees("待对方核对合同")


def pays(owner, path, letter, today) -> None:
    """The whole amount at once."""
    owner.go(path).press("登记付款").fill(
        amount=f"{letter.amount_fen // 100}.{letter.amount_fen % 100:02d}",
        paid_on=str(today),
        voucher="凭证 0001",
    )
    owner.press("提交").sees("待机构核对")
