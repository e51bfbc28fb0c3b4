"""Telling a file's type from its content, whatever its name and sender say. Nothing is unpacked.

What programs put before and behind a file is no fault of the one who hands it in: a mail's head
before a PDF, padding behind its end, a telephone's film behind a JPEG.
"""

import re
import zipfile
from typing import IO

import filetype

from market.files import pictures

# bytes looked at
HEAD = 4096
TAIL = 2048
PDF = b"%PDF-"
PDF_WITHIN = 1024  # ISO 32000-1, Annex H.3.4.1: the header within the first 1024 bytes
# Before a PDF: a byte order mark, blanks, the lines of a mail's or an answer's head.
BEFORE_PDF = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:[\s\0]"
    rb"|(?:HTTP/\d[^\r\n]*|From [^\r\n]*|--[!-~]+|[A-Za-z][A-Za-z0-9-]*:[^\r\n\0]*)(?:\r?\n[ \t][^\r\n\0]*)*+\r?\n)*+"
)
PADDING = b"\0\t\n\f\r \x1a\xff"
OFD_ENTRY = "OFD.xml"  # GB/T 33190: the entry file in the root of the package
MOST_MEMBERS = 5000
HEIC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))


def mime_of(stream: IO[bytes]) -> str | None:
    """The MIME type when it is one that is accepted, else None. The stream is left at its
    beginning.
    """
    stream.seek(0)
    head = stream.read(HEAD)
    found = next((mime for mime, is_one in SIGNS.items() if is_one(head, stream)), None)
    stream.seek(0)
    return found


def is_heic(stream: IO[bytes]) -> bool:
    """Whether it is a picture as telephones of Apple and others save it (ISO/IEC 23008-12), which
    few programs open. The stream is left at its beginning.
    """
    stream.seek(0)
    head = stream.read(12)
    stream.seek(0)
    return head[4:8] == b"ftyp" and head[8:12] in HEIC


def _whole(stream: IO[bytes]) -> bytes:
    stream.seek(0)
    return stream.read()


def _is_pdf(head: bytes, stream: IO[bytes]) -> bool:
    begins = head.find(PDF, 0, PDF_WITHIN + len(PDF) - 1)
    if begins < 0 or not BEFORE_PDF.fullmatch(head, 0, begins):
        return False
    size = stream.seek(0, 2)
    stream.seek(max(0, size - TAIL))
    tail = stream.read(TAIL)
    return b"%%EOF" in tail or b"%%EOF" in _whole(stream).rstrip(PADDING)[-TAIL:]


def _is_jpeg(head: bytes, stream: IO[bytes]) -> bool:
    return head.startswith(b"\xff\xd8\xff") and pictures.jpeg_ends(_whole(stream))


def _is_png(head: bytes, stream: IO[bytes]) -> bool:
    begins = head.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    return begins and pictures.png_ends(_whole(stream))


def _is_ofd(head: bytes, stream: IO[bytes]) -> bool:
    """An OFD is a ZIP whose list of contents names OFD.xml: only that list is read."""
    if filetype.guess_mime(head) not in ("application/zip", "application/ofd"):
        return False
    try:
        with zipfile.ZipFile(stream) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    return len(members) <= MOST_MEMBERS and any(member.filename == OFD_ENTRY for member in members)


SIGNS = {
    "application/pdf": _is_pdf,
    "image/jpeg": _is_jpeg,
    "image/png": _is_png,
    "application/ofd": _is_ofd,
}
