"""The random draw as a way of selecting, and what its lot is drawn for."""

from market.selection.draws.service import order
from market.selection.kinds import Method
from market.selection.lots.service import lot, promise
from market.selection.results.service import logged
from market.selection.way import TICKET, LotUse, Way

WAYS = {
    Method.RANDOM: Way(
        method=Method.RANDOM,
        problems=promise.problems,
        result_time=promise.result_time,
        lay_down=promise.lay_down,
        amended=promise.amended,
        clock=promise.clock,
        cancelled=promise.cancelled,
        drained=lot.drained,
        sealed=lot.sealed,
        skipped=logged.skipped,
        final=logged.final,
    )
}
LOTS = {TICKET: LotUse(label=TICKET, waiting=lot.waiting, drawn=order.drawn, aborted=lot.aborted)}

__all__ = ["LOTS", "WAYS"]
