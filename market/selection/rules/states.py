"""The states of a notice, an entry, a draw and a rank, and the steps between them
(docs/rules.md#states).
Pure.
"""

import enum

from market.kernel.states import move


class Notice(enum.StrEnum):
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


class Entry(enum.StrEnum):
    """An entry; what becomes of a listed one after the draw stands in its rank."""

    RECEIVED = "received"
    WITHDRAWN = "withdrawn"
    LISTED = "listed"
    INELIGIBLE = "ineligible"


class Draw(enum.StrEnum):
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


class Rank(enum.StrEnum):
    """One place of the published order."""

    PROPOSED = "proposed"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"
    WON = "won"
    DISQUALIFIED = "disqualified"
    DECLINED = "declined"
    VOID = "void"


N = Notice
D = Draw
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
NEXT_ENTRY = {Entry.RECEIVED: {Entry.WITHDRAWN, Entry.LISTED, Entry.INELIGIBLE}}
NEXT_DRAW = {
    D.SCHEDULED: {D.SEALING, D.CANCELLED},
    D.SEALING: {D.WAITING_SLOT, D.TOO_FEW},
    D.WAITING_SLOT: {D.WAITING_VALUE, D.ABORTED},
    D.WAITING_VALUE: {D.DRAWN, D.ABORTED, D.SOURCE_LOST},
    D.SOURCE_LOST: {D.DRAWN, D.ABORTED, D.WAITING_VALUE},
}
GONE = frozenset({Rank.DISQUALIFIED, Rank.DECLINED, Rank.VOID})
NEXT_RANK = {
    Rank.PROPOSED: {Rank.WON, *GONE},
    Rank.WON: GONE,
    Rank.RESERVE: {Rank.PROPOSED, *GONE},
    Rank.NOT_SELECTED: {Rank.PROPOSED, *GONE},
}

EDITABLE = frozenset({N.DRAFT, N.RETURNED})
UNPUBLISHED = frozenset({N.DRAFT, N.AWAITING_SIGNATURE, N.SUBMITTED, N.RETURNED, N.REFUSED})
OPENED = frozenset(Notice) - UNPUBLISHED - {N.ENTRY_OPEN, N.PAUSED, N.CANCELLED}
"""The states in which who entered is public (after the sealing); `relisted` of a cancelled one has no list to show."""
RELISTABLE = frozenset({N.FAILED, N.CANCELLED, N.ANNULLED, N.TERMINATED})


def move_notice(old: Notice, new: Notice) -> Notice:
    """The step, or the refusal `notice.wrong_state`."""
    return move(NEXT_NOTICE, old, new, "notice.wrong_state")


def move_entry(old: Entry, new: Entry) -> Entry:
    """The step, or the refusal `entry.wrong_state`."""
    return move(NEXT_ENTRY, old, new, "entry.wrong_state")


def move_draw(old: Draw, new: Draw) -> Draw:
    """The step, or the refusal `draw.wrong_state`."""
    return move(NEXT_DRAW, old, new, "draw.wrong_state")


def move_rank(old: Rank, new: Rank) -> Rank:
    """The step, or the refusal `result.wrong_state`."""
    return move(NEXT_RANK, old, new, "result.wrong_state")
