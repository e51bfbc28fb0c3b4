"""One look at a leaf that no draw rests on: is it in its one spelling, of what kind, from when?

A whole log has a million such leaves, and parsing each costs five times its hash. What is flat, in plain
ASCII and without escapes shows its spelling to a pattern; everything else is read in full.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .canonical import MAX_STRING

_STRING = rb'"[ !#-\[\]-~]*"'
_SCALAR = rb"(?:" + _STRING + rb"|0|-?[1-9][0-9]{0,14}|true|false|null)"
_VALUE = rb"(?:" + _SCALAR + rb"|\[(?:" + _SCALAR + rb"(?:," + _SCALAR + rb")*+)?\])"
_PAIR = rb'"[ !#-\[\]-~]+":' + _VALUE
_FLAT = re.compile(rb"\{" + _PAIR + rb"(?:," + _PAIR + rb")*+\}")
_KEYS = re.compile(rb'"([ !#-\[\]-~]+)":')
_KIND = re.compile(rb'[{,]"type":"([^"]*)"')
_AT = re.compile(rb'[{,]"at":([0-9]{1,13})[,}]')
_ordered: set[tuple[bytes, ...]] = set()  # key sequences that were found in order


class Glance(NamedTuple):
    """What one look shows of a leaf: its kind, its instant where it names one."""

    kind: str
    at: int | None


def glance(data: bytes) -> Glance | None:
    """The kind and the instant of a leaf of the market's own (it carries `subject`), when its bytes
    are surely in their one spelling; None: read it in full.
    """
    if len(data) > MAX_STRING or not _FLAT.fullmatch(data):
        return None
    keys = tuple(_KEYS.findall(data))
    if keys not in _ordered:
        if len(set(keys)) != len(keys) or list(keys) != sorted(keys):
            return None
        if b"subject" not in keys or b"type" not in keys or b"v" not in keys or len(_ordered) > 999:
            return None
        _ordered.add(keys)
    kind = _KIND.search(data)
    if kind is None or not data.endswith(b'"v":1}'):
        return None
    at = _AT.search(data)
    return Glance(kind[1].decode(), int(at[1]) if at else None)
