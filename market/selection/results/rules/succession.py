"""What each rank of an order means, and who follows one who drops out
(docs/rules.md#decision-13, docs/rules.md#decision-14). Pure.
"""

from collections.abc import Sequence

from market.selection.results.rules.states import GONE, RankState


def standing_of(rank: int, winners: int, reserves: int) -> RankState:
    """What a fresh rank means: proposed, reserve, or not selected (who still follows when all
    before him drop out).
    """
    if rank <= winners:
        return RankState.PROPOSED
    return RankState.RESERVE if rank <= winners + reserves else RankState.NOT_SELECTED


def next_in_order(states: Sequence[RankState]) -> int | None:
    """The place (from 0) of the first rank that has not dropped out; None when the order is
    exhausted.
    """
    return next((place for place, state in enumerate(states) if state not in GONE), None)
