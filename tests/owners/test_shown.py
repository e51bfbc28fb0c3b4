"""A desk that stayed open decides nothing about a registration that has changed since."""

import pytest

from market.db import reading
from market.kernel.actor import CLOCK
from market.owners import queries, service
from market.owners.rules import State
from tests.factories import accounts, owners
from tests.factories.deeds import Tab, do

REASON = "营业执照与登记名称不符，请核对。"
TYPED = {"corrections": REASON, "ground": "not_authorised", "reason": REASON}


def checker():
    return accounts.staff("office", "notice_reviewer", "office_head")


def mended(number):
    """Returned, mended and handed in again: the old tab still shows the first address."""
    do(service.return_once, checker(), number=number, corrections=["地址不详"])
    do(
        service.resubmit,
        owners.member_of(number),
        details=owners.details(address="瑞昌市桂林路 2 号"),
    )


def renamed_reason(number):
    """The proposal to refuse fell, and another was made for another reason."""
    do(service.drop_refusal, checker(), number=number)
    do(service.refuse, checker(), number=number, ground="not_eligible", reason="与另一登记重复。")


@pytest.mark.databases
@pytest.mark.parametrize(
    ("deed", "change", "now"),
    [
        ("approve", mended, "瑞昌市桂林路 2 号"),
        ("refuse", mended, "瑞昌市桂林路 2 号"),
        ("sign-refusal", renamed_reason, "与另一登记重复。"),
        ("drop-refusal", renamed_reason, "与另一登记重复。"),
    ],
)
def test_an_old_tab_decides_nothing(app, client, deed, change, now):
    with app.app_context():
        number = owners.registered()
        if change is renamed_reason:
            do(
                service.refuse,
                checker(),
                number=number,
                ground="not_authorised",
                reason="授权书不实。",
            )
        me = checker()
    accounts.sign_in(client, me)
    desk = f"/office/owners/{number}"
    tab = Tab(client, desk, f"{desk}/{deed}")
    with app.app_context():
        change(number)
        before = queries.by_number(reading(CLOCK), number)

    refused = tab.send(**TYPED)

    assert refused.status_code == 409
    assert "内容已变化，请重新查看" in refused.text
    assert f"现为：{now}" in refused.text
    assert (REASON in refused.text) is (deed == "refuse")
    with app.app_context():
        assert queries.by_number(reading(CLOCK), number) == before
    tab.form = tab.read(refused.text)
    assert tab.send(**TYPED).status_code == 303


def test_a_return_that_says_nothing_keeps_what_was_shown(app, client):
    with app.app_context():
        number = owners.registered()
        me = checker()
    accounts.sign_in(client, me)
    desk = f"/office/owners/{number}"
    tab = Tab(client, desk, f"{desk}/return")
    shown = tab.form.fields["shown"]

    again = tab.send(corrections="")

    assert again.status_code == 422
    assert tab.read(again.text).fields["shown"] == shown
    assert tab.send(corrections="请补授权书").status_code == 303
    with app.app_context():
        assert queries.by_number(reading(CLOCK), number).card.state is State.RETURNED
