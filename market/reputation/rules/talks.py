"""A talk with an agency (约谈) about a record: called for a day, its record signed by both sides. It needs
no article, for it takes nothing. Pure.

Source: docs/rules.md#credit.
"""

import datetime as dt
import enum

from market.kernel.errors import Invalid, Refusal
from market.kernel.states import move
from market.reputation.rules.behaviours import Party
from market.reputation.rules.events import CreditState


class TalkState(enum.StrEnum):
    """Where a talk stands."""

    CALLED = "called"
    HELD = "held"  # its record is written and signed by the body, the agency has not signed yet
    SIGNED = "signed"
    UNSIGNED = "unsigned"  # the agency did not sign, and the body said so
    CANCELLED = "cancelled"


ENDS = frozenset({TalkState.SIGNED, TalkState.UNSIGNED, TalkState.CANCELLED})
TALK_NEXT: dict[TalkState, frozenset[TalkState]] = {
    TalkState.CALLED: frozenset({TalkState.HELD, TalkState.CANCELLED}),
    TalkState.HELD: ENDS,
}


def move_talk(old: TalkState, new: TalkState) -> TalkState:
    """The step, or the refusal `credit.talk_state`."""
    return move(TALK_NEXT, old, new, "credit.talk_state")


def may_talk(state: CreditState, party: Party) -> bool:
    """Whether an agency may be called to talk about a record: one of its own that stands."""
    return state is CreditState.IN_FORCE and party is Party.AGENCY


def check_may_talk(state: CreditState, party: Party) -> None:
    """Refuses `credit.no_talk`."""
    if not may_talk(state, party):
        raise Refusal("credit.no_talk")


def check_talk_day(on: dt.date | None, today: dt.date) -> dt.date:
    """The day of a talk lies ahead. Refuses `credit.talk_day`."""
    if on is None or on <= today:
        raise Invalid("credit.talk_day", field="on")
    return on
