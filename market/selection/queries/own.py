"""What an agency sees of its own entries."""

import dataclasses
import datetime as dt
from typing import Any

from sqlalchemy import and_, or_, select

from market.agencies import queries as agencies
from market.db import Work
from market.kernel.errors import Refusal
from market.ledger import queries as ledger
from market.selection.events import EntryLate
from market.selection.models import Entry, LateEntry, Notice, NoticeAmendment, Ranking
from market.selection.rules import states
from market.selection.rules.states import Rank

BEFORE_THE_RESULT = (
    states.Notice.ENTRY_OPEN,
    states.Notice.PAUSED,
    states.Notice.SEALED,
    states.Notice.WAITING_VALUE,
    states.Notice.SCORING,
)
BEFORE_THE_CONTRACT = (states.Notice.ANNOUNCED, states.Notice.HELD, states.Notice.AWARDED)
LIVE_ENTRY = (states.Entry.RECEIVED, states.Entry.LISTED)
IN_TURN = (Rank.PROPOSED, Rank.WON, Rank.RESERVE)


@dataclasses.dataclass(frozen=True)
class OwnEntry:
    """An entry as its own agency sees it: never the quote before the seal, which the platform
    cannot read.
    """

    notice_number: str
    title: str
    no: int
    receipt: str
    commit: str
    received_at: dt.datetime
    state: states.Entry
    reason: str | None
    quote_fen: int | None
    withdrawn_at: dt.datetime | None
    notice_state: states.Notice
    entry_close: dt.datetime | None
    draw_at: dt.datetime | None
    rank: int | None
    rank_state: Rank | None


def entry_of(work: Work, number: str, organisation_id: int | None) -> OwnEntry | None:
    """The live entry of an agency to a notice, else its last withdrawn one; None when it never
    entered.
    """
    found = _own(work, Entry.agency_id == organisation_id, Notice.number == number)
    return next(
        (entry for entry in found if entry.state is not states.Entry.WITHDRAWN),
        found[0] if found else None,
    )


def entries_of(work: Work, organisation_id: int | None, limit: int = 200) -> list[OwnEntry]:
    """The entries of an agency, newest first."""
    return _own(work, Entry.agency_id == organisation_id, limit=limit)


def unfinished(work: Work, organisation_id: int | None) -> list[OwnEntry]:
    """The entries of an agency that may still come to a contract: before the result, and while it
    has the award or is in reserve for it. For the agency itself; others may know how many.
    """
    return _own(
        work,
        Entry.agency_id == organisation_id,
        Entry.state.in_(LIVE_ENTRY),
        or_(
            Notice.state.in_(BEFORE_THE_RESULT),
            and_(Notice.state.in_(BEFORE_THE_CONTRACT), Ranking.state.in_(IN_TURN)),
        ),
    )


def _own(work: Work, *conditions: Any, limit: int = 200) -> list[OwnEntry]:
    found = work.session.execute(
        select(Entry, Notice, Ranking.rank, Ranking.state.label("rank_state"))
        .join(Notice, Notice.id == Entry.notice_id)
        .outerjoin(Ranking, Ranking.entry_id == Entry.id)
        .where(*conditions)
        .order_by(Entry.id.desc())
        .limit(limit)
    )
    return [
        OwnEntry(
            str(of.number),
            of.title,
            entry.no,
            entry.receipt,
            entry.commit,
            entry.received_at,
            entry.state,
            entry.reason,
            entry.quote_fen,
            entry.withdrawn_at,
            of.state,
            of.entry_close,
            of.draw_at,
            rank,
            rank_state,
        )
        for entry, of, rank, rank_state in found
    ]


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
            Entry.state == states.Entry.RECEIVED,
            Notice.state == states.Notice.ENTRY_OPEN,
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


def by_receipt(work: Work, receipt: str, organisation_id: int | None) -> OwnEntry | None:
    """An agency's own entry by its receipt."""
    found = _own(work, Entry.receipt == receipt, Entry.agency_id == organisation_id)
    return found[0] if found else None


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


def log_entry(work: Work, own: OwnEntry) -> int | None:
    """The number of the log's entry that holds an entry's commitment."""
    found = (
        each.index
        for each in ledger.of_subject(work, own.notice_number)
        if each.type == "entry.received" and each.fields["commit"] == own.commit
    )
    return next(found, None)
