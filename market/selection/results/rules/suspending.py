"""An order of the sector regulator that suspends a selection: before the close a pause, after it a hold of the
result (docs/rules.md#suspension). Pure.
"""

import enum

from market.kernel.errors import Invalid, Refusal
from market.kernel.states import move
from market.kernel.visible import trimmed
from market.selection.notices.rules.states import AUCTIONING, NoticeState
from market.windows.rules import Kind, Nature

SUSPENSION = Kind("result.suspension", Nature.ACT, "责令暂停的期限")


class SuspensionState(enum.StrEnum):
    """An order from its proposal to its end; `lifting`: its end is proposed."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    LIFTING = "lifting"
    ENDED = "ended"
    DROPPED = "dropped"


NEXT_SUSPENSION = {
    SuspensionState.PROPOSED: {SuspensionState.IN_FORCE, SuspensionState.DROPPED},
    SuspensionState.IN_FORCE: {SuspensionState.LIFTING, SuspensionState.ENDED},
    SuspensionState.LIFTING: {SuspensionState.IN_FORCE, SuspensionState.ENDED},
}
LIVE = (SuspensionState.PROPOSED, SuspensionState.IN_FORCE, SuspensionState.LIFTING)
HOLDS = (SuspensionState.IN_FORCE, SuspensionState.LIFTING)


class Effect(enum.StrEnum):
    """What an order does: a pause moves the close later, a hold keeps the letter back."""

    PAUSE = "pause"
    HOLD = "hold"


BEFORE = frozenset({NoticeState.ENTRY_OPEN})
AFTER = frozenset(
    {
        NoticeState.SEALED,
        NoticeState.WAITING_VALUE,
        NoticeState.SCORING,
        NoticeState.SHORTLISTED,
        *AUCTIONING,
        NoticeState.CHOOSING,
        NoticeState.OFFERED,
        NoticeState.ANNOUNCED,
        NoticeState.HELD,
    }
)


def move_suspension(old: SuspensionState, new: SuspensionState) -> SuspensionState:
    """The step, or the refusal `suspension.wrong_state`."""
    return move(NEXT_SUSPENSION, old, new, "suspension.wrong_state")


def effect_of(state: NoticeState, *, is_closed: bool) -> Effect:
    """What an order would do to a notice in a state. Refuses `suspension.too_late` once its letter
    may have left, and where it has ended.
    """
    if state in BEFORE:
        return Effect.HOLD if is_closed else Effect.PAUSE
    if state in AFTER:
        return Effect.HOLD
    raise Refusal("suspension.too_late")


def check_days(days: int | None, cap: int, used: int = 0) -> int:
    """So many days of a pause (working days) or a hold (calendar days), within what is left of its
    cap. Refuses `suspension.days` at `days`.
    """
    left = cap - used
    if days is None or not 1 <= days <= left:
        raise Invalid("suspension.days", field="days", most=left)
    return days


def check_words(text: str, field: str) -> str:
    """A reason or a basis. Refuses `suspension.no_words`."""
    said = trimmed(text)
    if not said:
        raise Invalid("suspension.no_words", field=field)
    return said
