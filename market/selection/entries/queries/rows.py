"""Entries, found. Other rooms get cards, never rows."""

from collections.abc import Sequence

from sqlalchemy import func, select

from market.db import Work
from market.selection.entries.models import Entry
from market.selection.entries.rules.states import EntryState


def live_entry(work: Work, notice_id: int, agency_id: int) -> Entry | None:
    """The entry of an agency to a notice that was not withdrawn."""
    return work.session.scalar(
        select(Entry).where(
            Entry.notice_id == notice_id,
            Entry.agency_id == agency_id,
            Entry.state != EntryState.WITHDRAWN,
        )
    )


def entries(work: Work, notice_id: int, *in_states: EntryState) -> Sequence[Entry]:
    """Entries of a notice in these states, by number."""
    return work.session.scalars(
        select(Entry)
        .where(Entry.notice_id == notice_id, Entry.state.in_(in_states))
        .order_by(Entry.no)
    ).all()


def listed(work: Work, notice_id: int) -> int:
    """How many stand in the sealed list of a notice."""
    asked = select(func.count()).where(
        Entry.notice_id == notice_id, Entry.state == EntryState.LISTED
    )
    return work.session.scalar(asked) or 0
