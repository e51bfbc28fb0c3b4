"""The states of a rank and the steps between them (docs/rules.md#states). Pure."""

import enum

from market.kernel.states import move


class RankState(enum.StrEnum):
    """One place of the published order."""

    PROPOSED = "proposed"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"
    WON = "won"
    DISQUALIFIED = "disqualified"
    DECLINED = "declined"
    VOID = "void"


GONE = frozenset({RankState.DISQUALIFIED, RankState.DECLINED, RankState.VOID})
NEXT_RANK = {
    RankState.PROPOSED: {RankState.WON, *GONE},
    RankState.WON: GONE,
    RankState.RESERVE: {RankState.PROPOSED, *GONE},
    RankState.NOT_SELECTED: {RankState.PROPOSED, *GONE},
}


def move_rank(old: RankState, new: RankState) -> RankState:
    """The step, or the refusal `result.wrong_state`."""
    return move(NEXT_RANK, old, new, "result.wrong_state")
