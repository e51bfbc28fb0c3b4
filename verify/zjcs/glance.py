"""One look at a leaf that no draw rests on: is it in its one spelling, of what kind, from when?

A whole log has a million such leaves, and parsing each costs five times its hash. What is flat, in plain
ASCII and without escapes shows its spelling to a pattern; everything else is read in full. Leaves of a kind
have few sequences of keys: each that was found in order becomes a pattern of its own, one match a leaf.
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
_TYPE = b'"type":"'
_INSTANT = (
    rb"(?:(0|[1-9][0-9]{0,12})(?=[,}])|" + _VALUE + rb")"
)  # or of another shape: one more value
MOST_SHAPES = 999  # in all, and SHAPES_OF_A_KIND of one kind: a strange log makes no more work
SHAPES_OF_A_KIND = 8
_shapes: dict[
    bytes, list[re.Pattern[bytes]]
] = {}  # by kind: its leaves as they were found in order


class Glance(NamedTuple):
    """What one look shows of a leaf: its kind, its instant where it names one."""

    kind: str
    at: int | None


def glance(data: bytes) -> Glance | None:
    """The kind and the instant of a leaf of the market's own (it carries `subject`), when its bytes
    are surely in their one spelling; None: read it in full.
    """
    if len(data) > MAX_STRING:
        return None
    start = data.find(_TYPE) + len(_TYPE)
    kind = data[start : data.find(b'"', start)]
    for shape in _shapes.get(kind, ()):
        seen = shape.fullmatch(data)
        if seen:
            break
    else:
        learned = _learned(data, kind)
        seen = learned.fullmatch(data) if learned else None
    if not seen:
        return None
    at = seen[1]
    return Glance(kind.decode(), int(at) if at else None)


def _learned(data: bytes, kind: bytes) -> re.Pattern[bytes] | None:
    """The pattern of leaves of that kind with the keys of this one; its only group is the instant. None
    where a glance cannot judge it.
    """
    if not _FLAT.fullmatch(data):
        return None
    keys = _KEYS.findall(data)
    if len(set(keys)) != len(keys) or keys != sorted(keys):
        return None
    if not {b"subject", b"type", b"v"} <= set(keys):
        return None
    own = {b"at": _INSTANT, b"type": b'"' + re.escape(kind) + b'"', b"v": b"1"}
    pairs = (b'"' + re.escape(key) + b'":' + own.get(key, _VALUE) for key in keys)
    shape = re.compile(rb"\{" + b",".join(pairs) + (rb"\}" if b"at" in keys else rb"\}()"))
    of_kind = _shapes.get(kind, [])
    is_room = len(of_kind) < SHAPES_OF_A_KIND and sum(map(len, _shapes.values())) < MOST_SHAPES
    if is_room and shape.fullmatch(data):
        _shapes[kind] = [*of_kind, shape]
    return shape
