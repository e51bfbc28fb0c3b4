"""A tab that stayed open hands in, signs, judges and publishes nothing but what it showed."""

import datetime as dt

import pytest

from market.db import db, reading
from market.kernel.actor import CLOCK
from market.kernel.shown import Changed, seen
from market.selection.notices import queries, service
from market.selection.notices.models import Notice
from market.selection.sources import service as source_service
from market.selection.sources.models import LotteryReport
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.accounts import sign_in
from tests.factories.deeds import Tab, do

SHOWN = 24_300_000
NOW = 29_900_000
DIFFERENCE = "最高限价（原为：243,000.00 元，现为：299,000.00 元）"
TYPED = {"reasons": "写明成果份数和交付地点", "channel": "政府采购"}


def state_of(notice_id):
    return db.session.get(Notice, notice_id, populate_existing=True).state


def dearer(buyer, notice_id):
    """The drafter raises the ceiling and hands the notice in anew."""
    do(service.save, buyer.drafter, notice_id=notice_id, terms=f.terms(ceiling_fen=NOW))
    do(service.submit, buyer.drafter, notice_id=notice_id)


def dearer_at_the_office(buyer, notice_id):
    """Returned by the office, dearer, signed, found lawful, and where it was refused before
    proposed once more.
    """
    do(service.give_back, f.reviewer(), notice_id=notice_id, reasons=["写明成果份数"])
    dearer(buyer, notice_id)
    do(service.sign, buyer.signatory, notice_id=notice_id)


def found_lawful(notice_id):
    do(service.approve, f.reviewer(), notice_id=notice_id)


def elsewhere(notice_id, reason="属于集中采购目录以内"):
    do(
        service.propose_refusal,
        f.reviewer(),
        notice_id=notice_id,
        reasons=[reason],
        channel="政府采购",
    )


@pytest.mark.databases
def test_a_notice_shown_at_243_000_is_not_published_at_299_000(app, client):
    with app.app_context():
        buyer = f.owner()
        notice_id = f.submitted_notice(buyer, ceiling_fen=SHOWN)
        found_lawful(notice_id)
        publisher = f.publisher()
    sign_in(client, publisher)
    desk = f"/office/notices/{notice_id}"
    tab = Tab(client, desk, f"{desk}/publish")
    with app.app_context():
        dearer_at_the_office(buyer, notice_id)
        found_lawful(notice_id)

    refused = tab.send()

    assert refused.status_code == 409
    assert "内容已变化，请重新查看" in refused.text
    assert DIFFERENCE in refused.text
    with app.app_context():
        assert state_of(notice_id) == "submitted"
    tab.form = tab.read(refused.text)
    assert tab.send().status_code == 303
    with app.app_context():
        assert state_of(notice_id) == "entry_open"


@pytest.mark.databases
@pytest.mark.parametrize("deed", ["approve", "refuse", "return", "confirm-refusal"])
def test_an_old_tab_judges_no_other_notice(app, client, deed):
    is_second = deed == "confirm-refusal"
    with app.app_context():
        buyer = f.owner()
        notice_id = f.submitted_notice(buyer, ceiling_fen=SHOWN)
        if is_second:
            elsewhere(notice_id)
        who = people.staff("office", "office_head") if is_second else f.reviewer()
    sign_in(client, who)
    desk = f"/office/notices/{notice_id}"
    tab = Tab(client, desk, f"{desk}/{deed}")
    with app.app_context():
        dearer_at_the_office(buyer, notice_id)
        if is_second:
            elsewhere(notice_id, "已有框架协议")
        words = queries.reviews(reading(CLOCK), notice_id)

    refused = tab.send(**TYPED)

    assert refused.status_code == 409
    assert DIFFERENCE in refused.text
    assert (TYPED["reasons"] in refused.text) is (deed in ("refuse", "return"))
    with app.app_context():
        assert state_of(notice_id) == "submitted"
        assert queries.reviews(reading(CLOCK), notice_id) == words


