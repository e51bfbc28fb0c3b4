"""Who entered: nothing of it before the seal, but to the entrant itself."""

from sqlalchemy import select

from market.db import Work
from market.selection.entries.models import Entry
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.rules.states import OPENED, EntryState
from market.selection.notices.queries import rows as notice_rows


def entrant_organisations(work: Work, number: str) -> list[int]:
    """Organisations on the opened list, by entry number; none before the seal (identities are
    sealed).
    """
    row = notice_rows.by_number(work, number)
    return [entry.agency_id for entry in entry_rows.entries(work, row.id, *OPENED)]


def live_organisations(work: Work, number: str) -> list[int]:
    """Organisations whose entry stands, before the seal too: to tell each of what it entered alone."""
    notice = notice_rows.by_number(work, number)
    asked = select(Entry.agency_id).where(
        Entry.notice_id == notice.id, Entry.state != EntryState.WITHDRAWN
    )
    return list(work.session.scalars(asked.order_by(Entry.no)))


def organisation_of(work: Work, number: str, no: int) -> int | None:
    """Whose entry has this number in the log: to tell its own agency, and nobody else before the seal."""
    notice = notice_rows.by_number(work, number)
    return work.session.scalar(
        select(Entry.agency_id).where(Entry.notice_id == notice.id, Entry.no == no)
    )
