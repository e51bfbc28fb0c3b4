"""Files of a tip: for the body that reads it alone, without what tells on who took them."""

import io
import re

import pytest

from market.complaints import queries, service
from market.complaints.rules import ErasureGround
from market.db import in_one_transaction, reading
from market.files import queries as files
from market.files.service import Received
from market.kernel.actor import VISITOR, Actor
from market.kernel.errors import Invalid, NotFound, Refusal
from market.ledger import queries as ledger
from tests.factories import accounts as people
from tests.factories import selection
from tests.factories.deeds import do
from tests.files.test_pictures import jpeg


def scan(number: int) -> Received:
    return Received("张三拍的.jpg", "image/jpeg", 10, "0" * 64, f"key-{number}")


@pytest.fixture
def office(context):
    selection.town()
    return [
        people.staff("office", *duties)
        for duties in (["complaint_officer"], ["complaint_signatory"])
    ]


def given(**changes):
    return in_one_transaction(service.tip, VISITOR, content="有人指定机构，附照片为证。", **changes)


def add(number, count=1):
    return in_one_transaction(service.add_to_tip, VISITOR, number=number, scan=scan(count))


def may_read(actor: Actor, file_id: int) -> bool:
    return file_id in files.readable_among(reading(actor), [file_id])


@pytest.mark.databases
def test_only_the_body_that_reads_the_tip_reads_its_files(office):
    file_id = add(number := given())
    card = files.file(reading(VISITOR), file_id)
    assert (card.name, card.person_id) == (f"{number}-1.jpg", None)
    assert may_read(office[0], file_id)
    others = [
        VISITOR,
        people.actor_of(people.person()),
        people.member(people.body("regulator", "自然资源局"), "complaint_officer"),
        people.staff("office", "security_admin"),
    ]
    assert not any(may_read(other, file_id) for other in others)
    assert [file.name for tip in queries.tips(reading(office[0])) for file in tip.files] == [
        card.name
    ]


def test_a_body_that_is_concerned_reads_no_file(office):
    file_id = add(given(concerns=[people.body("office")]))
    assert not may_read(office[0], file_id)


def test_ten_files_and_none_once_it_is_closed(office):
    number = given()
    for count in range(10):
        add(number, count)
    with pytest.raises(Invalid, match="too_many_files"):
        add(number, 11)
    do(service.look_at, office[0], number=number, note="已转办。")
    do(service.close_tip, office[1], number=number)
    with pytest.raises(Refusal, match="is_closed"):
        add(number, 12)
    with pytest.raises(NotFound):
        add("XS-360481-2026-09999")
    kinds = [entry.type for entry in ledger.of_subject(reading(VISITOR), number)]
    assert kinds.count("tip.added") == 10


def test_what_is_erased_has_no_files_left(office):
    file_id = add(number := given())
    in_one_transaction(
        service.propose_erasure,
        office[0],
        subject=number,
        ground=next(iter(ErasureGround)),
        basis="本人要求。",
    )
    assert do(service.sign_erasure, office[1], subject=number) == ["key-1"]
    assert files.files(reading(VISITOR), [file_id]) == {}


def test_whoever_gave_it_adds_a_picture_that_tells_nothing(app, client):
    with app.app_context():
        selection.town()
        officer = people.staff("office", "complaint_officer")
    submit = people.submit
    assert client.get("/tips/files").location == "/tips/status"
    given_at = submit(client, "/tips/new", {"content": "有人指定机构，附照片为证。"}).location
    code = re.search(r'mk-number">([A-Z0-9]+)<', client.get(given_at).text)[1]
    picture = {"file": (io.BytesIO(jpeg()), "IMG_张三.jpg")}
    assert submit(client, "/tips/files", picture).location == "/tips/files"
    assert "已上传 1 份" in client.get("/tips/files").text
    reader = app.test_client()
    people.sign_in(reader, officer)
    case = reader.get(f"/office/tips/{given_at.split('/')[2]}").text
    assert "张三" not in case
    body = reader.get(re.search(r"/files/\d+", case)[0]).data
    assert body.startswith(b"\xff\xd8")
    assert b"GPS" not in body
    other = app.test_client()
    submit(other, "/tips/status", {"number": given_at.split("/")[2], "code": code})
    assert "已上传 1 份" in other.get("/tips/files").text
    bad = submit(other, "/tips/files", {"file": (io.BytesIO(b"MZ"), "a.jpg")})
    assert bad.status_code == 422
