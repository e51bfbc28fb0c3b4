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


NEXT_DRAW = {
    DrawState.SCHEDULED: {DrawState.SEALING, DrawState.CANCELLED},
    DrawState.SEALING: {DrawState.WAITING_SLOT, DrawState.TOO_FEW},
    DrawState.WAITING_SLOT: {DrawState.WAITING_VALUE, DrawState.ABORTED},
    DrawState.WAITING_VALUE: {DrawState.DRAWN, DrawState.ABORTED, DrawState.SOURCE_LOST},
    DrawState.SOURCE_LOST: {DrawState.DRAWN, DrawState.ABORTED, DrawState.WAITING_VALUE},
}


def move_draw(old: DrawState, new: DrawState) -> DrawState:
    """The step, or the refusal `draw.wrong_state`."""
    return move(NEXT_DRAW, old, new, "draw.wrong_state")
