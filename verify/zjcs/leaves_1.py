"""The leaf types of `zjcs-draw/1`. They stay as they are and are read for ever."""

from __future__ import annotations

from . import draw as protocol
from .shapes import (
    CODE,
    HASH,
    ID,
    ISSUE,
    LEVEL,
    MAX_SLOTS,
    NUMBER,
    REF,
    TIME,
    Shape,
    any_of,
    equal,
    listed,
    text,
    whole,
)

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
        Shape(
            {"at": TIME, "by": CODE, "reason": CODE, "round": whole(1), "source": ID},
            {
                "note": text(r"(?s).{1,4000}")
            },  # two bodies' signatures: without them it is undecided
        ),
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
