"""A complaint that staff registered is withdrawn through the body, by two persons; one filed online
by its complainant alone.
"""

import io

import pytest

from market.complaints import queries, rules, service
from market.complaints.rules import ProposalState, State
from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.selection.results import queries as result_queries
from market.windows import queries as windows
from tests.complaints.deeds import kinds
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.accounts import sign_in, submit
from tests.factories.deeds import do

HOW = "本人于 3 月 4 日来电要求撤回。"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def registered(notice: str) -> str:
    return complaints.registered(
        notice, people.staff("office", "intake_clerk"), complaints.by_hotline()
    )


@pytest.mark.databases
def test_once_signed_it_acts_as_the_complainants_own_withdrawal(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    by_hand = registered(notice)
    who = complaints.citizen()
    online = complaints.filed(notice, who, matters="公告的资质要求过高，没有依据。")
    do(service.propose_withdrawal, desk.officer, number=by_hand, reasons=HOW)
    assert (
        queries.by_key(reading(CLOCK), by_hand).state is State.FILED
    )  # nothing before the signature
    assert [row.number for row in queries.to_sign(reading(desk.signatory))] == [by_hand]
    assert not queries.to_sign(reading(desk.officer))
    do(service.sign, desk.signatory, number=by_hand)
    assert queries.open_about(reading(CLOCK), notice) == 1
    do(service.withdraw, who, number=online, note="误会")
    for number in (by_hand, online):
        row = queries.by_key(reading(CLOCK), number)
        assert (row.state, row.ended_at is not None) == (State.WITHDRAWN, True)
        assert kinds(number)[-2:] == ["complaint.withdrawn", "window.closed"]
        assert windows.live(reading(CLOCK), rules.ACCEPT, number) is None
    assert kinds(notice).count("complaint.ended_on_notice") == 2
    assert queries.view(reading(desk.officer), by_hand).dossier.deeds[-1].note == HOW
    assert queries.view(reading(CLOCK), by_hand).ruling is None
    assert not queries.to_sign(reading(desk.signatory))


@pytest.mark.databases
def test_it_releases_the_award_that_only_this_complaint_held(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    number = complaints.accepted(registered(notice), desk)
    assert queries.holding(reading(CLOCK), notice)
    complaints.taken_back(number, desk)
    assert not queries.holding(reading(CLOCK), notice)
    assert result_queries.notice(reading(CLOCK), notice).state == "entry_open"
    assert windows.live(reading(CLOCK), rules.DECIDE, number) is None
    assert windows.live(reading(CLOCK), rules.HOLD_CAP, number) is None


@pytest.mark.databases
def test_two_persons_of_the_body_see_to_it_or_send_it_back(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    both = people.member(
        desk.organisation_id, "complaint_officer", "complaint_signatory", name="两职"
    )
    number = registered(notice)
    do(service.propose_withdrawal, both, number=number, reasons=HOW)
    with pytest.raises(Refusal, match="same_person"):
        do(service.sign, both, number=number)
    with pytest.raises(Refusal, match="proposal_waits"):
        do(service.propose_withdrawal, desk.officer, number=number, reasons=HOW)
    do(service.return_proposal, desk.signatory, number=number, note="请附来电录音")
    (ruling,) = queries.view(reading(desk.officer), number).dossier.rulings
    assert (ruling.state, ruling.return_note) == (ProposalState.RETURNED, "请附来电录音")
    assert queries.by_key(reading(CLOCK), number).state is State.FILED
    complaints.taken_back(number, desk)
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.propose_withdrawal, desk.officer, number=number, reasons=HOW)


def test_nobody_else_proposes_it_and_nobody_for_one_who_filed_online(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    other = complaints.desk("authority")
    number = registered(notice)
    online = complaints.filed(notice, complaints.citizen("李大明"))
    with pytest.raises(NotFound):
        do(service.propose_withdrawal, other.officer, number=number, reasons=HOW)
    for who in (desk.signatory, people.staff("office", "intake_clerk"), complaints.citizen()):
        with pytest.raises(NotPermitted):
            do(service.propose_withdrawal, who, number=number, reasons=HOW)
    with pytest.raises(Refusal, match="withdrawn_online"):
        do(service.propose_withdrawal, desk.officer, number=online, reasons=HOW)


def test_a_proposal_dies_when_the_complaint_goes_to_another_body(context):
    regulator = complaints.regulator_desk()
    notice = selection.published_notice()
    desk = complaints.desk()
    number = registered(notice)
    do(service.propose_withdrawal, desk.officer, number=number, reasons=HOW)
    do(
        service.transfer,
        desk.officer,
        number=number,
        organisation_id=regulator.organisation_id,
        reason="属行业监管事项",
    )
    with pytest.raises(Refusal, match="no_proposal"):
        do(service.sign, regulator.signatory, number=number)
    complaints.taken_back(number, regulator)
    assert queries.by_key(reading(CLOCK), number).state is State.WITHDRAWN


def test_a_withdrawal_says_why(context):
    who = complaints.citizen()
    number = complaints.filed(selection.published_notice(), who)
    with pytest.raises(Invalid, match="no_withdrawal_reason") as no:
        do(service.withdraw, who, number=number, note=" \n")
    assert (no.value.field, queries.by_key(reading(CLOCK), number).state) == ("note", State.FILED)


def test_in_the_browser_with_the_scan_from_the_proposal_to_the_public_page(app, client, new_client):
    with app.app_context():
        notice = selection.published_notice()
        desk = complaints.desk()
        number = registered(notice)
        online = complaints.filed(notice, complaints.citizen("李大明"))
    sign_in(client, desk.officer)
    where = f"/complaints/{number}"
    assert "拟撤回" in client.get(where).text
    assert "拟撤回" not in client.get(f"/complaints/{online}").text
    refused = submit(client, f"/complaints/{online}/propose-withdrawal", {"reasons": HOW})
    assert (refused.status_code, "只能由投诉人自己撤回" in refused.text) == (409, True)
    page = client.get(f"{where}/propose-withdrawal").text
    assert f"{where}/files" in page
    scanned = submit(client, f"{where}/files", files={"file": (io.BytesIO(PDF), "撤回申请.pdf")})
    assert scanned.status_code == 303
    assert submit(client, f"{where}/propose-withdrawal", {"reasons": ""}).status_code == 422
    assert submit(client, f"{where}/propose-withdrawal", {"reasons": HOW}).status_code == 303
    assert "拟受理" not in client.get(where).text  # one proposal waits at a time
    signatory = new_client()
    sign_in(signatory, desk.signatory)
    assert where in signatory.get("/todo").text
    sheet = signatory.get(f"{where}/sign").text
    assert HOW in sheet and "本人的意思" in sheet
    assert "撤回申请.pdf" in signatory.get(where).text
    assert submit(signatory, f"{where}/sign").status_code == 303
    public = new_client().get(where).text
    assert "已撤回" in public and HOW not in public
