"""Pages as PDF, by WeasyPrint where it is installed (requirements-pdf.txt); else browsers print them.

A document takes about two seconds and up to 220 MB, so one is made at a time. Nothing is fetched: a
document has its styles and pictures inside.
"""

import importlib
import importlib.util
import threading

ONE = threading.BoundedSemaphore(1)
WAIT = 30.0  # seconds that a reader waits behind others


class Unavailable(RuntimeError):
    """No PDF can be made now: WeasyPrint is not installed, or too many wait."""


def is_there() -> bool:
    """Whether this installation makes PDFs."""
    return importlib.util.find_spec("weasyprint") is not None


def pdf_of(html: str) -> bytes:
    """A whole HTML document as PDF. Raises `Unavailable`."""
    if not is_there():
        raise Unavailable("not installed")
    if not ONE.acquire(timeout=WAIT):
        raise Unavailable("busy")
    try:
        made = (
            importlib.import_module("weasyprint")
            .HTML(string=html, url_fetcher=_nothing)
            .write_pdf()
        )
    finally:
        ONE.release()
    if not isinstance(made, bytes):
        raise AssertionError("unreachable")
    return made


def _nothing(url: str, *args: object, **more: object) -> dict[str, object]:
    raise ValueError(f"a document fetches nothing: {url}")
