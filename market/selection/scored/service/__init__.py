"""综合评分 as a way of selecting: criteria promised, sheets sealed, quotes opened, order computed."""

import functools

from market.selection.kinds import Method
from market.selection.results.service import logged
from market.selection.scored.service import judging, promise
from market.selection.scored.service.judging import declare, hand_in, mark, recuse, replace
from market.selection.scored.service.opening import open_quotes
from market.selection.scored.service.terms import people, set_terms
from market.selection.way import Opening, Way
from verify.zjcs import draw as protocol

WAYS = {
    Method.WEIGHTED: Way(
        method=Method.WEIGHTED,
        opening=Opening.AFTER_SHEETS,
        takes_proposals=True,
        sets_result_time=True,
        problems=promise.problems,
        result_time=promise.result_time,
        lay_down=promise.lay_down,
        amended=promise.amended,
        clock=promise.clock,
        cancelled=promise.nothing,
        drained=promise.nothing,
        sealed=judging.sealed,
        skipped=functools.partial(logged.skipped, alg=protocol.RANKED_2),
        final=functools.partial(logged.final, alg=protocol.RANKED_2),
    )
}

__all__ = [
    "WAYS",
    "declare",
    "hand_in",
    "mark",
    "open_quotes",
    "people",
    "recuse",
    "replace",
    "set_terms",
]
