"""Direct choice as a way of selecting: the owner chooses, the agency accepts (ADR 0044)."""

import functools

from market.selection.direct.rules import ANSWER, CHOOSE
from market.selection.direct.service import answering, offering, promise
from market.selection.direct.service.answering import answer, silent
from market.selection.direct.service.offering import no_choice, offer
from market.selection.kinds import Method
from market.selection.results.service import logged
from market.selection.way import Way
from verify.zjcs import draw as protocol

WAYS = {
    Method.DIRECT: Way(
        method=Method.DIRECT,
        has_entries=False,
        problems=promise.problems,
        result_time=promise.result_time,
        lay_down=promise.lay_down,
        amended=promise.no_amendment,
        clock=promise.clock,
        cancelled=answering.withdrawn,
        drained=promise.no_entries,
        sealed=promise.no_entries,
        skipped=functools.partial(logged.skipped, alg=protocol.RANKED_2),
        final=functools.partial(logged.final, alg=protocol.RANKED_2),
    )
}
WINDOW_HANDLERS = {CHOOSE.name: offering.no_choice, ANSWER.name: answering.silent}

__all__ = ["WAYS", "WINDOW_HANDLERS", "answer", "no_choice", "offer", "silent"]
