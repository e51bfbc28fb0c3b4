"""A tip for a discipline body goes on paper: sealed or read, with the sender's days and a receipt."""

import datetime as dt
import io

import pytest

from market.complaints import queries, rules, service
from market.db import reading
from market.files.service import Received
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import NotFound, Refusal
from market.ledger import queries as ledger
from market.letters import jobs as letters
from market.letters import queries as inbox
from market.windows import queries as windows
from tests.complaints.deeds import sweep_at
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.accounts import sign_in
from tests.factories.deeds import do

SCAN = Received("回执.pdf", "application/pdf", 10, "0" * 64, "c" * 64)
SECRET = "窗口人员向某机构索要好处费三千元。"
BODIES = [
    rules.Reader(1, "office", "协管办", 3, True),
    rules.Reader(2, "regulator", "自然资源局", None, True),
    rules.Reader(3, "authority", "行政审批局", None, True),
    rules.Reader(4, "inspection", "监察组", None, True),
]


@pytest.mark.parametrize(
    ("concerned", "carrier"),
    [({3}, 1), ({1, 3}, 2), ({2, 3}, 1), ({1, 2, 3}, None), ({1}, 3)],
)
def test_who_is_concerned_carries_nothing(concerned, carrier):
    assert rules.sender(concerned, BODIES) == carrier


@pytest.fixture
def place(context):
    selection.town()
    return {
        "office": complaints.desk(),
        "authority": people.staff("authority", "authority_assigner"),
        "inspection": people.staff("inspection", "inspector"),
    }


def told(place) -> str:
    """A tip that the office reads."""
    return do(service.tip, VISITOR, content=SECRET)


def about_the_authority(place) -> str:
    """A tip that leads to the discipline body by itself."""
    concerned = [place["authority"].organisation_id]
    return do(service.tip, VISITOR, content=SECRET, concerns=concerned)


def begun(place, number: str) -> None:
    do(
        service.begin_hand_over,
        place["office"].officer,
        number=number,
        receiver_id=place["inspection"].organisation_id,
        reason="涉嫌索贿，属于纪检监察机关职责。",
    )


def receipt(place, number: str, day: dt.date | None = None) -> None:
    officer = place["office"].officer
    day = day or reading(CLOCK).today
    do(service.keep_receipt, officer, number=number, scan=SCAN, signed_on=day)


def kinds(number: str) -> list[str]:
    found = [each.type for each in ledger.of_subject(reading(CLOCK), number)]
    return [each for each in found if each.startswith("tip.")]


def dues(number: str) -> list[tuple[str, int | None]]:
    found = windows.of_subject(reading(CLOCK), number)
    return [(due.kind, due.responsible_id) for due in found if due.state == "open"]


@pytest.mark.databases
def test_a_sealed_one_is_carried_by_who_does_not_read_it(place):
    number = about_the_authority(place)
    office = place["office"]

    card = queries.hand_over(reading(office.officer), number)

    assert card.is_sealed
    assert (card.content, card.files, card.reason, card.notice_number) == ("", (), "", None)
    assert card.commit == ledger.of_subject(reading(CLOCK), number)[0].fields["commit"]
    assert not list(queries.tips(reading(office.officer)))
    assert [one.content for one in queries.tips(reading(place["inspection"]))] == [SECRET]
    assert dues(number) == [("complaint.hand_over", office.organisation_id)]
    with pytest.raises(NotFound):
        queries.hand_over(reading(place["authority"]), number)
    with pytest.raises(NotFound):
        queries.hand_over(reading(place["inspection"]), number)


@pytest.mark.databases
def test_what_the_office_reads_it_may_hand_over(place):
    number = told(place)
    assert not list(queries.tips(reading(place["inspection"])))

    begun(place, number)

    (seen,) = queries.tips(reading(place["inspection"]))
    assert (seen.content, seen.is_own) == (SECRET, False)
    assert queries.hand_over(reading(place["office"].officer), number).content == SECRET
    assert dues(number) == [("complaint.hand_over", place["office"].organisation_id)]
    with pytest.raises(NotFound):
        do(service.look_at, place["inspection"], number=number, note="已阅")
    with pytest.raises(Refusal, match="hand_over_twice"):
        begun(place, number)


