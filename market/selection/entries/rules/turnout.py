"""How many entrants a selection needs, and why a sealed list cannot be drawn
(docs/rules.md#decision-13, docs/rules.md#decision-14). Pure.
"""

from collections.abc import Collection, Mapping

from market.selection.kinds import Failure, Fund
from verify.zjcs.quoting import OUTSIDE


def least_entrants(fund: Fund, listing: int, by_fund: Mapping[Fund, int], relisted: int) -> int:
    """The minimum of entrants: by kind of funds at first, never more than `relisted` from the
    second listing on.
    """
    return by_fund[fund] if listing == 1 else min(by_fund[fund], relisted)


def failure(
    received: int, listed: int, least: int, left_out: Collection[str] = ()
) -> Failure | None:
    """Why a list that was sealed cannot be drawn; None when it can. Counts: entries not withdrawn,
    entries listed. `left_out`: the codes for which the others are not on it.
    """
    if received == 0:
        return Failure.NO_ENTRANT
    if listed == 0 and left_out and set(left_out) <= set(OUTSIDE):
        return Failure.ALL_QUOTES_INVALID
    if listed == 0:
        return Failure.ALL_INELIGIBLE
    return Failure.TOO_FEW if listed < least else None
