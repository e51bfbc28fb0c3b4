"""Codes that lead to a page of ours, drawn by us: inline SVG without styles, or a picture."""

import io

import segno
from markupsafe import Markup


def code_of(address: str) -> Markup:
    """An address as a code for paper."""
    code = segno.make(address, error="m")
    return Markup(  # noqa: S704 - drawn here
        code.svg_inline(scale=4, border=2, svgclass="mk-qr", lineclass=None, omitsize=False)
    )


def picture_of(address: str) -> bytes:
    """An address as a PNG for cards that a chat shows: 300 pixels at least, as they ask for."""
    file = io.BytesIO()
    segno.make(address, error="m").save(file, kind="png", scale=12, border=4)
    return file.getvalue()
