"""Receiving, storing and giving files."""

import datetime as dt
import hashlib
import io
import os
import pathlib

import pytest
from werkzeug.datastructures import FileStorage

from market.adapters import blobs
from market.db import in_one_transaction, reading
from market.files import jobs, queries, rules, service
from market.files.rules import Audience
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Invalid, NotFound
from tests.factories import accounts
from tests.factories.deeds import do
from tests.files.test_rules import PDF


def upload(content=PDF, name="授权书.pdf"):
    return FileStorage(io.BytesIO(content), filename=name)


def receive(app, content=PDF, name="授权书.pdf"):
    return service.receive(upload(content, name), app.instance_path, field="scan")


def stored(
    app, received=None, *, organisation_id=None, person_id=None, audience=Audience.OVERSIGHT
):
    return in_one_transaction(
        service.store,
        CLOCK,
        received or receive(app),
        purpose="test",
        audience=audience,
        organisation_id=organisation_id,
        person_id=person_id,
    )


@pytest.mark.databases
def test_what_was_received_is_kept_whole_and_known_by_its_hash(context):
    received = receive(context)
    file_id = stored(context, received)
    card = queries.file(reading(CLOCK), file_id)
    assert (card.name, card.mime, card.size) == ("授权书.pdf", "application/pdf", len(PDF))
    assert card.sha256 == hashlib.sha256(PDF).hexdigest()
    assert blobs.of(context.instance_path).get(card.key).read() == PDF
    assert queries.files(reading(CLOCK), [file_id, 999]) == {file_id: card}


@pytest.mark.databases
def test_another_organisation_reads_after_it_was_shown(context):
    agency = accounts.organisation("agency")
    rival = accounts.organisation("agency")
    actor = accounts.member(rival, "agency_agent")
    file_id = stored(context, organisation_id=agency, audience=Audience.GRANTED)
    with pytest.raises(NotFound):
        queries.readable(reading(actor), file_id)
    for _ in range(2):
        in_one_transaction(service.grant, CLOCK, file_id=file_id, organisation_id=rival)
    assert queries.readable(reading(actor), file_id).id == file_id


@pytest.mark.databases
def test_what_is_published_is_read_by_a_visitor(context):
    file_id = stored(context, organisation_id=accounts.organisation("owner"))
    with pytest.raises(NotFound):
        queries.readable(reading(VISITOR), file_id)
    do(service.publish, CLOCK, file_id=file_id)
    assert queries.readable(reading(VISITOR), file_id).id == file_id


def test_a_file_that_is_not_there_is_not_found(context):
    for verb, more in ((service.publish, {}), (service.grant, {"organisation_id": 1})):
        with pytest.raises(NotFound):
            in_one_transaction(verb, CLOCK, file_id=999, **more)


@pytest.mark.parametrize(
    "given, code",
    [
        (None, "files.missing"),
        (upload(name=""), "files.missing"),
        (upload(b""), "files.empty"),
        (upload(b"<html>"), "files.type"),
        (upload(PDF + b" " * rules.LARGEST), "files.too_large"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_field(context, given, code):
    with pytest.raises(Invalid) as no:
        service.receive(given, context.instance_path, field="scan")
    assert (no.value.code, no.value.field) == (code, "scan")
    assert not list((pathlib.Path(context.instance_path) / "uploads").rglob("*"))


def test_bytes_whose_form_was_never_finished_go_after_a_day(context, clock):
    kept = receive(context)
    lost = receive(context)
    stored(context, kept)
    store = blobs.of(context.instance_path)
    now = clock.now()
    for key in (kept.key, lost.key):
        path = pathlib.Path(context.instance_path) / "uploads" / key[:2] / key[2:4] / key
        os.utime(path, (now.timestamp(), now.timestamp()))
    assert jobs.remove_orphans() == 0
    clock.advance(dt.timedelta(days=1, seconds=1))
    assert jobs.remove_orphans() == 1
    assert store.exists(kept.key)
    assert not store.exists(lost.key)


class Breaks:
    """Content whose reading fails half-way."""

    def __iter__(self):
        yield b"half"
        raise OSError("the disk is full")


def test_a_write_that_fails_leaves_nothing(tmp_path):
    store = blobs.Folder(tmp_path)
    with pytest.raises(OSError, match="full"):
        store.put("ab" * 32, Breaks())
    assert not store.exists("ab" * 32)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("key", ["../../etc/passwd", "AB" * 32, "ab", ""])
def test_a_key_is_a_key(tmp_path, key):
    with pytest.raises(ValueError, match="key"):
        blobs.Folder(tmp_path).get(key)


def test_a_blob_is_deleted_once_and_its_file_is_private(tmp_path):
    store = blobs.Folder(tmp_path)
    key = "cd" * 32
    store.put(key, [b"a", b"b"])
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert path.stat().st_mode & 0o077 == 0
    assert store.get(key).read() == b"ab"
    store.delete(key)
    store.delete(key)
    assert not store.exists(key)
