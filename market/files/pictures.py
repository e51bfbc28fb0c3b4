"""Pictures by their parts: where they end, and without what tells when, where and by what they were
taken. JPEG: ITU-T T.81, Annex B; Exif: JEITA CP-3451, 4.6; PNG: W3C PNG, 5 and 11. Pure.
"""

import struct
from collections.abc import Iterator

JPEG = b"\xff\xd8"
PNG = b"\x89PNG\r\n\x1a\n"
SOS = 0xDA
EOI = 0xD9
# Without a length: TEM, RST0 to RST7, SOI, EOI.
BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xDA)})
# What a picture needs to be shown: JFIF, a colour profile, Adobe's note on colours.
KEPT_APPS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
KEPT_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD pHYs acTL fcTL fdAT".split()
)
ORIENTATION = 0x0112


class Misshapen(ValueError):
    """Not a picture whose parts can be told apart."""


def bare(content: bytes, mime: str) -> bytes:
    """A JPEG or PNG without Exif, GPS, XMP, IPTC, comments, times and whatever stands behind its
    end; how it is to be turned stays. Anything else as it is. Raises Misshapen.
    """
    if mime == "image/jpeg":
        return b"".join(_bare_jpeg(content))
    return b"".join(_bare_png(content)) if mime == "image/png" else content


def _bare_jpeg(content: bytes) -> Iterator[bytes]:
    yield JPEG
    for marker, part in _segments(content):
        if marker == 0xE1 and part[4:10] == b"Exif\0\0":
            yield _turned(part[10:])
        elif 0xE0 <= marker <= 0xEF:
            kept = KEPT_APPS.get(marker)
            if kept and part[4:].startswith(kept):
                yield part
        elif marker != 0xFE:
            yield part


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each part, a scan with its data, up to the end mark."""
    at = 2
    while True:
        if content[at : at + 1] != b"\xff":
            raise Misshapen("no marker")
        while content[at + 1 : at + 2] == b"\xff":
            at += 1
        if at + 1 >= len(content):
            raise Misshapen("no end")
        marker = content[at + 1]
        end = at + 2
        if marker not in BARE_MARKERS:
            end += int.from_bytes(content[at + 2 : at + 4]) or 1
        if end > len(content):
            raise Misshapen("cut off")
        if marker == SOS:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        if marker == EOI:
            return
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands: in a scan's data FF is followed by 00 or a restart mark."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        follows = content[at + 1]
        if follows and not 0xD0 <= follows <= 0xD7 and follows != 0xFF:
            return at
        at += 1 if follows == 0xFF else 2
    raise Misshapen("a scan without end")


def _turned(tiff: bytes) -> bytes:
    """A segment that says how the picture is turned, and nothing else; empty where it is not."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return b""
    start = struct.unpack_from(f"{order}I", tiff, 4)[0]
    if start + 2 > len(tiff):
        return b""
    for place in range(struct.unpack_from(f"{order}H", tiff, start)[0]):
        entry = start + 2 + 12 * place
        if entry + 12 > len(tiff):
            return b""
        tag, kind, count, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
        if (tag, kind, count) == (ORIENTATION, 3, 1) and 2 <= value <= 8:
            body = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, value, 0, 0)
            return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    return b""


def _bare_png(content: bytes) -> Iterator[bytes]:
    yield PNG
    for kind, part in _chunks(content):
        if kind in KEPT_CHUNKS:
            yield part


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG)
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4])
        kind = content[at + 4 : at + 8]
        if end > len(content):
            break
        yield kind, content[at:end]
        if kind == b"IEND":
            return
        at = end
    raise Misshapen("no end")


def jpeg_ends(content: bytes) -> bool:
    """Whether an end mark follows the parts before the picture: one inside of them is that of a
    small preview.
    """
    at = 2
    while content[at : at + 1] == b"\xff" and content[at + 1 : at + 2] not in (
        b"",
        b"\xff",
        b"\xda",
    ):
        if content[at + 1] in BARE_MARKERS:
            break
        at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4]))
    return content.find(b"\xff\xd9", at) >= 0


def png_ends(content: bytes) -> bool:
    """Whether its last chunk is there."""
    try:
        return any(kind == b"IEND" for kind, _part in _chunks(content))
    except Misshapen:
        return False
