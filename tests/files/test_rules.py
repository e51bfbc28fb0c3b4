"""Who reads what was handed in, and what may be handed in, as sentences."""

import io
import zipfile

import pytest

from market.files import rules
from market.files.content import mime_of
from market.files.rules import Audience, Ownership
from market.kernel.actor import VISITOR, Actor

MINE = Actor(1, 10, "agency", frozenset({"agency_agent"}), True)
COLLEAGUE = Actor(2, 10, "agency", frozenset({"agency_admin"}), True)
RIVAL = Actor(3, 11, "agency", frozenset({"agency_agent"}), True)
REVIEWER = Actor(4, 20, "office", frozenset({"enrolment_checker"}), True)
ADMINISTRATOR = Actor(5, 20, "office", frozenset({"system_admin", "security_admin"}), True)
INSPECTOR = Actor(6, 30, "inspection", frozenset({"inspector"}), True)
BUREAU = Actor(7, 40, "regulator", frozenset({"complaint_officer"}), True)
NOBODY_YET = Actor(1, None, None, frozenset(), True)

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\0" * 17 + b"\0\0\0\0IEND\xaeB`\x82"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + b"\0" * 40 + b"\xff\xd9"


def of(audience, organisation_id=10, person_id=1, granted=()):
    return Ownership(audience, organisation_id, person_id, frozenset(granted))


def package(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    "actor, reads",
    [
        (MINE, True),
        (COLLEAGUE, True),
        (REVIEWER, True),
        (INSPECTOR, True),
        (BUREAU, True),
        (RIVAL, False),
        (ADMINISTRATOR, False),
        (VISITOR, False),
        (NOBODY_YET, False),
    ],
)
def test_an_agency_s_paper_is_read_by_the_agency_and_those_who_check(actor, reads):
    assert rules.may_read(actor, of(Audience.OVERSIGHT)) is reads


@pytest.mark.parametrize(
    "actor, reads",
    [
        (MINE, True),
        (BUREAU, True),
        (REVIEWER, False),
        (INSPECTOR, False),
        (RIVAL, False),
        (VISITOR, False),
    ],
)
def test_evidence_is_read_by_its_giver_and_the_deciding_body_alone(actor, reads):
    assert rules.may_read(actor, of(Audience.GRANTED, granted=[40])) is reads


def test_what_a_person_handed_in_for_himself_stays_his_whatever_he_acts_as():
    evidence = of(Audience.GRANTED, organisation_id=None)
    assert rules.may_read(MINE, evidence)
    assert rules.may_read(NOBODY_YET, evidence)
    assert not rules.may_read(COLLEAGUE, evidence)


def test_who_has_left_the_organisation_no_longer_reads_its_papers():
    assert not rules.may_read(NOBODY_YET, of(Audience.OVERSIGHT))


def test_what_is_public_is_read_by_everyone():
    assert rules.may_read(VISITOR, of(Audience.PUBLIC))


@pytest.mark.parametrize(
    "content, mime",
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (JPG, "image/jpeg"),
        (package("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
    ],
)
def test_the_type_is_told_from_the_content(content, mime):
    stream = io.BytesIO(content)
    assert mime_of(stream) == mime
    assert stream.tell() == 0


BAD = {
    "html": b"<!doctype html><script>alert(1)</script>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "html before a pdf": b"<script>1</script>" + PDF,
    "pdf cut off": b"%PDF-1.7\n1 0 obj",
    "png cut off": PNG[:30],
    "jpg cut off": JPG[:20],
    "only the sign of a png": b"\x89PNG\r\n\x1a\n",
    "gif": b"GIF89a" + b"\0" * 40,
    "bmp": b"BM" + b"\0" * 60,
    "webp": b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 40,
    "tiff": b"II*\0" + b"\0" * 40,
    "ico": b"\0\0\1\0\1\0" + b"\0" * 40,
    "zip": package("readme.txt"),
    "docx": package("[Content_Types].xml", "word/document.xml"),
    "jar": package("META-INF/MANIFEST.MF", "Main.class"),
    "an ofd in a folder": package("inner/OFD.xml"),
    "a zip that is none": b"PK\x03\x04" + b"\0" * 60,
    "zip cut off": package("OFD.xml")[:40],
    "rar": b"Rar!\x1a\x07\x01\x00" + b"\0" * 40,
    "7z": b"7z\xbc\xaf\x27\x1c" + b"\0" * 40,
    "gzip": b"\x1f\x8b\x08" + b"\0" * 40,
    "exe": b"MZ" + b"\0" * 80,
    "elf": b"\x7fELF" + b"\0" * 60,
    "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60,
    "rtf": b"{\\rtf1 hello}",
    "postscript": b"%!PS-Adobe-3.0\n%%EOF",
    "fdf": b"%FDF-1.2\n%%EOF",
    "xml": b"<?xml version='1.0'?><a/>",
    "text": "授权书".encode(),
    "shell": b"#!/bin/sh\necho",
    "php": b"<?php echo 1; ?>",
    "mp4": b"\0\0\0\x18ftypmp42" + b"\0" * 40,
    "mp3": b"ID3\x03" + b"\0" * 40,
    "avif": b"\0\0\0\x1cftypavif" + b"\0" * 40,
    "heic": b"\0\0\0\x18ftypheic" + b"\0" * 40,
    "woff": b"wOFF" + b"\0" * 40,
    "sqlite": b"SQLite format 3\0" + b"\0" * 40,
    "class": b"\xca\xfe\xba\xbe" + b"\0" * 40,
    "zeros": b"\0" * 100,
    "one byte": b"%",
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_anything_else_is_refused(content):
    assert mime_of(io.BytesIO(content)) is None


def test_forty_bad_files_were_tried():
    assert len(BAD) >= 40


def test_an_ofd_with_more_members_than_any_document_is_refused():
    assert mime_of(io.BytesIO(package("OFD.xml", *(f"{n}" for n in range(5001))))) is None


@pytest.mark.parametrize(
    "typed, shown",
    [
        ("授权书.pdf", "授权书.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\a\\证书.PDF", "证书.pdf"),
        ("bill.pdf.exe", "bill.pdf.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("\u202egpj.exe", "gpj.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        (None, "file.pdf"),
        ("...", "file.pdf"),
        ("长" * 300 + ".pdf", "长" * 96 + ".pdf"),
    ],
)
def test_the_name_for_people_has_no_path_and_the_true_ending(typed, shown):
    assert rules.clean_name(typed, "application/pdf") == shown
