"""The lot of ties, which all ways that rank have in common.

A way that ranks says in its `Way`: `lot=TIE`, `problems`, `result_time`, `lay_down`, `amended`, `clock` and
`cancelled` of `promise`, `drained` and `sealed` of `lot` (its own where people still judge between the
seal and the lot: then it binds the draw to the leaf that fixes what is ranked), `SKIPPED` and `FINAL`
from here, and `ranked`. Of the rest it knows nothing: the notice promises one draw with its sources
and its instant, as a random draw does; the list is sealed and witnessed before any value is known; at
the instant the seed follows from notice, seal and values, whether anybody is equal or not, and
`ties.drawn` asks `ranked` for the order. Who is equal in every key is ordered by
`verify.zjcs.ways.by_keys` with the label `zjcs-draw/1/tie`, so the order is a function of what stands on
the log alone. Verifiers find it by the `rule` of the notice in `verify.zjcs.ranked.ORDERS` and its twin
in static/verify/ranked.js.
"""

import functools

from market.selection.lots.service import lot, ties
from market.selection.results.service import logged
from market.selection.way import TIE, LotUse
from verify.zjcs.draw import RANKED_2

LOTS = {TIE: LotUse(label=TIE, waiting=lot.waiting, drawn=ties.drawn, aborted=lot.aborted)}
SKIPPED = functools.partial(logged.skipped, alg=RANKED_2)
FINAL = functools.partial(logged.final, alg=RANKED_2)

__all__ = ["FINAL", "LOTS", "SKIPPED"]
