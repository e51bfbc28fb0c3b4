"""Telling a file's type from its content, whatever its name and sender say. Nothing is unpacked."""

import zipfile
from typing import BinaryIO

import filetype

from market.files.rules import TYPES

# bytes looked at
HEAD = 4096
TAIL = 2048
OFD_ENTRY = "OFD.xml"  # GB/T 33190: the entry file in the root of the package
MOST_MEMBERS = 5000


def mime_of(stream: BinaryIO) -> str | None:
    """The MIME type when it is one that is accepted, else None. The stream is left at its
    beginning.
    """
    stream.seek(0)
    head = stream.read(HEAD)
    size = stream.seek(0, 2)
    stream.seek(max(0, size - TAIL))
    tail = stream.read(TAIL)
    guess = filetype.guess_mime(head)
    found = next(
        (
            mime
            for mime, ending in TYPES.items()
            if guess in (mime, CONTAINERS.get(mime)) and IS_ONE[ending](head, tail, stream)
        ),
        None,
    )
    stream.seek(0)
    return found


def _is_pdf(head: bytes, tail: bytes, _stream: BinaryIO) -> bool:
    return head.startswith(b"%PDF-") and b"%%EOF" in tail


def _is_jpeg(head: bytes, tail: bytes, _stream: BinaryIO) -> bool:
    return head.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in tail


def _is_png(head: bytes, tail: bytes, _stream: BinaryIO) -> bool:
    return head.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") and b"IEND" in tail


def _is_ofd(_head: bytes, _tail: bytes, stream: BinaryIO) -> bool:
    """An OFD is a ZIP whose list of contents names OFD.xml: only that list is read."""
    try:
        with zipfile.ZipFile(stream) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    return len(members) <= MOST_MEMBERS and any(member.filename == OFD_ENTRY for member in members)


IS_ONE = {"pdf": _is_pdf, "jpg": _is_jpeg, "png": _is_png, "ofd": _is_ofd}
"""How each accepted ending (rules.TYPES) is known from the content."""

CONTAINERS = {"application/ofd": "application/zip"}
