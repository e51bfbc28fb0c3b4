"""What stands before and behind a file, and what a picture tells besides what it shows."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.db import in_one_transaction
from market.files import pictures, service
from market.files.content import is_heic, mime_of
from market.files.rules import Audience
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid
from tests.factories import accounts
from tests.files.test_rules import PDF

SECRETS = (
    b"GPS-29.67N",
    b"iPhone",
    b"xmp-place",
    b"iptc-name",
    b"a comment",
    b"a film",
    b"2026:03",
)


def segment(marker, body):
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(order="<", orientation=6):
    entries = [
        struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0),
        struct.pack(f"{order}HHII", 0x8825, 4, 1, 200),
    ]
    ifd = struct.pack(f"{order}H", len(entries)) + b"".join(entries) + b"\0\0\0\0"
    head = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(f"{order}I", 8)
    preview = b"\xff\xd8\xff\xd9"
    return b"Exif\0\0" + head + ifd + b"GPS-29.67N iPhone 2026:03" + preview


SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
SHOWN = segment(0xDB, b"\0" * 65) + segment(0xC0, b"\x08\0\x01\0\x01\x01\x01\x11\0") + SCAN + SCAN
JFIF = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
COLOURS = segment(0xE2, b"ICC_PROFILE\0\x01\x01colours")


def jpeg(*, behind=b"a film" * 2000, order="<", orientation=6):
    told = (
        segment(0xE1, exif(order, orientation))
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0xmp-place")
        + segment(0xED, b"Photoshop 3.0\0iptc-name")
        + segment(0xFE, b"a comment")
        + segment(0xE2, b"MPF\0" + b"a film")
    )
    return b"\xff\xd8" + JFIF + told + COLOURS + SHOWN + b"\xff\xd9" + behind


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


IHDR = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
IDAT = chunk(b"IDAT", zlib.compress(b"\0\0"))
IEND = chunk(b"IEND", b"")


def png(behind=b"a film" * 2000):
    told = (
        chunk(b"eXIf", exif())
        + chunk(b"tEXt", b"Comment\0a comment")
        + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0xmp-place")
        + chunk(b"tIME", b"2026:03")
    )
    return pictures.PNG + IHDR + told + IDAT + IEND + behind


@pytest.mark.parametrize(
    "before",
    [
        b"\xef\xbb\xbf",
        b"\r\n\r\n",
        b"\0\0\0",
        b"From: a <a@example.org>\r\nSubject: =?utf-8?b?6K+B5Lmm?=\r\n\r\n",
        b'Content-Type: application/pdf;\r\n name="a.pdf"\r\n\r\n',
        b"--=_boundary\r\nContent-Transfer-Encoding: binary\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
        b"X-Long: " + b"a" * 1000 + b"\r\n\r\n",
        b" " * 1023,
    ],
)
def test_a_pdf_may_have_a_mark_or_a_mails_head_before_it(before):
    assert mime_of(io.BytesIO(before + PDF)) == "application/pdf"


@pytest.mark.parametrize(
    "before",
    [
        b" " * 1024,
        b"<html>",
        b"MZ\x90",
        b"#!/bin/sh\n",
        b"GIF89a",
        b"<?php echo 1; ?>\n",
        b"\xff\xfe",
    ],
)
def test_anything_else_before_it_or_too_far_is_none(before):
    assert mime_of(io.BytesIO(before + PDF)) is None


def test_a_head_with_two_readings_takes_no_time():
    assert mime_of(io.BytesIO(b"a:\n" + b" a:\n" * 250 + b"\0\0<" + PDF)) is None


@pytest.mark.parametrize("padding", [b"\0", b"\r\n", b" ", b"\xff", b"\x1a"])
@pytest.mark.parametrize("times", [1, 2047, 100_000])
def test_padding_behind_a_pdf_is_no_fault(padding, times):
    assert mime_of(io.BytesIO(PDF + padding * times)) == "application/pdf"


def test_a_film_behind_a_pdfs_end_is_one():
    assert mime_of(io.BytesIO(PDF + b"MZ" * 5000)) is None


def test_a_telephones_picture_has_data_behind_its_end_mark():
    assert mime_of(io.BytesIO(jpeg())) == "image/jpeg"
    assert mime_of(io.BytesIO(png())) == "image/png"
    cut = jpeg(behind=b"")
    assert mime_of(io.BytesIO(cut[:-2])) is None  # the end mark of the preview is none
    assert mime_of(io.BytesIO(png(b"")[:-12])) is None


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"hevc"])
def test_a_heic_is_told_how_it_becomes_a_jpeg(app, brand):
    content = b"\0\0\0\x18ftyp" + brand + b"\0" * 40
    assert mime_of(io.BytesIO(content)) is None
    assert is_heic(io.BytesIO(content))
    upload = type("Upload", (), {"filename": "a.heic", "stream": io.BytesIO(content)})()
    with app.app_context(), pytest.raises(Invalid) as no:
        service.receive(upload, app.instance_path)
    assert no.value.code == "files.heic"
    assert not is_heic(io.BytesIO(PDF))


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_bare_jpeg_shows_the_same_and_tells_nothing(order, orientation):
    bare = pictures.bare(jpeg(order=order, orientation=orientation), "image/jpeg")
    assert [secret for secret in SECRETS if secret in bare] == []
    assert mime_of(io.BytesIO(bare)) == "image/jpeg"
    parts = [part for _marker, part in pictures._segments(bare)]
    assert b"".join(parts).endswith(COLOURS + SHOWN + b"\xff\xd9")
    assert parts[0] == JFIF
    turned = b"\x01\x12\0\x03\0\0\0\x01" + struct.pack(">H", orientation)
    assert (turned in bare) is (orientation > 1)
    assert pictures.bare(bare, "image/jpeg") == bare


def test_a_bare_png_shows_the_same_and_tells_nothing():
    assert pictures.bare(png(), "image/png") == pictures.PNG + IHDR + IDAT + IEND


def test_what_is_no_picture_stays():
    assert pictures.bare(PDF, "application/pdf") == PDF


@given(st.integers(0, 700), st.binary(max_size=8))
def test_a_broken_picture_is_no_fault(place, noise):
    whole = jpeg()
    broken = whole[:place] + noise + whole[place + len(noise) :]
    for content, mime in (
        (broken, "image/jpeg"),
        (whole[:place], "image/jpeg"),
        (noise, "image/png"),
    ):
        try:
            bare = pictures.bare(content, mime)
        except pictures.Misshapen:
            bare = b""
        assert len(bare) <= len(content)


@pytest.mark.databases
def test_a_picture_that_becomes_public_leaves_without_its_place(app, client):
    with app.app_context():
        actor = accounts.member(accounts.organisation("agency"), "agency_agent")
        upload = type("Upload", (), {"filename": "现场.jpg", "stream": io.BytesIO(jpeg())})()
        file_id = in_one_transaction(
            service.store,
            CLOCK,
            service.receive(upload, app.instance_path),
            purpose="test",
            audience=Audience.OVERSIGHT,
            organisation_id=actor.organisation_id,
        )
    accounts.sign_in(client, actor)
    assert client.get(f"/files/{file_id}").data == jpeg()
    with app.app_context():
        in_one_transaction(service.publish, CLOCK, file_id=file_id)
    answer = client.get(f"/files/{file_id}")
    assert answer.data == pictures.bare(jpeg(), "image/jpeg")
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert b"GPS" not in answer.data
