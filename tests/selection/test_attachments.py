"""Attachments of a notice: public with their digests behind another person's look, withdrawn by two."""

import dataclasses
import hashlib
import io
import json

import pytest
from flask import current_app
from werkzeug.datastructures import FileStorage

from market.adapters import blobs
from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.files import queries as file_queries
from market.files import service as files
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import NotFound
from market.kernel.shown import seen
from market.ledger.queries.integrity import compare
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.models import Notice, NoticeScreening
from market.selection.notices.rules.attachments import MOST, Finding, Side, Why
from market.selection.notices.rules.states import DISCARDED_LASTS
from tests.factories import accounts as people
from tests.factories import agencies
from tests.factories import selection as f
from tests.factories.deeds import Tab, do
from tests.selection.deeds import check_refused, log_of


@pytest.fixture
def buyer(context):
    return f.owner()


def files_of(number):
    work = reading(CLOCK)
    return notice_queries.attachments(work, notice_queries.notice(work, number).id)


def published(buyer, *names):
    return f.published(f.submitted_with(buyer, names or ("技术要求",)))


@pytest.mark.databases
def test_attachments_are_public_with_their_digests_in_the_text_and_on_the_log(context):
    buyer = f.owner()
    number = published(buyer, "技术要求", "图纸")
    work = reading(CLOCK)
    kept = files_of(number)
    text = notice_queries.document(work, number)
    assert json.loads(text)["attachments"] == [
        {"name": each.name, "sha256": each.sha256, "size": each.size} for each in kept
    ]
    (promised,) = log_of(number, "notice.published")
    assert promised.fields["notice_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert [each.fields["sha256"] for each in log_of(number, "attachment.published")] == [
        each.sha256 for each in kept
    ]
    for each in kept:
        card = file_queries.readable(reading(VISITOR), each.file_id)
        with blobs.of(current_app.instance_path).get(card.key) as stream:
            assert hashlib.sha256(stream.read()).hexdigest() == each.sha256
    assert compare(work, fabric().held).count == 0


def test_who_has_looked_is_kept_and_on_the_log_before_the_files(buyer):
    number = published(buyer)
    work = reading(CLOCK)
    looked = notice_queries.screenings(work, notice_queries.notice(work, number).id)
    assert [(each.side, each.finding) for each in looked] == [
        (Side.OWNER, Finding.CLEAR),
        (Side.OFFICE, Finding.CLEAR),
    ]
    assert looked[0].made_by == buyer.signatory.person_id
    passed = log_of(number, "screening.passed")
    assert [each.fields["side"] for each in passed] == ["owner", "office"]
    assert passed[-1].index < log_of(number, "attachment.published")[0].index


def test_what_its_writer_alone_has_looked_at_is_not_published(buyer):
    notice_id = f.submitted_with(buyer, ("技术要求",))
    do(notice_service.approve, f.reviewer(), notice_id=notice_id)
    db.session.query(NoticeScreening).update({"covers": "0" * 64})
    db.session.commit()
    check_refused("screening.none", notice_service.publish, f.publisher(), notice_id=notice_id)


def test_before_publication_only_the_owner_and_then_the_office_read_a_file(buyer):
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms())
    f.attached(buyer, notice_id)
    (file,) = notice_queries.attachments(reading(CLOCK), notice_id)
    file_queries.readable(reading(buyer.signatory), file.file_id)
    for who in (VISITOR, f.reviewer(), f.owner().drafter):
        with pytest.raises(NotFound):
            file_queries.readable(reading(who), file.file_id)
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    file_queries.readable(reading(f.reviewer()), file.file_id)
    with pytest.raises(NotFound):
        file_queries.readable(reading(VISITOR), file.file_id)


def test_a_picture_is_kept_without_what_tells_where_it_was_taken(buyer):
    app1 = b"\xff\xe1\x00\x18Exif\0\0" + b"GPS 29.67 115.65"
    picture = b"\xff\xd8" + app1 + b"\xff\xda\x00\x04\x00\x00data\xff\xd9"
    upload = FileStorage(io.BytesIO(picture), filename="现场.jpg")
    received = files.receive(upload, current_app.instance_path, bare=True)
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms())
    in_one_transaction(notice_service.attach, buyer.drafter, notice_id=notice_id, received=received)
    with blobs.of(current_app.instance_path).get(received.key) as stream:
        content = stream.read()
    assert b"GPS" not in content
    assert hashlib.sha256(content).hexdigest() == received.sha256


