"""Opening what was sealed: by the clock's own key before zjcs-draw/2, since then by the keys that both
holders have handed in, each step as outsiders repeat it.
"""

import json
from collections.abc import Callable

from market.adapters.keys import open_sealed
from market.db import Work
from market.kernel.errors import Refusal
from market.kernel.plain import Json
from market.selection.entries.models import Entry
from market.selection.entries.queries import keys as key_queries
from market.selection.entries.rules import entering
from market.selection.notices.models import Notice
from market.selection.quotes import queries as quote_queries
from market.selection.way import boxes_of
from verify.zjcs import boxes, openings
from verify.zjcs import draw as protocol
from verify.zjcs.boxes import Purpose, Unopened
from verify.zjcs.openings import Expected, Rule

Opener = Callable[[Entry], Json]
"""The opening of an entry with its salt; Unopened with the first step that fails."""


def by_the_clock(private_key: bytes) -> Opener:
    """The opener of a notice whose quotes are sealed to the clock's key (ADR 0005)."""
    return lambda entry: json.loads(open_sealed(private_key, entry.sealed))


def by_released_keys(work: Work, notice: Notice) -> Opener:
    """The opener of a notice whose quotes are sealed to two keys.

    Refuses `draw.seal_too_early` before the entries are closed and the keys there.
    """
    draw = key_queries.stage_of(notice)
    promised = quote_queries.keys_of(work, draw)
    given = quote_queries.given(work, draw)
    if promised is None or notice.entries_closed_at is None or len(given) < promised.t:
        raise Refusal("draw.seal_too_early")
    kind = rule_of(notice).kind
    has_files = bool(boxes_of(notice.method, notice.way))
    has_days = entering.most_days(notice.way, notice.service_days) is not None

    def opened(entry: Entry) -> Json:
        purpose = Purpose(draw, entry.ref, boxes.QUOTE, promised.t)
        try:
            data = boxes.open_box(
                entry.sealed, str(entry.box_sha256), purpose, promised.trustees, given
            )
        except Unopened as no:
            if no.code == "box_hash":  # ours to answer for: the list is not sealed over it
                raise Refusal("draw.box_damaged", no=entry.no) from None
            raise
        expected = Expected(entry.ref, draw, entry.commit, has_files, has_days)
        return openings.read(data, expected, kind)

    return opened


def rule_of(notice: Notice) -> Rule:
    """What the notice's first leaf promised of a quote; amounts in fen."""
    said = notice.quote_rule or {"kind": openings.FEN}
    return Rule(said["kind"], said.get("floor"), said.get("ceiling"))


def row_of(entry: Entry, opened: Json) -> Json:
    """The row of the seal: what opens the commitment."""
    said = (*openings.MOST, *protocol.DOCUMENTS, protocol.RESPONSE)
    quote = {name: opened[name] for name in said if name in opened}
    return {
        "no": entry.no,
        "nonce": opened["nonce"],
        "ref": entry.ref,
        "salt": opened["salt"],
        **quote,
    }


def amount_of(opened: Json, notice: Notice) -> int:
    """What a quote comes to (fen)."""
    return openings.amount_of(opened, rule_of(notice))


def keep(entry: Entry, opened: Json, amount: int) -> None:
    """Write down what was quoted: fen, of a rate the basis points too; and the days that were promised."""
    entry.rate_bp = opened.get(openings.RATE)
    entry.quote_fen = amount
    entry.response_days = opened.get(protocol.RESPONSE)


def outside(opened: Json, notice: Notice) -> str | None:
    """`below_floor`, `above_ceiling` by what the notice promised; None before zjcs-draw/2, whose page
    has checked that.
    """
    return None if notice.quote_rule is None else openings.outside(opened, rule_of(notice))
