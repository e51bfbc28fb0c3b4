"""Papers of the demo town: a PDF of one page, made of nothing but its lines."""

from collections.abc import Sequence

FONT = b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>"
DESCENDANT = (
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 6 0 R>>"
)
DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
)
PER_LINE = 34  # characters of a line at 14 points on A4


def pdf(paragraphs: Sequence[str]) -> bytes:
    """A PDF that says these paragraphs, in a font that every viewer has for Chinese."""
    lines = [
        paragraph[start : start + PER_LINE]
        for paragraph in paragraphs
        for start in range(0, len(paragraph), PER_LINE)
    ]
    shown = b"\n".join(
        b"<" + line.encode("utf-16-be").hex().encode() + b"> Tj T*" for line in lines
    )
    stream = b"BT /F1 14 Tf 24 TL 60 770 Td\n" + shown + b"\nET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 7 0 R>>",
        FONT,
        DESCENDANT,
        DESCRIPTOR,
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
    )
    return _assembled(objects)


def _assembled(objects: Sequence[bytes]) -> bytes:
    """The objects with the table that says where each begins (ISO 32000-1, 7.5)."""
    whole = b"%PDF-1.4\n"
    table = b"0000000000 65535 f \n"
    for number, each in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(whole)
        whole += b"%d 0 obj%b\nendobj\n" % (number, each)
    size = len(objects) + 1
    ending = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(whole))
    return whole + b"xref\n0 %d\n" % size + table + ending
