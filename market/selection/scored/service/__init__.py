"""综合评分 and 方案比选 as ways of selecting: criteria promised, sheets sealed, quotes opened, order
computed. What one does otherwise than the other stands in one table: whether the quote is scored (its
notice's terms say so), and when a proposal is a file instead of a text (ADR 0055, 0065, 0077).
"""

import functools
from collections.abc import Callable, Mapping

from market.selection.kinds import Method
from market.selection.results.service import logged
from market.selection.scored.rules import asks_files
from market.selection.scored.service import drawing, judging, promise
from market.selection.scored.service.drawing import Told, bar_gone, replace_silent
from market.selection.scored.service.judging import (
    declare,
    decline,
    hand_in,
    mark,
    recuse,
    replace,
)
from market.selection.scored.service.opening import open_quotes
from market.selection.scored.service.terms import people, set_terms
from market.selection.way import Opening, Way, always
from verify.zjcs import draw as protocol

FILES = ("proposal", "proposal_b")
"""Part A, which is judged, and the named part B, which may be missing and opens with the quotes."""
ASKS: Mapping[Method, Callable[[Mapping[str, object]], bool]] = {
    Method.WEIGHTED: asks_files,
    Method.PROPOSAL: always,
}
"""Whether an entrant of a notice uploads sealed files; else its proposal is a text."""


WAYS = {
    method: Way(
        method=method,
        opening=Opening.AFTER_SHEETS,
        takes_proposals=asked is not always,
        boxes=FILES,
        asks_files=asked,
        sets_result_time=True,
        problems=promise.problems,
        result_time=promise.result_time,
        lay_down=promise.lay_down,
        amended=promise.amended,
        clock=promise.clock,
        cancelled=promise.nothing,
        closed=promise.closed,
        drained=promise.nothing,
        sealed=judging.sealed,
        skipped=functools.partial(logged.skipped, alg=protocol.RANKED_2),
        final=functools.partial(logged.final, alg=protocol.RANKED_2),
    )
    for method, asked in ASKS.items()
}

LOTS = drawing.LOTS
__all__ = [
    "LOTS",
    "WAYS",
    "Told",
    "bar_gone",
    "declare",
    "decline",
    "hand_in",
    "mark",
    "open_quotes",
    "people",
    "recuse",
    "replace",
    "replace_silent",
    "set_terms",
]
