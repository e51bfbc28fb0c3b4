"""信用择优 as a way of selecting: credit promised and frozen, a shortlist drawn, the owner's choice."""

from market.selection.kinds import Method
from market.selection.lots.service import FINAL, SKIPPED, lot
from market.selection.shortlist.rules import CHOOSE, LEAST
from market.selection.shortlist.service import choosing, drawing, promise
from market.selection.shortlist.service.choosing import choose, no_choice
from market.selection.shortlist.service.terms import set_lists
from market.selection.way import BALL, LotUse, Way

WAYS = {
    Method.CREDIT_SHORTLIST: Way(
        method=Method.CREDIT_SHORTLIST,
        lot=BALL,
        least=LEAST,
        problems=promise.problems,
        result_time=promise.result_time,
        lay_down=promise.lay_down,
        amended=promise.amended,
        clock=promise.clock,
        cancelled=promise.cancelled,
        closed=promise.closed,
        drained=lot.drained,
        sealed=lot.sealed,
        skipped=SKIPPED,
        final=FINAL,
    )
}
LOTS = {BALL: LotUse(label=BALL, waiting=lot.waiting, drawn=drawing.drawn, aborted=lot.aborted)}
WINDOW_HANDLERS = {CHOOSE.name: choosing.no_choice}

__all__ = ["LOTS", "WAYS", "WINDOW_HANDLERS", "choose", "no_choice", "set_lists"]