def test_only_to_a_discipline_body_that_it_does_not_concern(place):
    body = place["inspection"].organisation_id
    number = do(service.tip, VISITOR, content=SECRET, concerns=[body])
    given = {"number": number, "receiver_id": body, "reason": "涉嫌索贿"}
    with pytest.raises(Refusal, match="no_receiver"):
        do(service.begin_hand_over, place["authority"], **given)
    other = {**given, "receiver_id": place["office"].organisation_id}
    with pytest.raises(Refusal, match="no_receiver"):
        do(service.begin_hand_over, place["authority"], **other)


@pytest.mark.databases
def test_the_clock_is_the_senders_from_the_receipt_to_the_one_question(place, clock):
    number = told(place)
    office = place["office"]
    begun(place, number)
    with pytest.raises(Refusal, match="receipt_day"):
        receipt(place, number, reading(CLOCK).today + dt.timedelta(days=1))
    with pytest.raises(Refusal, match="receipt_day"):
        receipt(place, number, reading(CLOCK).today - dt.timedelta(days=1))
    with pytest.raises(NotFound):
        do(
            service.keep_receipt,
            place["inspection"],
            number=number,
            scan=SCAN,
            signed_on=reading(CLOCK).today,
        )

    receipt(place, number)
    with pytest.raises(Refusal, match="receipt_twice"):
        receipt(place, number)
    with pytest.raises(Refusal, match="ask_early"):
        do(service.ask_after, office.officer, number=number, answer="电话询问")
    (waits,) = [due for due in windows.of_subject(reading(CLOCK), number) if due.state == "open"]
    assert (waits.kind, waits.responsible_id) == ("complaint.hand_over_waits", None)

    sweep_at(clock, waits.due_at)

    assert dues(number) == [("complaint.hand_over_ask", office.organisation_id)]
    do(service.ask_after, office.officer, number=number, answer="电话询问，未答复")
    with pytest.raises(Refusal, match="asked_before"):
        do(service.ask_after, office.officer, number=number, answer="再问")
    assert dues(number) == []
    assert kinds(number) == [
        "tip.received",
        "tip.to_hand_over",
        "tip.handed_over",
        "tip.ask_due",
        "tip.asked_after",
    ]


def test_a_tip_is_closed_when_its_receipt_is_there(place):
    number = told(place)
    office = place["office"]
    begun(place, number)
    do(service.look_at, office.officer, number=number, note="属纪检监察机关职责，移交。")
    with pytest.raises(Refusal, match="hand_over_waits"):
        do(service.close_tip, office.signatory, number=number)
    receipt(place, number)
    do(service.close_tip, office.signatory, number=number)


def test_the_sender_gets_a_letter_and_the_giver_the_day(place):
    number = about_the_authority(place)
    letters.write()
    titles = [each.title for each in inbox.inbox(reading(place["office"].officer))]
    assert any(number in title and "移交" in title for title in titles)
    receipt(place, number)
    status = queries.tip_status(
        reading(VISITOR), number, queries.tip_code(reading(VISITOR), number)
    )
    assert status.handed_over_at == reading(CLOCK).now


def test_the_pages_of_sender_and_receiver(app, client):
    with app.app_context():
        selection.town()
        office = complaints.desk()
        inspector = people.staff("inspection", "inspector")
        number = do(service.tip, VISITOR, content=SECRET)
    sign_in(client, office.officer)
    begin = f"/office/tips/{number}/to-hand-over"

    answer = people.submit(
        client, begin, {"receiver": inspector.organisation_id, "reason": "涉嫌索贿"}
    )

    assert (answer.status_code, answer.location) == (303, f"/office/tips/{number}/hand-over")
    sheet = client.get(answer.location).text
    assert "问题线索移交单" in sheet and SECRET in sheet
    assert f"/office/tips/{number}/hand-over" in client.get("/todo").text
    empty = client.post(
        f"/office/tips/{number}/receipt", data=people.carried(client, sheet_of(number))
    )
    assert empty.status_code == 422
    kept = people.submit(
        client,
        sheet_of(number),
        {"signed_on": "2026-03-04", "file": (io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "回执.pdf")},
        to=f"/office/tips/{number}/receipt",
    )
    assert kept.status_code == 303
    assert "签收回执扫描件" in client.get(sheet_of(number)).text
    reader = app.test_client()
    sign_in(reader, inspector)
    assert SECRET in reader.get("/office/tips").text
    case = reader.get(f"/office/tips/{number}").text
    assert SECRET in case and "登记已阅处" not in case
    assert number not in reader.get("/todo").text
    assert reader.get(sheet_of(number)).status_code == 404


def sheet_of(number: str) -> str:
    return f"/office/tips/{number}/hand-over"
