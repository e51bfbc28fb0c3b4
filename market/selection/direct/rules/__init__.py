"""The law of direct choice: who may be offered the work, and for how long both sides may think. Pure."""

import enum

from market.kernel.states import move
from market.windows.rules import Kind, Nature

CHOOSE = Kind("direct.choose", Nature.RIGHT, "选定中介机构", remind_before=(1, 0))
ANSWER = Kind("direct.answer", Nature.RIGHT, "答复是否接受选定", remind_before=(1, 0))
WINDOW_KINDS = {CHOOSE.name: CHOOSE, ANSWER.name: ANSWER}
SILENT = "silent"
REFUSED = "refused"
WEIGHTS = {"completed": 20, "evaluation": 50, "on_time": 30}
"""Of the recommender, in points (domain rules; docs/rules.md#scores)."""
PRIOR_MATTERS = 5
"""With so many matters of the platform's mean everybody starts."""
NEW_MONTHS = 24
"""Who has won nothing here for so many months is a newcomer."""


class OfferState(enum.StrEnum):
    """What became of an offer to an agency."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"


NEXT = {
    OfferState.WAITING: {
        OfferState.ACCEPTED,
        OfferState.REFUSED,
        OfferState.SILENT,
        OfferState.WITHDRAWN,
    }
}


def move_offer(old: OfferState, new: OfferState) -> OfferState:
    """The step, or the refusal `direct.wrong_state`."""
    return move(NEXT, old, new, "direct.wrong_state")