@pytest.mark.databases
@pytest.mark.parametrize("deed", ["check", "send-back"])
def test_the_signatory_of_the_owner_signs_what_he_saw(app, client, deed):
    with app.app_context():
        buyer = f.owner()
        drafted = f.terms(ceiling_fen=SHOWN)
        notice_id = do(service.draft, buyer.drafter, terms=drafted)
        do(service.submit, buyer.drafter, notice_id=notice_id)
    sign_in(client, buyer.signatory)
    page = f"/notices/{notice_id}/check"
    tab = Tab(client, page, f"/notices/{notice_id}/{deed}")
    with app.app_context():
        do(service.send_back, buyer.signatory, notice_id=notice_id)
        dearer(buyer, notice_id)

    refused = tab.send()

    assert refused.status_code == 409
    assert DIFFERENCE in refused.text
    with app.app_context():
        assert state_of(notice_id) == "awaiting_signature"
    assert Tab(client, page, f"/notices/{notice_id}/{deed}").send().status_code == 303


def test_a_page_of_a_button_alone_leads_back(app, client):
    with app.app_context():
        buyer = f.owner()
        notice_id = do(service.draft, buyer.drafter, terms=f.terms())
        do(service.submit, buyer.drafter, notice_id=notice_id)
    sign_in(client, buyer.signatory)
    page = f"/notices/{notice_id}/check"
    fields = {**people.carried(client, page), "shown": ""}

    for came_from, is_ours in ((f"http://localhost{page}", True), ("http://other.test/x", False)):
        answer = client.post(
            f"/notices/{notice_id}/send-back", data=fields, headers={"Referer": came_from}
        )
        assert answer.status_code == 409
        assert ("重新查看</a>" in answer.text) is is_ours
        assert ("other.test" in answer.text) is False


def test_a_colleague_may_not_change_the_draft_under_the_one_who_hands_it_in(context):
    buyer = f.owner()
    notice_id = do(service.draft, buyer.drafter, terms=f.terms(ceiling_fen=SHOWN))
    shown = seen(service.submit, reading(CLOCK), notice_id)
    do(service.save, buyer.drafter, notice_id=notice_id, terms=f.terms(ceiling_fen=NOW))

    with pytest.raises(Changed):
        do(service.submit, buyer.drafter, notice_id=notice_id, shown=shown)

    assert state_of(notice_id) == "draft"


def test_an_issue_of_the_lottery_is_confirmed_as_it_was_read(context):
    officers = [people.staff("office", "publisher") for _ in range(2)]
    report = LotteryReport(
        issue="2026051",
        day=dt.date(2026, 3, 4).toordinal(),
        value="kl8/2026051/01.02",
        proposed_at=reading(CLOCK).now,
        proposed_by=officers[0].person_id,
    )
    db.session.add(report)
    db.session.commit()
    shown = seen(source_service.confirm_lottery, reading(CLOCK), report.id)
    report.value = "kl8/2026051/01.03"
    db.session.commit()

    with pytest.raises(Changed) as no:
        do(source_service.confirm_lottery, officers[1], report_id=report.id, shown=shown)

    assert [each.part for each in no.value.differences] == ["lottery.value"]


@pytest.mark.databases
def test_what_was_amended_meanwhile_is_not_cancelled_unseen(app, client):
    with app.app_context():
        f.town()
        buyer = f.owner()
        number = f.published_notice(buyer)
        card = queries.notice(reading(CLOCK), number)
    sign_in(client, buyer.signatory)
    tab = Tab(client, f"/notices/{number}/cancel")
    later = dt.timedelta(days=1)
    with app.app_context():
        do(
            service.amend,
            f.publisher(),
            number=number,
            entry_close=card.entry_close + later,
            draw_at=card.draw_at + later,
            reason="应业主要求延长",
        )

    refused = tab.send(reason="项目停建，不再需要")

    assert refused.status_code == 409
    assert "报名截止（原为：" in refused.text
    assert "项目停建，不再需要" in refused.text
    with app.app_context():
        assert queries.notice(reading(CLOCK), number).state == "entry_open"
    tab.form = tab.read(refused.text)
    assert tab.send(reason="项目停建，不再需要").status_code == 303
