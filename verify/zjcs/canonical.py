"""RFC 8785 JSON for the restricted schema of the log, and the strict reader that refuses a second
spelling.

Allowed: objects with ASCII keys, arrays, NFC strings without lone surrogates, booleans, null,
integers |x| <= 2**53 - 1.
Within that schema sorting keys by code point equals RFC 8785's sorting by UTF-16 unit, so
`json.dumps` is enough.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from typing import Any, NoReturn

from .faults import Fault

MAX_INT = 2**53 - 1
MAX_FILE = 64 * 1024 * 1024  # bytes: what is longer is refused before any work (rule 1)
MAX_STRING = 1024 * 1024  # characters of one string
MAX_DEPTH = 40


def jcs(value: Any) -> bytes:
    """Canonical UTF-8 bytes of `value`. Raises Fault `canonical.*` for anything outside the schema."""
    _require(value, None)
    return _encode(value).encode()


def parse(text: str | bytes, parse_int: Callable[[str], int] | None = None) -> Any:
    """Read JSON that may not hold duplicate keys, floats or values outside the schema; spaces are
    allowed.

    Raises Fault `work.file`, `work.string` (rule 1) for what is too long to be looked at.
    """
    bound(len(text))
    try:
        source = text.decode() if isinstance(text, bytes) else text
        value = json.loads(
            source,
            object_pairs_hook=_no_duplicates,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=parse_int,
        )
    except (ValueError, RecursionError) as error:
        raise Fault("canonical.json", reason=str(error)[:120]) from None
    _require(value, None)
    return value


def parse_file(data: str | bytes) -> Any:
    """Read a file that somebody hands over (evidence, keys, a list): as parse, and a second spelling
    of nought is refused there too, as it is in every leaf.
    """
    bound(len(data))
    # A call for each number is dear: made only where such a spelling stands at all.
    suspect = b"-0" in data if isinstance(data, bytes) else "-0" in data
    return parse(data, _whole if suspect else None)


def bound(size: int) -> None:
    """Hold a file of `size` bytes to the limit. Raises Fault `work.file` (rule 1)."""
    if size > MAX_FILE:
        raise Fault("work.file", rule=1, bytes=size, most=MAX_FILE)


def parse_canonical(data: bytes) -> Any:
    """Read bytes that must be exactly their own canonical form, as every leaf of the log is."""
    value = parse(data)
    if jcs(value) != data:
        raise Fault("canonical.spelling")
    return value


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
_Place = tuple[
    Any, Any
]  # (the place around it, or None; its key or position): spelled out only in a fault


def _require(value: Any, place: _Place | None, depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        raise Fault("canonical.json", reason=f"more than {MAX_DEPTH} levels")
    if isinstance(value, str):
        if len(value) > MAX_STRING:
            raise Fault("work.string", rule=1, path=_path(place), length=len(value))
        if not value.isascii():  # ASCII is in NFC and has no surrogates.
            _require_text(value, place)
    elif isinstance(value, int):  # a boolean too, which is small
        if abs(value) > MAX_INT:
            raise Fault("canonical.integer", path=_path(place))
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii() or len(key) > MAX_STRING:
                raise Fault("canonical.key", path=_path(place), key=str(key)[:40])
            if not _is_plain(item):  # What most are needs no further call.
                _require(item, (place, key), depth + 1)
    elif isinstance(value, (list, tuple)):
        for position, item in enumerate(value):
            if not _is_plain(item):
                _require(item, (place, position), depth + 1)
    elif value is not None:
        raise Fault("canonical.type", path=_path(place), type=type(value).__name__)


def _is_plain(item: Any) -> bool:
    return isinstance(item, str) and item.isascii() and len(item) <= MAX_STRING


def _require_text(value: str, place: _Place | None) -> None:
    if not unicodedata.is_normalized("NFC", value):
        raise Fault("canonical.nfc", path=_path(place))
    if any(0xD800 <= ord(character) <= 0xDFFF for character in value):
        raise Fault("canonical.surrogate", path=_path(place))


def _path(place: _Place | None) -> str:
    if place is None:
        return "$"
    around, name = place
    return f"{_path(around)}[{name}]" if isinstance(name, int) else f"{_path(around)}.{name}"


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise Fault("canonical.duplicate", keys=",".join(sorted(key for key, _ in pairs)))
    return value


def _whole(text: str) -> int:
    if text == "-0":
        raise Fault("canonical.float", value=text)
    return int(text)


def _no_float(text: str) -> NoReturn:
    raise Fault("canonical.float", value=text[:40])
