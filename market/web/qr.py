"""Codes that lead to a page of ours, drawn by us: inline SVG without styles."""

import segno
from markupsafe import Markup


def code_of(address: str) -> Markup:
    """An address as a code for paper."""
    code = segno.make(address, error="m")
    return Markup(  # noqa: S704 - drawn here
        code.svg_inline(scale=4, border=2, svgclass="mk-qr", lineclass=None, omitsize=False)
    )
