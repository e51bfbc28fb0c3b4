"""The leaf types of the protocol as tables: which keys, and what each may hold. Rule 1: refuse a
second spelling.

`LEAVES` is `zjcs-draw/1`; what `zjcs-draw/2` changes and adds stands in leaves_2.py (ADR 0018). The
`alg` of a notice says by which table all leaves of its draw are read, to the end.

The product holds its own leaves to `check_leaf` before it appends them; every verifier does so
after reading them. Leaves of other kinds (complaints, contracts, ...) are not in the tables: they
carry `subject` and `at`.
"""

from __future__ import annotations

from typing import Any

from . import draw as protocol
from .canonical import jcs, parse_canonical
from .faults import Fault
from .leaves_1 import LEAVES
from .leaves_2 import LEAVES_2
from .shapes import equal

MAX_LEAF = 65_535  # bytes, exclusive: entry bundles store lengths as uint16
TABLES = {
    protocol.PROTOCOL: LEAVES,
    protocol.PROTOCOL_2: LEAVES_2,
    protocol.RANKED_2: LEAVES_2,
}
"""alg of a notice -> the table of its draw."""
OF_A_DRAW = ("draw.", "entries.")
GUARDED = ("result.", "notice.", "entry.", "source.")
"""Kinds of which no verifier passes an unknown one over (rule 11)."""
SPOKEN = frozenset(
    {
        "entry.late",
        "notice.submitted",
        "notice.returned",
        "notice.refused",
        "notice.opened",
        "notice.cancelled",
        "notice.paused",
        "notice.relisted",
        "result.published",
        "result.held",
        "result.released",
        "result.annulled",
        "result.stood",
    }
)
"""What a market says of its notices and results to people, by `subject`; no draw rests on it."""


def is_known(leaf: dict[str, Any]) -> bool:
    """Whether a leaf is one of the protocol: of what is new in `/2` only what carries no `subject`,
    since a market's own facts may bear such a name.
    """
    kind = leaf.get("type")
    return kind in LEAVES or (kind in LEAVES_2 and "subject" not in leaf)


def is_unknown(leaf: dict[str, Any]) -> bool:
    """Whether a leaf of a market's own speaks of results, notices, entries or sources in a way that
    nobody knows: it is shown (rule 11).
    """
    kind = str(leaf.get("type"))
    return not is_known(leaf) and kind.startswith(GUARDED) and kind not in SPOKEN


def claims_a_draw(leaf: dict[str, Any]) -> bool:
    """Whether a leaf speaks about a draw: of an unknown type it must be refused (rule 11).

    Leaves of other kinds may name a draw too; they carry `subject`, which no leaf of the protocol
    does.
    """
    if str(leaf.get("type")).startswith(OF_A_DRAW):
        return True
    return "subject" not in leaf and ("draw" in leaf or str(leaf.get("type")).startswith(GUARDED))


def check_leaf(leaf: dict[str, Any], alg: str = protocol.PROTOCOL) -> None:
    """Hold a leaf to the table of `alg`, the one of its draw's notice; a notice names its own.

    Raises Fault `leaf.type` (rule 11), `leaf.version`, `leaf.key` (rule 1, fact `key`) or
    `leaf.size` (rule 14).
    """
    if not isinstance(leaf, dict) or not is_known(leaf):
        raise Fault("leaf.type", rule=11, type=leaf.get("type") if isinstance(leaf, dict) else None)
    if not equal(1)(leaf.get("v")):
        raise Fault("leaf.version", rule=1)
    shapes = TABLES[alg_of(leaf, alg)].get(leaf["type"])
    if shapes is None:
        raise Fault("leaf.type", rule=11, type=leaf["type"])
    fields = {key: value for key, value in leaf.items() if key not in ("v", "type")}
    misfits = [shape.misfit(fields) for shape in shapes]
    if None not in misfits:
        raise Fault("leaf.key", rule=1, type=leaf["type"], key=misfits[0])
    size = len(jcs(leaf))
    if size >= MAX_LEAF:
        raise Fault("leaf.size", rule=14, bytes=size)


def alg_of(leaf: dict[str, Any], alg: str) -> str:
    """Whose table a leaf is held to: a notice's own `alg` where it is one, else the given one."""
    own = leaf.get("alg") if str(leaf.get("type")).startswith("notice.") else None
    return own if isinstance(own, str) and own in TABLES else alg


def read_leaf(data: bytes) -> dict[str, Any]:
    """Parse the bytes of any leaf of the log: canonical, below 65,535 bytes, version 1, with a
    type.

    Raises Fault with rule 1 or 14. Leaves of `zjcs-draw/1` are further held to the table by
    `check_leaf`.
    """
    if len(data) >= MAX_LEAF:
        raise Fault("leaf.size", rule=14, bytes=len(data))
    try:
        leaf = parse_canonical(data)
    except Fault as fault:
        raise fault.at("", rule=1) from None
    if (
        not isinstance(leaf, dict)
        or not equal(1)(leaf.get("v"))
        or not isinstance(leaf.get("type"), str)
    ):
        raise Fault("leaf.version", rule=1)
    return leaf
