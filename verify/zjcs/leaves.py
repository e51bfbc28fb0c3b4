"""The leaf types of `zjcs-draw/1` as one table: which keys, and what each may hold. Rule 1: refuse
a second spelling.

The product holds its own leaves to `check_leaf` before it appends them; every verifier does so
after reading them. Leaves of other kinds (complaints, contracts, ...) are not in the table: they
carry `subject` and `at`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import draw as protocol
from .canonical import MAX_INT, jcs, parse_canonical
from .faults import Fault

MAX_LEAF = 65_535  # bytes, exclusive: entry bundles store lengths as uint16
MAX_SLOTS = 10_000_000  # keeps the check of one value below a few seconds

Check = Callable[[Any], bool]


def whole(low: int, high: int = MAX_INT) -> Check:
    """An integer within bounds; true and false are not integers."""
    return lambda value: (
        isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    )


def text(pattern: str | re.Pattern[str]) -> Check:
    """A string that matches as a whole."""
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def listed(check: Check, least: int = 1, most: int = 100_000) -> Check:
    """A list of items that each pass."""
    return lambda value: (
        isinstance(value, list) and least <= len(value) <= most and all(map(check, value))
    )


def equal(*allowed: Any) -> Check:
    """One of a few constants (and of the same type: 1 is not true)."""
    return lambda value: any(value == item and type(value) is type(item) for item in allowed)


@dataclass(frozen=True)
class Shape:
    """The keys of one kind of object: all of `required`, any of `optional`, nothing else."""

    required: dict[str, Check]
    optional: dict[str, Check] = field(default_factory=dict)

    def misfit(self, value: Any) -> str | None:
        """Name of the first key that is missing, unknown or misspelt; None when the object fits."""
        if not isinstance(value, dict):
            return "object"
        for key in self.required:
            if key not in value:
                return key
        for key, item in value.items():
            check = self.required.get(key) or self.optional.get(key)
            if check is None or not check(item):
                return str(key)
        return None

    def __call__(self, value: Any) -> bool:
        return self.misfit(value) is None


def any_of(*shapes: Shape) -> Check:
    """An object of one of several shapes."""
    return lambda value: any(shape(value) for shape in shapes)


ID = text(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")  # draw, project, source
CODE = text(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}")  # reason codes, public-body ids
TIME = whole(0, 2**40)
NUMBER = whole(1, 100_000)
HASH = text(protocol.HEX64)
REF = text(protocol.REF)
LEVEL = text(r"S[0-3]")
ISSUE = text(r"20[0-9]{5}")

ROW = Shape(
    {"no": NUMBER, "nonce": text(protocol.HEX32), "ref": REF, "salt": text(protocol.HEX32)},
    {"quote_fen": whole(0), "rate_bp": whole(0, 1_000_000), "quote_commit": HASH},
)
EXCLUDED = Shape({**ROW.required, "by": CODE, "reason": CODE}, ROW.optional)
SOURCE = any_of(
    Shape({"id": ID, "kind": equal("chain"), "slot": whole(1, MAX_SLOTS)}),
    Shape({"id": ID, "kind": equal("drand"), "chain": HASH, "round": whole(1)}),
    Shape({"id": ID, "kind": equal("lottery"), "game": equal("kl8")}),
)
FALLBACK = any_of(  # a chain is a well-formed fallback, and rule 10 forbids it by name
    Shape({"id": ID, "kind": equal("drand"), "chain": HASH}),
    Shape({"id": ID, "kind": equal("lottery"), "game": equal("kl8")}),
    Shape({"id": ID, "kind": equal("chain")}),
)
NOTICE = Shape(
    {
        "alg": equal(protocol.PROTOCOL),
        "draw": ID,
        "draw_at": TIME,
        "entry_close": TIME,
        "notice_sha256": HASH,
        "reserves": whole(0, 100_000),
        "sources": listed(SOURCE, 1, 8),
        "winners": whole(1, 100_000),
    },
    {
        "project": ID,
        "predecessor": ID,
        "fallback": listed(FALLBACK, 1, 8),
        "level": LEVEL,
        "price_decides": lambda value: value is True,
    },
)

# type -> the shapes that a leaf of this type may have, beside `v` and `type`
LEAVES: dict[str, tuple[Shape, ...]] = {
    "source.anchor": (
        Shape(
            {
                "source": ID,
                "hash": equal("sha256"),
                "n": whole(1, MAX_SLOTS),
                "genesis": TIME,
                "period": whole(1, 86_400),
                "anchor": HASH,
            }
        ),
    ),
    "notice.published": (NOTICE,),
    "notice.amended": (Shape({**NOTICE.required, "at": TIME}, NOTICE.optional),),
    "entry.received": (Shape({"at": TIME, "commit": HASH, "draw": ID, "no": NUMBER}),),
    "entry.withdrawn": (Shape({"at": TIME, "draw": ID, "no": NUMBER}),),
    "entries.closed": (Shape({"at": TIME, "count": whole(0, 100_000), "draw": ID}),),
    "entries.part": (
        Shape(
            {"draw": ID, "part": NUMBER}, {"entrants": listed(ROW), "excluded": listed(EXCLUDED)}
        ),
    ),
    "entries.sealed": (
        Shape({"at": TIME, "draw": ID, "entrants": listed(ROW, 0)}, {"excluded": listed(EXCLUDED)}),
        Shape({"at": TIME, "draw": ID, "count": NUMBER, "parts": listed(HASH, 2, 400)}),
    ),
    "source.value": (
        Shape({"source": ID, "slot": whole(1, MAX_SLOTS), "value": HASH}),
        Shape({"source": ID, "round": whole(1), "signature": text(protocol.HEX96), "value": HASH}),
        Shape({"source": ID, "issue": ISSUE, "value": text(r"kl8/20[0-9]{5}/[0-9.]{39,60}/")}),
    ),
    "source.lost": (
        Shape(
            {
                "at": TIME,
                "by": CODE,
                "note": text(r"(?s).{1,4000}"),
                "reason": CODE,
                "slot": whole(1, MAX_SLOTS),
                "source": ID,
            }
        ),
    ),
    "source.failed": (
        Shape({"at": TIME, "by": CODE, "reason": CODE, "round": whole(1), "source": ID}),
    ),
    "draw.postponed": (Shape({"at": TIME, "draw": ID, "draw_at": TIME}),),
    "draw.result": (
        Shape(
            {"draw": ID, "order": listed(REF, 0, protocol.PART_ROWS), "seed": HASH},
            {"order_sha256": HASH},
        ),
    ),
    "result.skip": (
        Shape({"at": TIME, "by": CODE, "draw": ID, "rank": NUMBER, "reason": CODE, "ref": REF}),
    ),
    "result.final": (Shape({"at": TIME, "draw": ID, "winners": listed(REF, 0)}),),
}


def is_known(leaf: dict[str, Any]) -> bool:
    """Whether a leaf is one of `zjcs-draw/1`."""
    return leaf.get("type") in LEAVES


def claims_a_draw(leaf: dict[str, Any]) -> bool:
    """Whether a leaf speaks about a draw: of an unknown type it must be refused (rule 11).

    Leaves of other kinds may name a draw too; they carry `subject`, which no leaf of the protocol
    does.
    """
    named = "draw" in leaf and "subject" not in leaf
    return named or str(leaf.get("type")).startswith(("draw.", "entries."))


def check_leaf(leaf: dict[str, Any]) -> None:
    """Hold a leaf of `zjcs-draw/1` to the table.

    Raises Fault `leaf.type` (rule 11), `leaf.version`, `leaf.key` (rule 1, fact `key`) or
    `leaf.size` (rule 14).
    """
    if not isinstance(leaf, dict) or not is_known(leaf):
        raise Fault("leaf.type", rule=11, type=leaf.get("type") if isinstance(leaf, dict) else None)
    if not equal(1)(leaf.get("v")):
        raise Fault("leaf.version", rule=1)
    fields = {key: value for key, value in leaf.items() if key not in ("v", "type")}
    misfits = [shape.misfit(fields) for shape in LEAVES[leaf["type"]]]
    if None not in misfits:
        raise Fault("leaf.key", rule=1, type=leaf["type"], key=misfits[0])
    size = len(jcs(leaf))
    if size >= MAX_LEAF:
        raise Fault("leaf.size", rule=14, bytes=size)


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
