"""The states of a draw and the steps between them (docs/rules.md#states). Pure."""

import enum

from market.kernel.states import move


class DrawState(enum.StrEnum):
    """A draw. There is no state that draws again."""

    SCHEDULED = "scheduled"
    SEALING = "sealing"
    WAITING_SLOT = "waiting_slot"
    WAITING_VALUE = "waiting_value"
    SOURCE_LOST = "source_lost"
    DRAWN = "drawn"
    TOO_FEW = "too_few"
    ABORTED = "aborted"
    CANCELLED = "cancelled"


D = DrawState
NEXT_DRAW = {
    D.SCHEDULED: {D.SEALING, D.CANCELLED},
    D.SEALING: {D.WAITING_SLOT, D.TOO_FEW},
    D.WAITING_SLOT: {D.WAITING_VALUE, D.ABORTED},
    D.WAITING_VALUE: {D.DRAWN, D.ABORTED, D.SOURCE_LOST},
    D.SOURCE_LOST: {D.DRAWN, D.ABORTED, D.WAITING_VALUE},
}


def move_draw(old: DrawState, new: DrawState) -> DrawState:
    """The step, or the refusal `draw.wrong_state`."""
    return move(NEXT_DRAW, old, new, "draw.wrong_state")
