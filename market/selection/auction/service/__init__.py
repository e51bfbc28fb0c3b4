"""The two auctions as ways of selecting: one room, a row of the table for each."""

from market.selection.auction.rules import LEAST, METHODS
from market.selection.auction.service import opening, promising
from market.selection.auction.service.bidding import bid
from market.selection.auction.service.closing import begin, close
from market.selection.auction.service.freezing import freeze, resume
from market.selection.auction.service.ranking import ranked
from market.selection.auction.service.terms import set_terms
from market.selection.lots.service import FINAL, SKIPPED, lot, promise
from market.selection.way import TIE, Opening, Way

WAYS = {
    method: Way(
        method=method,
        lot=TIE,
        least=LEAST,
        opening=Opening.NONE,
        sets_result_time=True,
        problems=promising.problems,
        result_time=promising.result_time,
        lay_down=promising.lay_down,
        amended=promising.amended,
        clock=promise.clock,
        cancelled=promise.cancelled,
        drained=promising.nothing,
        admitted=opening.admitted,
        sealed=lot.sealed,
        skipped=SKIPPED,
        final=FINAL,
        ranked=ranked,
    )
    for method in sorted(METHODS)
}

__all__ = ["WAYS", "begin", "bid", "close", "freeze", "ranked", "resume", "set_terms"]
