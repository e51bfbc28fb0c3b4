"""An entrant's pages follow the notice: what it has become is said, and no day to come as if it had
been.
"""

import datetime as dt
import re

import pytest

from market.selection.entries.rules.entering import why_closed
from market.selection.notices import service as notice_service
from market.selection.notices.rules.states import NoticeState
from tests.factories import accounts as people
from tests.factories import agencies
from tests.factories import selection as f
from tests.factories.deeds import do

CLOSE = dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC)
BEFORE = CLOSE - dt.timedelta(days=3)
SAID = {
    NoticeState.CANCELLED: "entry.notice_cancelled",
    NoticeState.RELISTED: "entry.notice_relisted",
    NoticeState.ANNULLED: "entry.notice_annulled",
    NoticeState.PAUSED: "entry.notice_paused",
}


@pytest.mark.parametrize("state", NoticeState)
def test_of_a_close_that_is_to_come_nothing_is_said_as_if_it_had_been(state):
    no = why_closed(state, BEFORE, CLOSE)
    if state is NoticeState.ENTRY_OPEN:
        assert no is None
    else:
        assert no.code == SAID.get(state, "entry.not_open")
        assert no.facts == {}


@pytest.mark.parametrize("state", NoticeState)
def test_after_the_close_its_day_is_told_unless_more_has_happened(state):
    assert why_closed(state, CLOSE, CLOSE).code == SAID.get(state, "entry.closed")


def test_after_a_cancellation_nothing_invites_to_change_the_quote(app, client):
    with app.app_context():
        buyer = f.owner()
        number = f.published_notice(buyer)
        made = f.agency()
        receipt = f.enter(number, made).receipt
    people.sign_in(client, made.actor)
    assert "修改报价" in client.get(f"/entries/{receipt}").text
    with app.app_context():
        do(notice_service.cancel, buyer.signatory, number=number, reason="停建")
    for page in (f"/notices/{number}", f"/notices/{number}/entry", f"/entries/{receipt}"):
        text = client.get(page).text
        assert "公告已取消，不再接受报名" in text, page
        assert "修改报价</a>" not in text, page
        assert 'name="quote_fen"' not in text, page
        assert not re.search("报名已于|撤回重报", text), page
        assert "data-countdown" not in text.partition("<main")[2], page
    assert "报名不再打开" in client.get("/entries/mine").text


def test_why_there_is_no_button_is_said_to_every_kind_of_visitor(app, client, new_client):
    with app.app_context():
        number = f.published_notice()
        made = f.agency()
        other = agencies.active_agency(["302"]).actor
        admin = people.member(made.actor.organisation_id, "agency_admin")
        nobody = people.person()
    page = f"/notices/{number}"
    assert "登录后报名" in client.get(page).text
    for who, said in (
        (admin, "您的职责里没有报名"),
        (nobody, "已入驻的中介服务机构才能报名"),
        (other, "没有登记这一服务事项"),
    ):
        browser = new_client()
        people.sign_in(browser, who)
        text = browser.get(page).text
        assert said in text
        assert f'href="{page}/entry"' not in text