def test_files_change_only_while_the_notice_is_written(buyer):
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms())
    first = f.attached(buyer, notice_id)
    check_refused(
        "attachment.again",
        notice_service.attach,
        buyer.drafter,
        notice_id=notice_id,
        received=agencies.paper("别名.pdf", agencies.PDF + "% 技术要求\n".encode()),
    )
    for n in range(MOST - 1):
        f.attached(buyer, notice_id, f"图{n}")
    check_refused(
        "attachment.too_many",
        notice_service.attach,
        buyer.drafter,
        notice_id=notice_id,
        received=agencies.paper(),
    )
    do(notice_service.detach, buyer.drafter, notice_id=notice_id, attachment_id=first)
    assert len(notice_queries.attachments(reading(CLOCK), notice_id)) == MOST - 1
    check_refused(
        "attachment.none",
        notice_service.detach,
        buyer.drafter,
        notice_id=notice_id,
        attachment_id=first,
    )
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    left = notice_queries.attachments(reading(CLOCK), notice_id)[0]
    for act, given in (
        (notice_service.attach, {"received": agencies.paper()}),
        (notice_service.detach, {"attachment_id": left.id}),
    ):
        check_refused("notice.not_editable", act, buyer.drafter, notice_id=notice_id, **given)


def test_an_attachment_added_since_is_another_notice_to_sign(buyer):
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms())
    shown = seen(notice_service.submit, reading(buyer.drafter), notice_id)
    f.attached(buyer, notice_id)
    check_refused(
        "shown.changed", notice_service.submit, buyer.drafter, notice_id=notice_id, shown=shown
    )


@pytest.mark.databases
def test_two_persons_withdraw_a_public_file_at_once_and_its_digest_stays(context):
    buyer = f.owner()
    number = published(buyer)
    (file,) = files_of(number)
    key = file_queries.file(reading(CLOCK), file.file_id).key
    check_refused(
        "attachment.not_accused",
        notice_service.withdraw,
        buyer.signatory,
        attachment_id=file.id,
    )
    do(notice_service.accuse, buyer.drafter, attachment_id=file.id, why=Why.PERSONAL)
    for act, given in (
        (notice_service.accuse, {"why": Why.WRONG}),
        (notice_service.withdraw, {}),
        (notice_service.keep, {}),
    ):
        code = "attachment.accused" if given else "attachment.second_person"
        check_refused(code, act, buyer.drafter, attachment_id=file.id, **given)
    assert [
        (card.id, subject)
        for card, subject, _ in notice_queries.accused(reading(f.reviewer()), None)
    ] == [(file.id, number)]
    assert do(notice_service.withdraw, f.reviewer(), attachment_id=file.id) == [key]

    (gone,) = files_of(number)
    assert (gone.file_id, gone.sha256, gone.why) == (None, file.sha256, Why.PERSONAL)
    with pytest.raises(NotFound):
        file_queries.file(reading(CLOCK), file.file_id)
    (said,) = log_of(number, "attachment.withdrawn")
    assert (said.fields["sha256"], said.fields["reason"]) == (file.sha256, "personal")
    assert compare(reading(CLOCK), fabric().held).count == 0
    check_refused(
        "attachment.none", notice_service.withdraw, buyer.signatory, attachment_id=file.id
    )


def test_the_second_person_may_find_that_it_stays(buyer):
    number = published(buyer)
    (file,) = files_of(number)
    do(notice_service.accuse, f.reviewer(), attachment_id=file.id, why=Why.WRONG)
    do(notice_service.keep, buyer.signatory, attachment_id=file.id)
    (kept,) = files_of(number)
    assert (kept.file_id, kept.accused_at) == (file.file_id, None)
    assert compare(reading(CLOCK), fabric().held).count == 0
    check_refused(
        "attachment.not_accused", notice_service.keep, f.reviewer(), attachment_id=file.id
    )


def test_another_owner_withdraws_nothing(buyer):
    (file,) = files_of(published(buyer))
    check_refused(
        "attachment.none",
        notice_service.accuse,
        f.owner().drafter,
        attachment_id=file.id,
        why=Why.WRONG,
    )


def test_the_next_listing_has_the_files_and_a_withdrawal_takes_them_from_both(buyer):
    number = published(buyer)
    do(notice_service.cancel, buyer.signatory, number=number, reason="项目调整")
    again = in_one_transaction(notice_service.draft_again, buyer.drafter, number=number)
    (file,) = files_of(number)
    (copy,) = notice_queries.attachments(reading(CLOCK), again)
    assert (copy.file_id, copy.published_at) == (file.file_id, None)
    do(notice_service.accuse, buyer.drafter, attachment_id=file.id, why=Why.CLASSIFIED)
    do(notice_service.withdraw, buyer.signatory, attachment_id=file.id)
    (copy,) = notice_queries.attachments(reading(CLOCK), again)
    assert copy.withdrawn_at is not None
    assert len(log_of(number, "attachment.withdrawn")) == 1
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_a_draft_that_is_forgotten_takes_its_files_along(clock, buyer):
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms())
    f.attached(buyer, notice_id)
    (file,) = notice_queries.attachments(reading(CLOCK), notice_id)
    do(notice_service.discard, buyer.drafter, notice_id=notice_id)
    clock.advance(DISCARDED_LASTS)
    assert in_one_transaction(notice_service.forget_discarded, CLOCK) == 1
    with pytest.raises(NotFound):
        file_queries.file(reading(CLOCK), file.file_id)


