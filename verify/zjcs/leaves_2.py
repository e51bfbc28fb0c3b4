"""The leaf types of `zjcs-draw/2` and `zjcs-rank/2` (ADR 0018): those of `/1`, some of them with more
keys, and what is new. Codes are in lower case.
"""

from __future__ import annotations

from . import draw as protocol
from .leaf_parts import (
    AUCTIONED,
    BOX,
    COUNT,
    DAY,
    DRAW,
    HOLDER,
    KEY,
    LABEL,
    LOT,
    MARKS,
    MS,
    PERIOD,
    PLANNED,
    POINTS,
    PRICE_DRAW,
    PSEUDONYM,
    QUOTE,
    ROUND,
    SALT,
    SEALED,
    SEAT,
    SECONDS,
    SPARE,
    TRUTH,
    rows,
    some,
)
from .leaves_1 import EXCLUDED, LEAVES, NOTICE, ROW, SOURCE
from .shapes import (
    BY,
    HASH,
    ID,
    LOWER,
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

NOTICE_2 = Shape(
    {
        **NOTICE.required,
        "alg": equal(protocol.PROTOCOL_2, protocol.RANKED_2),
        "draw": DRAW,
        "drain_max": whole(0, 86_400),
        "project": ID,
        "rule": LOWER,
        "rulebook": some(version=whole(1), sha256=HASH),
        "sources": listed(PLANNED, 1, 8),
    },
    {
        "predecessor": ID,
        "level": NOTICE.optional["level"],
        "fallback": listed(SPARE, 1, 8),
        "sealed_quotes": SEALED,
        "keys2": listed(KEY, 1, 9),
        "quote_rule": Shape(
            {"kind": equal("quote_fen", "rate_bp"), "floor": whole(0)}, {"ceiling": whole(0)}
        ),
        "credit": some(count=COUNT, mean=MARKS, sha256=HASH),
        "shortlist": some(
            longlist=whole(4, 20), shortlist=whole(2, 5), silence=equal("fails", "first")
        ),
        "auction": AUCTIONED,
    },
)
DIRECT_2 = Shape(
    {
        "alg": equal(protocol.RANKED_2),
        "cap": whole(1, 1000),
        "choose_by": TIME,
        "day": DAY,
        "draw": DRAW,
        "notice_sha256": HASH,
        "prior": some(matters=whole(1, 1000), stars=whole(0, 500), on_time=MARKS),
        "project": ID,
        "rule": equal("direct"),
        "rulebook": some(version=whole(1), sha256=HASH),
        "weights": some(completed=POINTS, evaluation=POINTS, on_time=POINTS),
        "winners": equal(1),
    },
    {"predecessor": ID},
)
"""A notice whose owner chooses (ADR 0044): no entries, no draw, but what its list is sorted by."""
UNDATED = any_of(
    Shape({"id": ID, "kind": equal("chain")}),
    Shape({"id": ID, "kind": equal("drand"), "chain": HASH}),
)  # a source whose slot or round follows from an instant that is fixed later
EXPERTS = some(
    category=text(r"[^\n]{1,60}"),
    fallback=listed(SPARE, 1, 8),
    gap=SECONDS,
    level=NOTICE.optional["level"],
    own=whole(0, 2),
    sources=listed(UNDATED, 1, 8),
)
"""What a notice promises of jurors who are drawn from the pool (ADR 0067); `own`: seats of the owner's."""
SCORED_2 = Shape(
    {
        "alg": equal(protocol.RANKED_2),
        "criteria": listed(
            some(code=LOWER, weight=whole(1, 99), levels=listed(POINTS, 3, 5)), 1, 9
        ),
        "draw": DRAW,
        "drain_max": whole(0, 86_400),
        "entry_close": TIME,
        "jurors": equal(1, 3, 5, 7),
        "notice_sha256": HASH,
        "pass_mark": POINTS,
        "price": some(formula=equal("low_first", "near_mean"), weight=whole(1, 99)),
        "project": ID,
        "quote_rule": some(kind=equal("quote_fen", "rate_bp"), floor=whole(0), ceiling=whole(1)),
        "reserves": whole(0, 100),
        "rule": equal("weighted"),
        "rulebook": some(version=whole(1), sha256=HASH),
        "sealed_prices": SEALED,
        "winners": equal(1),
    },
    {
        "credit": some(count=COUNT, mean=MARKS, sha256=HASH, weight=whole(1, 20)),
        "experts": EXPERTS,
        "predecessor": ID,
        "response": some(limit=whole(1, 3650), weight=whole(1, 10)),
        "sealed_proposals": SEALED,
    },
)
"""A notice whose entrants are scored (ADR 0055): by what, and to whose keys the quotes are sealed; by credit
and promised days, and with proposals that are files, where it says so (ADR 0077).
"""
PROPOSED_2 = Shape(
    {
        **{key: check for key, check in SCORED_2.required.items() if key != "price"},
        "criteria": listed(
            some(code=LOWER, weight=whole(1, 100), levels=listed(POINTS, 3, 5)), 1, 9
        ),
        "quote_rule": some(kind=equal("quote_fen"), floor=whole(0), ceiling=whole(1)),
        "rule": equal("proposal"),
        "sealed_proposals": SEALED,
    },
    {key: SCORED_2.optional[key] for key in ("experts", "predecessor")},
)
"""A notice whose proposals alone are scored (ADR 0065): to whose keys they are sealed, and the quotes."""
ENTRANT = some(no=NUMBER, ref=REF)
LEFT_OUT = some(by=BY, no=NUMBER, reason=LOWER, ref=REF)
SCORED_ROW = some(letter=LABEL, marks=listed(POINTS, 1, 9))
LISTED = Shape(
    {"completed": COUNT, "new": TRUTH, "place": NUMBER, "ref": REF},
    {"on_time": MARKS, "stars": whole(0, 500)},
)
EXCLUDED_2 = Shape(
    {**EXCLUDED.required, "reason": LOWER},
    {**EXCLUDED.optional, "leaf": whole(0)},  # `leaf`: where the log proves the reason
)
UNOPENED = some(no=NUMBER, reason=LOWER, ref=REF)
LISTS = {"entrants": listed(ROW), "excluded": listed(EXCLUDED_2), "unopened": listed(UNOPENED)}
OPENED_ROW = Shape(
    {"no": NUMBER, "nonce": SALT, "salt": SALT},
    {**QUOTE, "proposal": HASH, "proposal_b": HASH, "response": NUMBER},
)
UNOPENED_ROW = some(no=NUMBER, unopened=LOWER)
FROZEN = Shape(
    {"no": NUMBER, "path": listed(HASH, 0, 17), "place": COUNT, "salt": SALT}, {"marks": MARKS}
)
UNFROZEN = some(no=NUMBER)  # of an agency that came after the publication
PARTS = {"count": NUMBER, "parts": listed(HASH, 2, 400)}
DELIVERED = {"delivery": HASH}
SECOND = {"second": BY}

LEAVES_2: dict[str, tuple[Shape, ...]] = {
    **LEAVES,
    "notice.published": (NOTICE_2, DIRECT_2, SCORED_2, PROPOSED_2),
    "notice.amended": (
        Shape({**NOTICE_2.required, "at": TIME}, NOTICE_2.optional),
        Shape({**SCORED_2.required, "at": TIME}, SCORED_2.optional),
        Shape({**PROPOSED_2.required, "at": TIME}, PROPOSED_2.optional),
    ),
    "notice.paused": (Shape({"at": TIME, "draw": ID, "reason": LOWER, "by": BY}, SECOND),),
    "notice.cancelled": (Shape({"at": TIME, "draw": ID, "reason": LOWER, "by": BY}, SECOND),),
    "rulebook.approved": (some(at=TIME, by=BY, second=BY, sha256=HASH, version=whole(1)),),
    # entries and their boxes
    "entry.received": (
        Shape(
            {
                "at": TIME,
                "received_at": TIME,
                "commit": HASH,
                "draw": ID,
                "no": NUMBER,
                "undo": HASH,
            },
            {
                "again": HASH,
                "box": HASH,
                "sealed_by": BOX,
                "proposal": HASH,
                "proposal_b": HASH,
                "bid_key": HASH,
            },
        ),
    ),
    "entry.withdrawn": (some(at=TIME, received_at=TIME, draw=ID, no=NUMBER, token=HASH),),
    "entries.closed": (some(at=TIME, count=COUNT, draw=ID),),
    "drain.cut": (some(at=TIME, count=COUNT, draw=ID),),
    "entries.part": (Shape({"draw": ID, "part": NUMBER}, LISTS),),
    "entries.sealed": (
        Shape(
            {"at": TIME, "draw": ID, "entrants": listed(ROW, 0), "received": COUNT},
            {"excluded": LISTS["excluded"], "unopened": LISTS["unopened"]},
        ),
        Shape({"at": TIME, "draw": ID, "received": COUNT, **PARTS}),
    ),
    "entries.listed": (
        some(at=TIME, draw=ID, entrants=rows(ENTRANT), excluded=rows(LEFT_OUT), received=COUNT),
    ),
    "quote.key": (some(at=TIME, draw=PRICE_DRAW, id=HOLDER, sk=HASH),),
    "quote.explained": (some(at=TIME, draw=ID, no=NUMBER, sha256=HASH, by=BY, accepted=TRUTH),),
    "quote.escrowed": (some(at=TIME, by=BY, id=HOLDER, sha256=HASH),),
    "quotes.part": (some(draw=ID, part=NUMBER, rows=rows(OPENED_ROW, UNOPENED_ROW)),),
    "quotes.opened": (
        some(at=TIME, draw=ID, rows=rows(OPENED_ROW, UNOPENED_ROW)),
        Shape({"at": TIME, "draw": ID, **PARTS}),
    ),
    "proposal.unopened": (some(at=TIME, draw=ID, no=NUMBER, reason=LOWER, by=BY),),
    # lots
    "lot.fixed": (
        some(
            at=TIME,
            draw_at=TIME,
            draw=ID,
            label=LABEL,
            list_sha256=HASH,
            lot=LOT,
            sources=listed(SOURCE, 1, 8),
        ),
    ),
    "lot.drawn": (some(at=TIME, lot=LOT, seed=HASH),),
    "sample.planned": (
        Shape(
            {"at": TIME, "label": LABEL, "period": PERIOD, "share": whole(1, 10_000)},
            {"least": whole(0, 100_000), "most": whole(1, 100_000)},
        ),
    ),
    "sample.listed": (
        some(at=TIME, label=LABEL, period=PERIOD, sha256=HASH, count=whole(0, 10_000_000)),
    ),
    # jurors and their sheets
    "jurors.pool": (Shape({"at": TIME, "count": COUNT, "sha256": HASH, "by": BY}, SECOND),),
    "jurors.listed": (
        some(
            at=TIME,
            draw=ID,
            round=ROUND,
            refs=listed(HASH, 0),
            excluded=listed(some(ref=HASH, reason=LOWER), 0),
            pool=some(count=COUNT, sha256=HASH),
        ),
    ),
    "jurors.drawn": (
        some(at=TIME, draw=ID, round=ROUND, seats=listed(some(seat=SEAT, ref=HASH), 0, 99)),
    ),
    "jurors.named": (
        some(
            at=TIME,
            draw=ID,
            reserves=listed(HASH, 0, 9),
            seats=listed(some(seat=SEAT, ref=HASH), 1, 9),
        ),
    ),
    "juror.replaced": (
        Shape({"at": TIME, "draw": ID, "seat": SEAT, "ref": HASH, "reason": LOWER}, DELIVERED),
    ),
    "letters.fixed": (some(at=TIME, draw=ID, rows=rows(some(no=NUMBER, commit=HASH))),),
    "sheet.sealed": (
        some(at=TIME, draw=ID, seat=SEAT, sha256=HASH, letters=listed(LABEL, 0, 256)),
    ),
    "letters.opened": (
        some(at=TIME, draw=ID, rows=rows(some(letter=LABEL, no=NUMBER, proposal=HASH, salt=SALT))),
    ),
    "sheet.opened": (
        some(
            at=TIME,
            comments=HASH,
            draw=ID,
            juror=HASH,
            rows=rows(SCORED_ROW),
            salt=SALT,
            seat=SEAT,
        ),
    ),
    "sheets.closed": (some(at=TIME, draw=ID, count=COUNT),),
    "credit.frozen": (some(at=TIME, draw=ID, rows=rows(FROZEN, UNFROZEN)),),
    "shortlist.drawn": (
        some(at=TIME, choose_by=TIME, draw=ID, order=listed(REF, 1, 5), seed=HASH),
    ),
    # auctions and direct choice
    "auction.opened": (
        some(
            at=TIME,
            draw=ID,
            admitted=rows(some(no=NUMBER, pseudonym=PSEUDONYM)),
            refused=rows(some(no=NUMBER, reason=LOWER)),
        ),
    ),
    "auction.bid": (
        Shape(
            {
                "amount": whole(1, 10**15),
                "at": TIME,
                "draw": ID,
                "no": NUMBER,
                "received_ms": MS,
                "sequence": NUMBER,
            },
            {"signature": text(r"[0-9a-f]{128}")},
        ),
    ),
    "auction.frozen": (some(at=TIME, by=BY, draw=ID, reason=LOWER, since_ms=MS),),
    "auction.resumed": (some(at=TIME, by=BY, draw=ID, start=TIME),),
    "auction.closed": (some(at=TIME, bids=COUNT, draw=ID, end_ms=MS),),
    "direct.part": (some(draw=ID, part=NUMBER, rows=rows(LISTED)),),
    "direct.listed": (
        some(at=TIME, draw=ID, rows=rows(LISTED)),
        Shape({"at": TIME, "draw": ID, **PARTS}),
    ),
    "direct.offered": (some(amount=whole(1), at=TIME, draw=ID, ref=REF),),
    "direct.answered": (
        Shape({"at": TIME, "draw": ID, "ref": REF, "accepted": TRUTH}, {"reason": LOWER}),
    ),
    "owner.chose": (
        Shape({"at": TIME, "draw": ID, "ref": REF}, {"reason_sha256": HASH, "recommender": BY}),
    ),
    "ranking.result": (
        Shape(
            {
                "at": TIME,
                "draw": ID,
                "order": listed(REF, 0, protocol.PART_ROWS),
                "winners": NUMBER,
            },
            {"order_sha256": HASH, "seed": HASH},
        ),
    ),
    "result.skip": (some(at=TIME, by=BY, draw=ID, rank=NUMBER, reason=LOWER, ref=REF),),
    "source.failed": (
        some(
            at=TIME,
            by=BY,
            note=text(r"(?s).{1,4000}"),
            reason=LOWER,
            round=whole(1),
            source=ID,
        ),
    ),
    "source.lost": (
        some(
            at=TIME,
            by=BY,
            note=text(r"(?s).{1,4000}"),
            reason=LOWER,
            slot=whole(1, 10_000_000),
            source=ID,
        ),
    ),
    "tips.counted": (some(at=TIME, day=DAY, count=whole(0), root=HASH),),
}
