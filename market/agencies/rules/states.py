"""States of agencies and lines, with the steps between them (docs/rules.md#states); the window of a
certificate. Pure.
"""

import enum

from market.kernel import states
from market.kernel.errors import Refusal
from market.windows import rules as windows


class State(enum.StrEnum):
    """An agency from the first page of its enrolment until it has left."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REFUSING = "refusing"
    REFUSED = "refused"
    PROVISIONAL = "provisional"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKING = "revoking"
    REVOKED = "revoked"
    EXITING = "exiting"
    EXITED = "exited"
    REMOVING = "removing"
    REMOVED = "removed"


NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.RETURNED, State.REFUSING, State.PROVISIONAL, State.ACTIVE}),
    # Not corrected in time: the application ends, what was filled in stays and may be submitted
    # anew.
    State.RETURNED: frozenset({State.SUBMITTED, State.DRAFT}),
    State.REFUSING: frozenset({State.REFUSED, State.PROVISIONAL, State.ACTIVE}),
    State.REFUSED: frozenset({State.SUBMITTED}),
    State.PROVISIONAL: frozenset({State.ACTIVE, State.SUSPENDED, State.REVOKING}),
    State.ACTIVE: frozenset({State.SUSPENDED, State.EXITING, State.REMOVING, State.REVOKING}),
    State.SUSPENDED: frozenset({State.ACTIVE, State.PROVISIONAL, State.REMOVING, State.REVOKING}),
    # A procedure that ends without taking anything leaves the agency where its documents put it.
    State.REVOKING: frozenset({State.REVOKED, State.PROVISIONAL, State.ACTIVE}),
    State.REVOKED: frozenset({State.SUBMITTED}),
    State.EXITING: frozenset({State.EXITED, State.ACTIVE}),
    State.EXITED: frozenset({State.SUBMITTED}),
    State.REMOVING: frozenset({State.REMOVED, State.PROVISIONAL, State.ACTIVE}),
    State.REMOVED: frozenset({State.SUBMITTED}),
}
EDITABLE = frozenset(
    {State.DRAFT, State.RETURNED, State.REFUSED, State.REVOKED, State.EXITED, State.REMOVED}
)
"""While the agency itself may change what it fills in: before an application, during its correction, after an end."""
GROWING = frozenset({State.ACTIVE, State.PROVISIONAL, State.SUSPENDED})
"""While an enrolled agency may add items and renew certificates."""
MAY_ENTER = frozenset({State.ACTIVE, State.PROVISIONAL})
PUBLIC = frozenset(
    {
        State.PROVISIONAL,
        State.ACTIVE,
        State.SUSPENDED,
        State.REVOKING,
        State.REVOKED,
        State.EXITING,
        State.EXITED,
        State.REMOVING,
        State.REMOVED,
    }
)
"""States in which the public sees the agency at all."""
SHOWN_AS = {State.EXITING: State.SUSPENDED, State.REMOVING: State.SUSPENDED}
"""What a stranger is told instead: an intention is no decision (only the agency, the office and the regulator see it)."""
SHOWN = tuple(state for state in State if state in PUBLIC and state not in SHOWN_AS)
"""The states that the public can be told, in their order."""
IN_BUSINESS = PUBLIC - {State.REVOKED, State.EXITED, State.REMOVED}


class Fact(enum.StrEnum):
    """A fact of a register that of itself stops new entries, until it is cured (AG-C06, AG-C07)."""

    ABNORMAL = "abnormal"
    DISHONEST = "dishonest"
    LICENCE = "licence"
    CERTIFICATE = "certificate"


class LineState(enum.StrEnum):
    """One service line (item) of one agency. 即将到期 is a comparison of dates and no state."""

    PENDING = "pending"
    REFUSED = "refused"
    PROVISIONAL = "provisional"
    ACTIVE = "active"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    ABOLISHED = "abolished"
    BARRED = "barred"


LINE_NEXT: dict[LineState, frozenset[LineState]] = {
    LineState.PENDING: frozenset(
        {LineState.ACTIVE, LineState.PROVISIONAL, LineState.REFUSED, LineState.BARRED}
    ),
    LineState.REFUSED: frozenset({LineState.PENDING}),
    LineState.PROVISIONAL: frozenset(
        {LineState.ACTIVE, LineState.LAPSED, LineState.SUSPENDED, LineState.WITHDRAWN}
    ),
    LineState.ACTIVE: frozenset(
        {LineState.LAPSED, LineState.SUSPENDED, LineState.WITHDRAWN, LineState.ABOLISHED}
    ),
    LineState.LAPSED: frozenset({LineState.PENDING}),
    LineState.SUSPENDED: frozenset({LineState.ACTIVE}),
    LineState.WITHDRAWN: frozenset({LineState.PENDING}),
    LineState.BARRED: frozenset({LineState.ACTIVE}),
}
LINE_REQUESTABLE = frozenset({LineState.LAPSED, LineState.REFUSED, LineState.WITHDRAWN})
"""Lines that an enrolled agency may ask for again."""
LINE_OPEN = frozenset({LineState.ACTIVE, LineState.PROVISIONAL})
LINE_PUBLIC = frozenset(
    {
        LineState.PROVISIONAL,
        LineState.ACTIVE,
        LineState.LAPSED,
        LineState.SUSPENDED,
        LineState.WITHDRAWN,
        LineState.ABOLISHED,
    }
)


class Type(enum.StrEnum):
    """What an agency is in law (docs/rules.md#agency-fields)."""

    ENTERPRISE = "enterprise"
    INSTITUTION = "institution"
    SOCIAL = "social"
    INDIVIDUAL = "individual"


class Tier(enum.StrEnum):
    """Where an agency is registered, seen from here: counted as Ruichang counts, never a condition
    of a notice.
    """

    HERE = "here"
    CITY = "city"
    PROVINCE = "province"
    ELSEWHERE = "elsewhere"


QUALIFICATION = windows.Kind("agencies.qualification", windows.Nature.ACT, "资质到期")
WINDOW_KINDS = {QUALIFICATION.name: QUALIFICATION}


def move(old: State, new: State) -> State:
    """The step, or the refusal `agency.wrong_state`."""
    return states.move(NEXT, old, new, "agency.wrong_state")


def wrong_state(old: State) -> Refusal:
    """The refusal where the table would allow the step and this deed does not."""
    return Refusal("agency.wrong_state", old=str(old))


def move_line(old: LineState, new: LineState) -> LineState:
    """The step, or the refusal `agency.line_wrong_state`."""
    return states.move(LINE_NEXT, old, new, "agency.line_wrong_state")


ANNOUNCED = (60, 30, 7)
"""How many days before its end a certificate's end is announced to its agency (docs/rules.md#expiry)."""


def announcement(days_left: int, made: int | None) -> int | None:
    """Which announcement is due now, as its days; None for none. After a downtime the nearest alone
    is made, and none twice.
    """
    reached = [days for days in ANNOUNCED if 0 <= days_left <= days]
    nearest = min(reached, default=None)
    return nearest if nearest is not None and (made is None or nearest < made) else None
