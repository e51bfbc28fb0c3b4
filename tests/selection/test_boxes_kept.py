"""What of a sealed file lies on the disk, and when a box is public: nothing that no row knows."""

import io
import pathlib
import threading

import pytest
from flask import current_app

from market.adapters import blobs
from market.db import in_one_transaction, reading
from market.files import queries as file_queries
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries.models import EntryBox
from market.selection.entries.queries.uploads import PART_A, PART_B
from market.selection.entries.rules import boxing
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.selection import filing as p
from tests.selection import scoring as s
from tests.selection.entering import expiring
from verify.zjcs.boxes import MAGIC


def kept() -> set[pathlib.Path]:
    folder = pathlib.Path(current_app.instance_path) / "uploads"
    return {each for each in folder.rglob("*") if each.is_file()}


def test_a_box_without_the_digest_of_its_file_is_told_at_its_field(app, client):
    with app.app_context():
        number, _, _ = p.published()
        who = f.agency()
        before = kept()
    people.sign_in(client, who.actor)
    path = f"/notices/{number}/boxes"
    file = (io.BytesIO(MAGIC + b"x" * 100), "a.box")
    token = people.token(client, path)
    answered = client.post(path, data={"csrf_token": token, "kind": "proposal", "file": file})
    assert answered.status_code == 422
    with app.app_context():
        assert kept() == before


def test_a_sixth_file_is_refused_before_anything_is_sealed_or_kept(context):
    number, _, _ = p.published()
    who = f.agency()
    for place in range(boxing.MOST_UPLOADS):
        p.uploaded(number, who, f"第{place}版")
    again = p.sealed_file(number, who, p.pdf("再来"))
    asked = {"number": number, "kind": "proposal"}
    for deed, more in (
        (entry_service.check_upload, {"sealed": again}),
        (entry_service.seal_here, {"document": p.pdf("再来")}),
    ):
        with pytest.raises(Refusal) as no:
            deed(reading(who.actor), **asked, **more)
        assert no.value.code == "entry.box_many"


def test_the_same_box_once_more_is_known_before_it_is_kept(context):
    number, _, _ = p.published()
    who = f.agency()
    made = p.sealed_file(number, who, p.pdf("甲"))
    asked = {"number": number, "kind": "proposal", "sealed": made}
    assert not entry_service.check_upload(reading(who.actor), **asked)
    p.upload(number, who, made)
    assert entry_service.check_upload(reading(who.actor), **asked)


def damaged(number: str) -> None:
    """One box of a notice lies with other bytes than came."""
    work = reading(CLOCK)
    row = work.session.query(EntryBox).order_by(EntryBox.id.desc()).first()
    assert row is not None and number
    key = file_queries.file(work, row.file_id).key
    store = blobs.of(current_app.instance_path)
    store.delete(key)
    store.put(key, [b"other bytes"])


def test_while_a_box_lies_damaged_nothing_is_opened(context):
    number, _, _ = p.published()
    for _ in range(3):
        who = f.agency()
        p.enter(number, who, 9_000_000, {"proposal": p.uploaded(number, who, "方案")})
    damaged(number)
    f.sealed(number)
    assert len(entry_queries.to_open(reading(CLOCK), number, PART_A)) == 3
    before = kept()
    for _ in range(3):
        assert entry_jobs.seal_due() == 0
    assert kept() == before


def test_what_was_opened_for_a_transaction_that_is_refused_is_deleted(context):
    number, _, _ = p.published()
    p.entered(number, [10_000_000, 9_000_000, 8_000_000])
    f.sealed(number)
    before = kept()
    file = p.files.keep(p.pdf("甲"), current_app.instance_path, mime="application/pdf")
    assert len(kept()) == len(before) + 1
    entry_service.forget_unknown(reading(CLOCK), {1: file, 2: "kind"}, current_app.instance_path)
    assert kept() == before


def test_a_proposal_that_the_list_leaves_out_does_not_lie_open(context):
    number, _, _ = p.published()
    for place, who in enumerate((f.agency(), f.agency(), expiring())):
        p.enter(number, who, 9_000_000, {"proposal": p.uploaded(number, who, f"方案内容{place}")})
    f.sealed(number)
    lying = b"".join(each.read_bytes() for each in kept())
    assert "方案内容1".encode() in lying
    assert "方案内容2".encode() not in lying


def test_who_is_not_on_the_list_has_no_named_part_opened(context):
    number, _, panel = p.published()
    made = p.entered(number, [10_000_000, 9_000_000, 8_000_000])
    word = f.agency()
    odd = p.sealed_file(number, word, b"PK\x03\x04 no PDF")
    named = {
        "proposal": p.upload(number, word, odd),
        "proposal_b": p.uploaded(number, word, "署名", "proposal_b"),
    }
    p.enter(number, word, 7_000_000, named)
    f.sealed(number)
    for juror in panel[:3]:
        p.judged(number, juror)
    f.tick()
    entry_jobs.bring_later_keys()
    asked = entry_queries.to_open(reading(CLOCK), number, PART_B)
    refs = {each.ref for each in asked}
    assert refs == {made[0].ref, made[2].ref}


def test_boxes_of_quotes_that_open_after_the_sheets_are_no_ones_before(app, client):
    with app.app_context():
        number, _, panel = s.published()
        s.entered(number, [10_000_000, 9_000_000, 8_000_000])
        f.sealed(number)
    path = f"/draws/{number.replace('GG', 'XQ')}/boxes/1.box"
    assert client.get(path).status_code == 404
    with app.app_context():
        assert entry_queries.opened_boxes(reading(CLOCK), number) == {}
        for juror in panel[:3]:
            s.judged(number, juror)
        s.opened(number)
        assert len(entry_queries.opened_boxes(reading(CLOCK), number)) == 3
    assert client.get(path).status_code == 200


@pytest.mark.databases
def test_uploads_at_once_are_no_more_than_five(app):
    with app.app_context():
        number, _, _ = p.published()
        who = f.agency()
        made = [
            p.sealed_file(number, who, p.pdf(f"第{place}版"))
            for place in range(boxing.MOST_UPLOADS + 4)
        ]
        sent = [(each, p.files.keep_sealed(each.box, app.instance_path)) for each in made]
    refused: list[str] = []

    def send(sealed, received) -> None:
        with app.app_context():
            try:
                in_one_transaction(
                    entry_service.upload,
                    who.actor,
                    number=number,
                    kind="proposal",
                    sealed=sealed,
                    received=received,
                )
            except Refusal as no:
                refused.append(no.code)

    threads = [threading.Thread(target=send, args=each) for each in sent]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert refused == ["entry.box_many"] * 4
