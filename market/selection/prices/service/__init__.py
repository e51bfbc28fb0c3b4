"""Ranking by price alone as ways of selecting: one room, a row of the table for each method."""

from market.selection.lots.service import FINAL, SKIPPED, lot, promise
from market.selection.prices.rules import LEAST
from market.selection.prices.service.ranking import ranked
from market.selection.way import TIE, Way

WAYS = {
    method: Way(
        method=method,
        lot=TIE,
        least=least,
        problems=promise.ranked_problems,
        result_time=promise.result_time,
        lay_down=promise.lay_down,
        amended=promise.amended,
        clock=promise.clock,
        cancelled=promise.cancelled,
        drained=lot.drained,
        sealed=lot.sealed,
        skipped=SKIPPED,
        final=FINAL,
        ranked=ranked,
    )
    for method, least in LEAST.items()
}

__all__ = ["WAYS"]
