"""The states of a complaint and the only steps between them (docs/rules.md#states)."""

import enum

from market.kernel.errors import Refusal
from market.kernel.states import move


class State(enum.StrEnum):
    """Where a complaint stands. Lateness is no state: it is dated on the row and noted once."""

    DRAFT = "draft"
    FILED = "filed"
    COMPLETING = "completing"
    TRANSFERRED = "transferred"
    ACCEPTED = "accepted"
    PAUSED = "paused"
    ESCALATED = "escalated"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    UPHELD = "upheld"
    PARTLY = "partly"
    DISMISSED = "dismissed"
    REMEDYING = "remedying"
    CALLBACK = "callback"
    CLOSED = "closed"


NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.FILED}),
    State.FILED: frozenset(
        {
            State.ACCEPTED,
            State.NOT_ACCEPTED,
            State.COMPLETING,
            State.TRANSFERRED,
            State.WITHDRAWN,
            State.ESCALATED,
        }
    ),
    # A completion that did not come leads back to filed: the body decides, silence does not
    # (decision 18).
    State.COMPLETING: frozenset({State.FILED, State.WITHDRAWN}),
    State.TRANSFERRED: frozenset({State.FILED, State.WITHDRAWN, State.ESCALATED}),
    State.ACCEPTED: frozenset(
        {
            State.PAUSED,
            State.WITHDRAWN,
            State.UPHELD,
            State.PARTLY,
            State.DISMISSED,
            State.ESCALATED,
        }
    ),
    State.PAUSED: frozenset({State.ACCEPTED, State.WITHDRAWN}),
    # The superior that took over owes what the late body owed: the acceptance decision, or the
    # decision.
    State.ESCALATED: frozenset(
        {
            State.ACCEPTED,
            State.NOT_ACCEPTED,
            State.WITHDRAWN,
            State.UPHELD,
            State.PARTLY,
            State.DISMISSED,
        }
    ),
    State.UPHELD: frozenset({State.REMEDYING}),
    State.PARTLY: frozenset({State.REMEDYING}),
    State.DISMISSED: frozenset({State.CALLBACK}),
    State.REMEDYING: frozenset({State.CALLBACK}),
    State.CALLBACK: frozenset({State.CLOSED, State.REMEDYING}),
}
HANDLED = frozenset(
    {
        State.FILED,
        State.COMPLETING,
        State.TRANSFERRED,
        State.ACCEPTED,
        State.PAUSED,
        State.ESCALATED,
    }
)
"""From filing to the decision: while a complaint is in one of these, the award is held (decision 17)."""
ENDED = frozenset({State.NOT_ACCEPTED, State.WITHDRAWN, State.CLOSED})
"""Nothing follows these."""


def move_state(old: State, new: State) -> State:
    """The step, or the refusal `complaint.wrong_state`."""
    return move(NEXT, old, new, "complaint.wrong_state")


def may_rule_on_acceptance(state: State, is_accepted: bool) -> None:
    """Refuse `complaint.wrong_state` unless the acceptance decision is what is owed now."""
    if not (state is State.FILED or (state is State.ESCALATED and not is_accepted)):
        raise Refusal("complaint.wrong_state", old=state.value, new=State.ACCEPTED.value)


def may_find(state: State, is_accepted: bool) -> None:
    """Refuse `complaint.wrong_state` unless the complaint is under investigation, also while its
    clock stands.
    """
    if not is_accepted or state not in (State.ACCEPTED, State.PAUSED, State.ESCALATED):
        raise Refusal("complaint.wrong_state", old=state.value, new=state.value)


def may_decide(state: State, is_accepted: bool) -> None:
    """Refuse `complaint.wrong_state` unless the complaint is accepted and under investigation."""
    if not (state is State.ACCEPTED or (state is State.ESCALATED and is_accepted)):
        raise Refusal("complaint.wrong_state", old=state.value, new=State.UPHELD.value)
