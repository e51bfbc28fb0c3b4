"""What an agency sees of its own entries."""

import dataclasses
import datetime as dt
from typing import Any

from sqlalchemy import and_, or_, select

from market.db import Work
from market.ledger import queries as ledger
from market.selection.entries.models import Entry
from market.selection.entries.rules.states import EntryState
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState
from market.selection.results.models import Ranking
from market.selection.results.rules.states import RankState

BEFORE_THE_RESULT = (
    NoticeState.ENTRY_OPEN,
    NoticeState.PAUSED,
    NoticeState.SEALED,
    NoticeState.WAITING_VALUE,
    NoticeState.SCORING,
)
BEFORE_THE_CONTRACT = (NoticeState.ANNOUNCED, NoticeState.HELD, NoticeState.AWARDED)
LIVE_ENTRY = (EntryState.RECEIVED, EntryState.LISTED)
IN_TURN = (RankState.PROPOSED, RankState.WON, RankState.RESERVE)


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
    state: EntryState
    reason: str | None
    quote_fen: int | None
    withdrawn_at: dt.datetime | None
    notice_state: NoticeState
    entry_close: dt.datetime | None
    draw_at: dt.datetime | None
    rank: int | None
    rank_state: RankState | None


def entry_of(work: Work, number: str, organisation_id: int | None) -> OwnEntry | None:
    """The live entry of an agency to a notice, else its last withdrawn one; None when it never
    entered.
    """
    found = _own(work, Entry.agency_id == organisation_id, Notice.number == number)
    return next(
        (entry for entry in found if entry.state is not EntryState.WITHDRAWN),
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


def by_receipt(work: Work, receipt: str, organisation_id: int | None) -> OwnEntry | None:
    """An agency's own entry by its receipt."""
    found = _own(work, Entry.receipt == receipt, Entry.agency_id == organisation_id)
    return found[0] if found else None


def log_entry(work: Work, own: OwnEntry) -> int | None:
    """The number of the log's entry that holds an entry's commitment."""
    found = (
        each.index
        for each in ledger.of_subject(work, own.notice_number)
        if each.type == "entry.received" and each.fields["commit"] == own.commit
    )
    return next(found, None)
