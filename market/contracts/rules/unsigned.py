"""The way out of an award that nobody signs: both sides are heard, the party at fault is found by two
persons, and the matter goes on (未签合同的责任认定). Pure.

Source: docs/rules.md#unsigned-award.
"""

import dataclasses
import enum

from market.kernel.states import move
from market.windows.rules import Kind, Nature

HEARING = Kind("contracts.hearing", Nature.RIGHT, "陈述未签合同的原因", remind_before=(1, 0))
FIND = Kind("contracts.find", Nature.DUTY, "认定未签合同的责任")
UNSIGNED_WINDOWS = {HEARING.name: HEARING, FIND.name: FIND}


class UnsignedState(enum.StrEnum):
    """Where the procedure stands. The clock hears and hands on; persons find."""

    HEARING = "hearing"
    FINDING = "finding"
    PROPOSED = "proposed"
    DECIDED = "decided"
    ENDED = "ended"  # signed after all, given up, or the letter ended otherwise


NEXT_UNSIGNED = {
    UnsignedState.HEARING: frozenset({UnsignedState.FINDING, UnsignedState.ENDED}),
    UnsignedState.FINDING: frozenset({UnsignedState.PROPOSED, UnsignedState.ENDED}),
    UnsignedState.PROPOSED: frozenset(
        {UnsignedState.DECIDED, UnsignedState.FINDING, UnsignedState.ENDED}
    ),
}
OPEN = frozenset({UnsignedState.HEARING, UnsignedState.FINDING, UnsignedState.PROPOSED})


class Fault(enum.StrEnum):
    """Whose fault it is that there is no contract."""

    AGENCY = "agency"
    OWNER = "owner"
    NEITHER = "neither"


class Way(enum.StrEnum):
    """How the matter goes on."""

    NEXT_RANK = "next_rank"
    RELIST = "relist"
    MORE_TIME = "more_time"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Found:
    """What is found, why, and on what basis: reasons and basis are for the parties."""

    fault: Fault
    reasons: str
    basis: str


def move_unsigned(old: UnsignedState, new: UnsignedState) -> UnsignedState:
    """The step, or the refusal `unsigned.wrong_state`."""
    return move(NEXT_UNSIGNED, old, new, "unsigned.wrong_state")


def way_on(fault: Fault, round_: int) -> Way:
    """An agency at fault makes way for the next rank. With an owner at fault nobody is asked to sign
    with it: the result is annulled and may be listed again. Where neither is, the days for signing
    run once more, once: nothing hangs for ever.
    """
    if fault is Fault.AGENCY:
        return Way.NEXT_RANK
    if fault is Fault.NEITHER and round_ == 1:
        return Way.MORE_TIME
    return Way.RELIST
