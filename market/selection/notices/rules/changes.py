"""Changes that an owner asks for in an open notice of its own (更正). Pure."""

import datetime as dt
import enum
from collections.abc import Collection, Mapping

from market.kernel.errors import Invalid
from market.kernel.states import move
from market.selection.notices.rules.terms import WORDED

OWNER_MAY = (*WORDED, "service_days", "exclusions")
"""What an owner may have changed: its words, the time of service, who must stay away; and times, to
later ones. Ceiling, item, method and funds would change what was entered for (ADR 0051); what is
wrong there is mended by cancelling and listing again, or by a decision on a complaint (ADR 0017).
"""


class ChangeState(enum.StrEnum):
    """A change from its proposal to the office's answer."""

    PROPOSED = "proposed"
    SIGNED = "signed"
    MADE = "made"
    REFUSED = "refused"
    DROPPED = "dropped"


NEXT_CHANGE = {
    ChangeState.PROPOSED: {ChangeState.SIGNED, ChangeState.DROPPED},
    ChangeState.SIGNED: {ChangeState.MADE, ChangeState.REFUSED, ChangeState.DROPPED},
}
LIVE = frozenset({ChangeState.PROPOSED, ChangeState.SIGNED})


def move_change(old: ChangeState, new: ChangeState) -> ChangeState:
    """The step, or the refusal `change.wrong_state`."""
    return move(NEXT_CHANGE, old, new, "change.wrong_state")


def check_asked(
    changes: Mapping[str, object],
    entry_close: dt.datetime | None,
    close: dt.datetime,
    *,
    with_files: bool,
) -> None:
    """Refuse a change of nothing, and a close that would be earlier."""
    if entry_close is not None and entry_close < close:
        raise Invalid("notice.amend_earlier", field="entry_close")
    if not changes and not with_files and entry_close in (None, close):
        raise Invalid("change.nothing", field="reason")


def check_fields(names: Collection[str]) -> None:
    """Refuse a field that no owner may have changed. That is a fault of a form, which has none."""
    for name in names:
        if name not in OWNER_MAY:
            raise Invalid("change.not_this", field=name)