STATE_AFTER = {Side.OWNER: "draft", Side.OFFICE: "returned"}


@pytest.mark.parametrize("side", [Side.OWNER, Side.OFFICE])
def test_what_may_not_become_public_goes_back_with_the_reason(buyer, side):
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms())
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    act = notice_service.withhold
    who = buyer.signatory
    if side is Side.OFFICE:
        do(notice_service.sign, buyer.signatory, notice_id=notice_id)
        act = notice_service.withhold_at_desk
        who = f.reviewer()
    check_refused("screening.no_note", act, who, notice_id=notice_id, note=" ")
    do(act, who, notice_id=notice_id, note="附件里有坐标")
    work = reading(CLOCK)
    assert db.session.get(Notice, notice_id, populate_existing=True).state == STATE_AFTER[side]
    last = notice_queries.screenings(work, notice_id)[-1]
    assert (last.side, last.finding, last.note) == (side, Finding.WITHHELD, "附件里有坐标")
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    do(notice_service.give_back, f.reviewer(), notice_id=notice_id, reasons=["还有一处"])


def test_a_writer_does_not_review_his_own_text(buyer):
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms())
    check_refused(
        "notice.wrong_state",
        notice_service.withhold,
        buyer.signatory,
        notice_id=notice_id,
        note="附件里有坐标",
    )
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    both = dataclasses.replace(buyer.drafter, duties=frozenset({"owner_signatory"}))
    check_refused(
        "notice.same_person", notice_service.withhold, both, notice_id=notice_id, note="坐标"
    )


def inside(client, act, *args, **values):
    with client.application.app_context():
        return act(*args, **values)


def sent(client, page, content, name):
    return client.post(
        page,
        data={"csrf_token": people.token(client, page), "file": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )


def test_the_owner_uploads_and_the_signatory_sees_what_he_answers_for(client):
    buyer = inside(client, f.owner)
    notice_id = inside(
        client,
        lambda: in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms()),
    )
    people.sign_in(client, buyer.drafter)
    page = f"/notices/{notice_id}/attachments"
    assert sent(client, page, b"MZ program", "x.pdf").status_code == 422
    assert sent(client, page, agencies.PDF, "技术要求.pdf").status_code == 303
    assert "技术要求.pdf" in client.get(page).text
    check = f"/notices/{notice_id}/check"
    assert "技术要求.pdf" in client.get(check).text
    people.submit(client, check)
    people.sign_in(client, buyer.signatory)
    assert "审签即记录保密审查通过" in client.get(check).text
    assert people.submit(client, check, to=f"/notices/{notice_id}/withhold").status_code == 422
    assert people.submit(client, check, to=check).status_code == 303


def test_everybody_reads_a_public_file_until_two_persons_have_withdrawn_it(client):
    buyer = inside(client, f.owner)
    number = inside(client, published, buyer)
    (file,) = inside(client, files_of, number)
    public = client.get(f"/notices/{number}").text
    assert "技术要求.pdf" in public
    assert "保密审查：通过" in public
    assert f"/notices/attachments/{file.id}" not in public
    assert client.get(f"/files/{file.file_id}").status_code == 200

    people.sign_in(client, buyer.drafter)
    withdraw = f"/notices/attachments/{file.id}"
    assert people.submit(client, withdraw, {"why": "personal"}).status_code == 303
    assert "由您提出" in client.get(withdraw).text
    people.sign_in(client, inside(client, f.reviewer))
    assert withdraw in client.get("/todo").text
    tab = Tab(client, withdraw, to=f"{withdraw}/withdraw")
    assert "撤下这份附件？" in tab.send().text
    assert tab.send(sure="1").status_code == 303
    assert client.get(f"/files/{file.file_id}").status_code == 404
    assert file.sha256 in client.get(f"/notices/{number}").text


def test_a_file_comes_back_only_while_there_is_room_for_it(buyer):
    number = published(buyer, "旧图纸")
    (old,) = files_of(number)
    asked = {"texts": {}, "entry_close": None, "reason": "换图纸", "with_files": True}
    change_id = in_one_transaction(
        notice_service.propose_change, buyer.drafter, number=number, **asked
    )
    turn = {"change_id": change_id, "attachment_id": old.id}
    in_one_transaction(notice_service.leave_out, buyer.drafter, **turn)
    for place in range(MOST):
        brings = {"change_id": change_id, "received": f.received(f"图纸{place}")}
        in_one_transaction(notice_service.bring_file, buyer.drafter, **brings)
    check_refused("attachment.too_many", notice_service.leave_out, buyer.drafter, **turn)
