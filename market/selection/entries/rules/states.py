"""The states of an entry and the steps between them (docs/rules.md#states). Pure."""

import enum

from market.kernel.states import move
from market.selection.notices.rules.states import NoticeState


class EntryState(enum.StrEnum):
    """An entry; what becomes of a listed one after the draw stands in its rank."""

    RECEIVED = "received"
    WITHDRAWN = "withdrawn"
    LISTED = "listed"
    INELIGIBLE = "ineligible"
    UNOPENED = "unopened"


OPENED = (EntryState.LISTED, EntryState.INELIGIBLE, EntryState.UNOPENED)
"""What the seal makes of an entry: whose it is is known from then on."""
NEVER_OPENED = frozenset({NoticeState.CANCELLED, NoticeState.RELISTED})
"""Where a notice stands that ended before its list was sealed: an entry that is still `received` there stays shut."""
NEXT_ENTRY = {
    EntryState.RECEIVED: {
        EntryState.WITHDRAWN,
        EntryState.LISTED,
        EntryState.INELIGIBLE,
        EntryState.UNOPENED,
    },
    EntryState.LISTED: {EntryState.INELIGIBLE, EntryState.UNOPENED},
}
"""Who is listed drops out again only where quotes open after the list, of a way that scores."""


def move_entry(old: EntryState, new: EntryState) -> EntryState:
    """The step, or the refusal `entry.wrong_state`."""
    return move(NEXT_ENTRY, old, new, "entry.wrong_state")
