"""A tab that stayed open signs nothing but what it showed: acceptance, decision, erasure."""

import pytest

from market.complaints import queries, service
from market.complaints.rules import ErasureGround, Outcome, ProposalState, Reason, State
from market.db import reading
from market.files.service import Received
from market.kernel.actor import CLOCK
from market.kernel.shown import Changed
from tests.complaints.deeds import card, do, kinds
from tests.factories import complaints, selection
from tests.factories.accounts import sign_in
from tests.factories.deeds import Tab

WORD = "请写明收到材料的日期"
PAPER = Received("勘验笔录.pdf", "application/pdf", 10, "0" * 64, "key-of-paper")


def not_accepted(number: str, desk: complaints.Desk, reasons: str = "投诉没有明确的事实。") -> None:
    do(
        service.propose_non_acceptance,
        desk.officer,
        number=number,
        reason=Reason.NO_FACTS,
        reasons=reasons,
        legal_basis="《办法》第三条",
        remedy_note="六十日内可申请行政复议。",
    )


def dismissal(number: str, desk: complaints.Desk, **changes: str) -> None:
    do(
        service.propose_decision,
        desk.officer,
        number=number,
        outcome=Outcome.DISMISSED,
        remedies={},
        is_fabricated=False,
        **{**complaints.GROUNDS, **changes},
    )


def again_refused(number: str, desk: complaints.Desk) -> None:
    """Returned, and the contrary proposed."""
    do(service.return_proposal, desk.signatory, number=number, note="事实不清")
    not_accepted(number, desk)


def again_the_same(number: str, desk: complaints.Desk) -> None:
    """Returned, and the same proposed once more: another proposal all the same."""
    do(service.return_proposal, desk.signatory, number=number, note="再核")
    do(service.propose_acceptance, desk.officer, number=number, reasons="符合受理条件")


@pytest.fixture
def proposed(app, client):
    """A complaint whose acceptance waits, with the signatory signed in."""
    with app.app_context():
        selection.town()
        desk = complaints.desk()
        number = complaints.filed(selection.published_notice())
        do(service.propose_acceptance, desk.officer, number=number, reasons="符合受理条件")
    sign_in(client, desk.signatory)
    return number, desk


@pytest.mark.databases
@pytest.mark.parametrize("deed", ["sign", "return"])
@pytest.mark.parametrize("change", [again_refused, again_the_same])
def test_an_old_tab_signs_no_other_proposal(app, client, proposed, deed, change):
    number, desk = proposed
    url = f"/complaints/{number}/{deed}"
    tab = Tab(client, url)
    with app.app_context():
        change(number, desk)

    refused = tab.send(note=WORD)

    assert refused.status_code == 409
    assert "内容已变化，请重新查看" in refused.text
    assert ("原为：受理，现为：不予受理" in refused.text) is (change is again_refused)
    assert ("投诉没有明确的事实。" in refused.text) is (change is again_refused)
    assert (WORD in refused.text) is (deed == "return")
    with app.app_context():
        assert card(number).state is State.FILED
        assert "complaint.accepted" not in kinds(number)
        assert "complaint.not_accepted" not in kinds(number)
    assert Tab(client, url).send(note=WORD).status_code == 303


def test_what_is_typed_before_the_change_is_seen_still_carries_what_was_shown(
    app, client, proposed
):
    number, desk = proposed
    tab = Tab(client, f"/complaints/{number}/return")
    with app.app_context():
        again_refused(number, desk)

    empty = tab.send(note="")
    tab.form = tab.read(empty.text)

    assert empty.status_code == 422
    assert tab.send(note=WORD).status_code == 409


def test_the_page_that_comes_back_may_be_signed(app, client, proposed):
    number, desk = proposed
    tab = Tab(client, f"/complaints/{number}/sign")
    with app.app_context():
        again_refused(number, desk)

    tab.form = tab.read(tab.send().text)

    assert tab.send().status_code == 303
    with app.app_context():
        assert card(number).state is State.NOT_ACCEPTED


