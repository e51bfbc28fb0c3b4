"""An inspector confirms that an entry was rightly left out for its proposal, which nobody outside can check."""

from sqlalchemy import select

from market.adapters import blobs
from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.selection import permissions
from market.selection.entries.events import ProposalUnopened
from market.selection.entries.models import EntryBox
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.queries.leftout import BEGINS, LeftOut, left_out
from market.selection.entries.rules.states import EntryState
from market.selection.entries.service import opening
from market.selection.entries.service.documents import why_unopened
from market.selection.leaves import record_draw
from market.selection.notices.queries import rows as notice_rows
from verify.zjcs.boxes import Unopened

BY = "inspection"


def holds(work: Work, number: str, of: LeftOut, instance: str) -> bool:
    """Whether what the list says is so: the box is opened once more, in the app's instance folder; of one
    that opens, the quote is, which names another file than the one in it.
    """
    why = why_unopened(of.box, blobs.of(instance))
    if of.reason.startswith(BEGINS):
        return of.reason == f"{BEGINS}{why}"
    return why is None and _names_another(work, number, of)


def _names_another(work: Work, number: str, of: LeftOut) -> bool:
    notice = notice_rows.by_number(work, number)
    entry = next(
        each
        for each in entry_rows.entries(work, notice.id, EntryState.UNOPENED)
        if each.no == of.no
    )
    try:
        opened = opening.by_released_keys(work, notice)(entry)
    except Unopened:
        return False
    return opened.get("proposal") != of.found


def confirm(work: Work, *, number: str, no: int) -> None:
    """Put on the log that an entry (its number) was rightly left out. The caller has opened its box once
    more (`holds`). Refuses `notice.none`, `entry.none`, `entry.confirmed`.
    """
    permissions.require(work.actor, "entry.confirm")
    notice = notice_rows.by_number(work, number, lock=True)
    of = next((each for each in left_out(work, number) if each.no == no), None)
    if of is None:
        raise NotFound("entry.none")
    if of.confirmed_at is not None:
        raise Refusal("entry.confirmed")

    row = work.session.scalars(select(EntryBox).where(EntryBox.id == of.box.box_id)).one()
    row.confirmed_at = work.now
    row.confirmed_by = work.actor.person_id or 0
    draw = sibling(number, Prefix.DRAW)
    event = ProposalUnopened(subject=number, at=work.now, by=BY, draw=draw, no=no, reason=of.reason)
    record_draw(work, event, notice.alg)
