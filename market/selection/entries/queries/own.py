"""What an agency is told of its own entries."""

import datetime as dt

from sqlalchemy import select

from market.agencies import queries as agencies
from market.db import Work
from market.kernel.errors import Refusal
from market.ledger import queries as ledger
from market.selection.entries.events import EntryLate
from market.selection.entries.models import Entry, LateEntry
from market.selection.entries.rules.states import EntryState
from market.selection.notices.models import Notice, NoticeAmendment
from market.selection.notices.rules.states import NoticeState


def affected(work: Work, number: str, organisation_id: int | None) -> Refusal | None:
    """What an amendment since means to the agency's own live entry while the notice is open, in the
    words of a refusal (`entry.excluded_now`, `entry.ceiling_lowered`); None when nothing. Its quote
    nobody can read: it must compare itself.
    """
    found = work.session.execute(
        select(Entry.received_at, Notice.id, Notice.ceiling_fen, Notice.exclusions)
        .join(Notice, Notice.id == Entry.notice_id)
        .where(
            Notice.number == number,
            Entry.agency_id == organisation_id,
            Entry.state == EntryState.RECEIVED,
            Notice.state == NoticeState.ENTRY_OPEN,
            Notice.amended_at.is_not(None),
        )
    ).first()
    if found is None:
        return None
    agency = agencies.of_organisation(work, organisation_id or 0)
    excluded = dict(found.exclusions)
    if agency is not None and agency.uscc in excluded:
        return Refusal("entry.excluded_now", reason=excluded[agency.uscc])
    changes = work.session.scalars(
        select(NoticeAmendment.changes)
        .where(NoticeAmendment.notice_id == found.id, NoticeAmendment.made_at > found.received_at)
        .order_by(NoticeAmendment.id)
    )
    at_entry = next(
        (said["ceiling_fen"][0] for said in changes if "ceiling_fen" in said), found.ceiling_fen
    )
    if found.ceiling_fen < at_entry:
        return Refusal("entry.ceiling_lowered", ceiling=f"{found.ceiling_fen / 100:.2f}")
    return None


def late_entry(work: Work, number: str, organisation_id: int | None) -> int | None:
    """The number of the log's entry that says when an agency's late entry to a notice came."""
    received_at = work.session.scalar(
        select(LateEntry.received_at)
        .join(Notice, Notice.id == LateEntry.notice_id)
        .where(Notice.number == number, LateEntry.agency_id == organisation_id)
    )
    if received_at is None:
        return None
    fact = EntryLate(subject=number, received=received_at)
    received = fact.leaf(received_at)["received"]
    said = ledger.latest(work, limit=200, type=EntryLate.kind, subject=number)
    return next((each.index for each in said if each.fields["received"] == received), None)


def late_of(work: Work, organisation_id: int | None) -> list[tuple[str, dt.datetime]]:
    """(notice number, arrival) of an agency's entries that came too late, newest first."""
    found = work.session.execute(
        select(Notice.number, LateEntry.received_at)
        .join(Notice, Notice.id == LateEntry.notice_id)
        .where(LateEntry.agency_id == organisation_id)
        .order_by(LateEntry.received_at.desc())
        .limit(200)
    )
    return [(str(number), received_at) for number, received_at in found]