@pytest.mark.parametrize("token", ["", "e30=", "bm9uc2Vuc2U=", "\ud7ff", "[[", "W10="])
def test_a_signature_that_carries_nothing_is_refused(app, client, proposed, token):
    number, _desk = proposed

    refused = Tab(client, f"/complaints/{number}/sign").send(shown=token)

    assert (refused.status_code, "内容已变化，请重新查看" in refused.text) == (409, True)
    with app.app_context():
        assert card(number).state is State.FILED


def test_a_decision_names_what_has_changed(app, client):
    with app.app_context():
        selection.town()
        desk = complaints.desk()
        number = complaints.accepted(complaints.filed(selection.published_notice()), desk)
        dismissal(number, desk)
    sign_in(client, desk.signatory)
    tab = Tab(client, f"/complaints/{number}/sign")
    with app.app_context():
        do(service.return_proposal, desk.signatory, number=number, note="再核")
        dismissal(number, desk, reasons="另有理由。" * 40)

    refused = tab.send()

    assert refused.status_code == 409
    assert "与您刚才看到的不同的是：理由。" in refused.text
    with app.app_context():
        assert card(number).state is State.ACCEPTED


@pytest.mark.databases
@pytest.mark.parametrize("deed", ["sign", "return"])
def test_an_old_desk_erases_nothing_for_another_ground(app, client, deed):
    with app.app_context():
        selection.town()
        body = complaints.desk()
        number = do(service.tip, complaints.citizen(), content="某机构疑似借用资质承接业务。")
        erasure(number, body, ErasureGround.PURPOSE_DONE)
    sign_in(client, body.signatory)
    tab = Tab(client, "/office/erasures", f"/office/erasures/{number}/{deed}")
    with app.app_context():
        do(service.return_erasure, body.signatory, subject=number, note="理由不符")
        erasure(number, body, ErasureGround.PERIOD_OVER)

    refused = tab.send(note=WORD)

    assert refused.status_code == 409
    assert "内容已变化，请重新查看" in refused.text
    assert "现为：保存期限已满" in refused.text
    assert (WORD in refused.text) is (deed == "return")
    with app.app_context():
        assert not queries.erased(reading(CLOCK), [number])
        newest = queries.erasures(reading(body.officer))[0]
        assert newest.state is ProposalState.PROPOSED
    fresh = Tab(client, "/office/erasures", f"/office/erasures/{number}/{deed}")
    assert fresh.send(note=WORD).status_code == 303


def erasure(number: str, body: complaints.Desk, ground: ErasureGround) -> None:
    do(
        service.propose_erasure,
        body.officer,
        subject=number,
        ground=ground,
        basis="本人于 3 月 2 日到窗口书面申请",
    )


def test_the_service_itself_refuses(context, clock):
    selection.town()
    desk = complaints.desk()
    number = complaints.filed(selection.published_notice())
    do(service.propose_acceptance, desk.officer, number=number)

    with pytest.raises(Changed):
        do(service.sign, desk.signatory, number=number, shown="")


@pytest.mark.databases
def test_a_decision_is_not_proposed_past_an_answer_that_came_meanwhile(app, client):
    with app.app_context():
        selection.town()
        desk = complaints.desk()
        number = complaints.accepted(complaints.filed(selection.published_notice()), desk)
    sign_in(client, desk.officer)
    url = f"/complaints/{number}/decide"
    tab = Tab(client, url)
    with app.app_context():
        do(service.attach, desk.officer, scan=PAPER, number=number)

    refused = tab.send(outcome="dismissed", **complaints.GROUNDS)

    assert refused.status_code == 409
    assert "与您刚才看到的不同的是：证据材料。" in refused.text
    assert complaints.GROUNDS["reasons"] in refused.text
    tab.form = tab.read(refused.text)
    assert tab.send(outcome="dismissed", **complaints.GROUNDS).status_code == 303
