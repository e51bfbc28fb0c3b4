"""A plain paper as PDF: a title, lines below it, as many pages as they need. The standard library alone.

The font is STSong-Light, one of those that every reader of PDF has for Chinese (ISO 32000-1, 9.7.5.2); it
is not embedded. Text is UTF-16, so that it can be searched and copied. The same paper gives the same
bytes.
"""

import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence

WIDTH = 595  # points: A4
HEIGHT = 842
MARGIN = 64
SIZE = 11
LEADING = 19
TITLE_SIZE = 18
CLOSING = "，。、；：！？）】》”’"
"""Signs that no line begins with: they hang over the margin."""
CATALOGUE, PAGES, FONT, CID_FONT, DESCRIPTOR = range(1, 6)
FIRST = 6
FONT_PARTS = (
    (
        FONT,
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        f"/DescendantFonts[{CID_FONT} 0 R]>>",
    ),
    (
        CID_FONT,
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        f"/DW 1000/W[1 95 500]/FontDescriptor {DESCRIPTOR} 0 R>>",
    ),
    (
        DESCRIPTOR,
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
        "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    ),
)


def paper(title: str, lines: Iterable[str]) -> bytes:
    """A paper with a title; each line is wrapped, "" is an empty one."""
    wrapped = [part for line in lines for part in wrap(line)]
    room = (HEIGHT - 2 * MARGIN) // LEADING
    first = room - 3
    sheets = [wrapped[:first], *_in_pieces(wrapped[first:], room)]
    streams = [_stream(title if not place else "", each) for place, each in enumerate(sheets)]
    return _file(streams)


def _in_pieces(lines: Sequence[str], room: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(lines), room):
        yield lines[start : start + room]


def wrap(line: str) -> list[str]:
    """A line in pieces that fit between the margins: a wide sign is as wide as the font is high, a
    narrow one half of it.
    """
    most = (WIDTH - 2 * MARGIN) * 2 // SIZE
    pieces = [""]
    used = 0
    for sign in line:
        wide = 2 if unicodedata.east_asian_width(sign) in "WFA" else 1
        if used + wide > most and sign not in CLOSING:
            pieces.append("")
            used = 0
        pieces[-1] += sign
        used += wide
    return pieces


def _hex(text: str) -> str:
    """A text as the encoding takes it; signs beyond the first plane are none of the font's."""
    plain = "".join(sign if ord(sign) < 0x10000 else "〓" for sign in text)
    return plain.encode("utf-16-be").hex()


def _stream(title: str, lines: Sequence[str]) -> bytes:
    """What one page draws."""
    top = HEIGHT - MARGIN
    drawn = ["BT"]
    if title:
        drawn.append(f"/F {TITLE_SIZE} Tf 1 0 0 1 {MARGIN} {top} Tm <{_hex(title)}> Tj")
        top -= 3 * LEADING
    drawn.append(f"/F {SIZE} Tf {LEADING} TL 1 0 0 1 {MARGIN} {top} Tm")
    drawn += [f"<{_hex(line)}> Tj T*" for line in lines]
    drawn.append("ET")
    return zlib.compress("\n".join(drawn).encode())


def _file(streams: Sequence[bytes]) -> bytes:
    """The file: its objects, where each begins, the end."""
    pages = [FIRST + 2 * place for place in range(len(streams))]
    kids = " ".join(f"{number} 0 R" for number in pages)
    parts: list[tuple[int, bytes]] = [
        (CATALOGUE, f"<</Type/Catalog/Pages {PAGES} 0 R/Lang(zh-CN)>>".encode()),
        (PAGES, f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode()),
        *((number, text.encode()) for number, text in FONT_PARTS),
    ]
    for number, stream in zip(pages, streams, strict=True):
        page = (
            f"<</Type/Page/Parent {PAGES} 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]"
            f"/Resources<</Font<</F {FONT} 0 R>>>>/Contents {number + 1} 0 R>>"
        )
        head = f"<</Length {len(stream)}/Filter/FlateDecode>>stream\n".encode()
        parts += [(number, page.encode()), (number + 1, head + stream + b"\nendstream")]
    return _laid_out(parts)


def _laid_out(parts: Sequence[tuple[int, bytes]]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in parts:
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{rows}".encode()
    out += f"trailer\n<</Size {len(parts) + 1}/Root {CATALOGUE} 0 R>>\n".encode()
    return bytes(out + f"startxref\n{table}\n%%EOF\n".encode())
