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
    CHOOSING = "choosing"
    OFFERED = "offered"
    SHORTLISTED = "shortlisted"
    AUCTION_READY = "auction_ready"
    AUCTION_RUNNING = "auction_running"
    AUCTION_FROZEN = "auction_frozen"


NEXT_NOTICE = {
    NoticeState.DRAFT: {NoticeState.AWAITING_SIGNATURE, NoticeState.SUBMITTED},
    NoticeState.AWAITING_SIGNATURE: {
        NoticeState.SUBMITTED,
        NoticeState.DRAFT,
        NoticeState.RETURNED,
    },
    NoticeState.SUBMITTED: {
        NoticeState.ENTRY_OPEN,
        NoticeState.CHOOSING,
        NoticeState.RETURNED,
        NoticeState.REFUSED,
    },
    NoticeState.RETURNED: {NoticeState.AWAITING_SIGNATURE, NoticeState.SUBMITTED},
    NoticeState.ENTRY_OPEN: {
        NoticeState.SEALED,
        NoticeState.AUCTION_READY,
        NoticeState.PAUSED,
        NoticeState.CANCELLED,
    },
    NoticeState.AUCTION_READY: {NoticeState.AUCTION_RUNNING},
    NoticeState.AUCTION_RUNNING: {NoticeState.AUCTION_FROZEN, NoticeState.SEALED},
    NoticeState.AUCTION_FROZEN: {NoticeState.AUCTION_READY},
    NoticeState.PAUSED: {NoticeState.ENTRY_OPEN, NoticeState.CANCELLED},
    NoticeState.SEALED: {
        NoticeState.WAITING_VALUE,
        NoticeState.SCORING,
        NoticeState.ANNOUNCED,
        NoticeState.FAILED,
    },
    NoticeState.WAITING_VALUE: {
        NoticeState.SHORTLISTED,
        NoticeState.ANNOUNCED,
        NoticeState.FAILED,
    },
    NoticeState.SHORTLISTED: {NoticeState.ANNOUNCED, NoticeState.FAILED},
    NoticeState.SCORING: {NoticeState.ANNOUNCED, NoticeState.FAILED},
    NoticeState.CHOOSING: {NoticeState.OFFERED, NoticeState.FAILED, NoticeState.CANCELLED},
    NoticeState.OFFERED: {
        NoticeState.CHOOSING,
        NoticeState.ANNOUNCED,
        NoticeState.FAILED,
        NoticeState.CANCELLED,
    },
    NoticeState.ANNOUNCED: {NoticeState.HELD, NoticeState.AWARDED, NoticeState.ANNULLED},
    NoticeState.HELD: {NoticeState.ANNOUNCED, NoticeState.AWARDED, NoticeState.ANNULLED},
    NoticeState.AWARDED: {NoticeState.CONTRACTED, NoticeState.ANNULLED, NoticeState.TERMINATED},
    NoticeState.CONTRACTED: {NoticeState.IN_SERVICE, NoticeState.TERMINATED},
    NoticeState.IN_SERVICE: {NoticeState.DELIVERED, NoticeState.TERMINATED},
    NoticeState.DELIVERED: {NoticeState.CLOSED, NoticeState.IN_SERVICE},
    NoticeState.FAILED: {NoticeState.RELISTED},
    NoticeState.CANCELLED: {NoticeState.RELISTED},
    NoticeState.ANNULLED: {NoticeState.ANNOUNCED, NoticeState.RELISTED},
    NoticeState.TERMINATED: {NoticeState.RELISTED},
}

DISCARDED_LASTS = dt.timedelta(days=7)
"""How long a draft that was thrown away can be taken back (docs/rules.md#settings)."""
AUCTIONING = frozenset(
    {NoticeState.AUCTION_READY, NoticeState.AUCTION_RUNNING, NoticeState.AUCTION_FROZEN}
)
"""From the close on, while entrants bid under pseudonyms."""
EDITABLE = frozenset({NoticeState.DRAFT, NoticeState.RETURNED})
UNPUBLISHED = frozenset(
    {
        NoticeState.DRAFT,
        NoticeState.AWAITING_SIGNATURE,
        NoticeState.SUBMITTED,
        NoticeState.RETURNED,
        NoticeState.REFUSED,
    }
)
OPENED = (
    frozenset(NoticeState)
    - UNPUBLISHED
    - {NoticeState.ENTRY_OPEN, NoticeState.PAUSED, NoticeState.CANCELLED}
    - {NoticeState.CHOOSING, NoticeState.OFFERED}
    - AUCTIONING
)
"""The states in which who entered is public (after the sealing); `relisted` of a cancelled one has no list to show."""
RELISTABLE = frozenset(
    {NoticeState.FAILED, NoticeState.CANCELLED, NoticeState.ANNULLED, NoticeState.TERMINATED}
)


def move_notice(old: NoticeState, new: NoticeState) -> NoticeState:
    """The step, or the refusal `notice.wrong_state`."""
    return move(NEXT_NOTICE, old, new, "notice.wrong_state")
