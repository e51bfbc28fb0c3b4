"""The states of a notice and the steps between them (docs/rules.md#states). Pure."""

import datetime as dt
import enum

from market.kernel.states import move


class NoticeState(enum.StrEnum):
    """A notice from draft to the end of the service it asked for."""

    DRAFT = "draft"
    AWAITING_SIGNATURE = "awaiting_signature"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REFUSED = "refused"
    ENTRY_OPEN = "entry_open"
    PAUSED = "paused"
    SEALED = "sealed"
    WAITING_VALUE = "waiting_value"
    SCORING = "scoring"
    ANNOUNCED = "announced"
    HELD = "held"
    AWARDED = "awarded"
    CONTRACTED = "contracted"
    IN_SERVICE = "in_service"
    DELIVERED = "delivered"
    CLOSED = "closed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ANNULLED = "annulled"
    TERMINATED = "terminated"
    RELISTED = "relisted"


N = NoticeState
NEXT_NOTICE = {
    N.DRAFT: {N.AWAITING_SIGNATURE, N.SUBMITTED},
    N.AWAITING_SIGNATURE: {N.SUBMITTED, N.DRAFT, N.RETURNED},
    N.SUBMITTED: {N.ENTRY_OPEN, N.RETURNED, N.REFUSED},
    N.RETURNED: {N.AWAITING_SIGNATURE, N.SUBMITTED},
    N.ENTRY_OPEN: {N.SEALED, N.PAUSED, N.CANCELLED},
    N.PAUSED: {N.ENTRY_OPEN, N.CANCELLED},
    N.SEALED: {N.WAITING_VALUE, N.SCORING, N.ANNOUNCED, N.FAILED},
    N.WAITING_VALUE: {N.ANNOUNCED, N.FAILED},
    N.SCORING: {N.ANNOUNCED, N.FAILED},
    N.ANNOUNCED: {N.HELD, N.AWARDED, N.ANNULLED},
    N.HELD: {N.ANNOUNCED, N.AWARDED, N.ANNULLED},
    N.AWARDED: {N.CONTRACTED, N.ANNULLED, N.TERMINATED},
    N.CONTRACTED: {N.IN_SERVICE, N.TERMINATED},
    N.IN_SERVICE: {N.DELIVERED, N.TERMINATED},
    N.DELIVERED: {N.CLOSED, N.IN_SERVICE},
    N.FAILED: {N.RELISTED},
    N.CANCELLED: {N.RELISTED},
    N.ANNULLED: {N.ANNOUNCED, N.RELISTED},
    N.TERMINATED: {N.RELISTED},
}

DISCARDED_LASTS = dt.timedelta(days=7)
"""How long a draft that was thrown away can be taken back (docs/rules.md#settings)."""
EDITABLE = frozenset({N.DRAFT, N.RETURNED})
UNPUBLISHED = frozenset({N.DRAFT, N.AWAITING_SIGNATURE, N.SUBMITTED, N.RETURNED, N.REFUSED})
OPENED = frozenset(NoticeState) - UNPUBLISHED - {N.ENTRY_OPEN, N.PAUSED, N.CANCELLED}
"""The states in which who entered is public (after the sealing); `relisted` of a cancelled one has no list to show."""
RELISTABLE = frozenset({N.FAILED, N.CANCELLED, N.ANNULLED, N.TERMINATED})


def move_notice(old: NoticeState, new: NoticeState) -> NoticeState:
    """The step, or the refusal `notice.wrong_state`."""
    return move(NEXT_NOTICE, old, new, "notice.wrong_state")
