"""A pause that an owner asks for before the close (docs/rules.md#pause): later times, for a reason of a closed
list, decided by the office, or by the sector regulator once somebody has entered. Pure.
"""

import enum

from market.kernel.states import move
from market.windows.rules import Kind, Nature

ASKED = Kind("result.pause_asked", Nature.DUTY, "答复业主申请的暂停")
PAUSE = Kind("result.pause", Nature.ACT, "业主暂停的期限")


class PauseState(enum.StrEnum):
    """A pause from its proposal to its end; `asked`: the owner has signed it."""

    PROPOSED = "proposed"
    ASKED = "asked"
    IN_FORCE = "in_force"
    ENDED = "ended"
    REFUSED = "refused"
    DROPPED = "dropped"


class PauseCode(enum.StrEnum):
    """Why, as the log says it."""

    REQUIREMENTS = "requirements"
    APPROVAL = "approval"
    QUESTIONS = "questions"
    FORCE = "force"


NEXT_PAUSE = {
    PauseState.PROPOSED: {PauseState.ASKED, PauseState.DROPPED},
    PauseState.ASKED: {PauseState.IN_FORCE, PauseState.REFUSED, PauseState.DROPPED},
    PauseState.IN_FORCE: {PauseState.ENDED},
}
LIVE = (PauseState.PROPOSED, PauseState.ASKED, PauseState.IN_FORCE)
WAITING = (PauseState.PROPOSED, PauseState.ASKED)


def move_pause(old: PauseState, new: PauseState) -> PauseState:
    """The step, or the refusal `pause.wrong_state`."""
    return move(NEXT_PAUSE, old, new, "pause.wrong_state")
