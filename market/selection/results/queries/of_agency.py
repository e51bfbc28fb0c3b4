"""What an agency sees of its own entries, with what came of them."""

import dataclasses

from sqlalchemy import ColumnElement, and_, or_, select

from market.db import Work
from market.selection.entries.models import Entry
from market.selection.entries.queries.of_agency import OwnEntry, facts_of, live_or_last
from market.selection.entries.rules.states import EntryState
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import AUCTIONING, NoticeState
from market.selection.results.models import Ranking
from market.selection.results.rules.states import RankState

BEFORE_THE_RESULT = (
    NoticeState.ENTRY_OPEN,
    NoticeState.PAUSED,
    NoticeState.SEALED,
    NoticeState.WAITING_VALUE,
    NoticeState.SCORING,
    NoticeState.SHORTLISTED,
    *AUCTIONING,
)
BEFORE_THE_CONTRACT = (NoticeState.ANNOUNCED, NoticeState.HELD, NoticeState.AWARDED)
LIVE_ENTRY = (EntryState.RECEIVED, EntryState.LISTED)
IN_TURN = (RankState.PROPOSED, RankState.WON, RankState.RESERVE)


@dataclasses.dataclass(frozen=True)
class RankedEntry(OwnEntry):
    """An agency's own entry with its place in the published order, once there is one."""

    rank: int | None
    rank_state: RankState | None


def entry_of(work: Work, number: str, organisation_id: int | None) -> RankedEntry | None:
    """The live entry of an agency to a notice, else its last withdrawn one; None when it never
    entered.
    """
    return live_or_last(_own(work, Entry.agency_id == organisation_id, Notice.number == number))


def entries_of(work: Work, organisation_id: int | None, limit: int = 200) -> list[RankedEntry]:
    """The entries of an agency, newest first."""
    return _own(work, Entry.agency_id == organisation_id, limit=limit)


def unfinished(work: Work, organisation_id: int | None) -> list[RankedEntry]:
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


def _own(work: Work, *conditions: ColumnElement[bool], limit: int = 200) -> list[RankedEntry]:
    found = work.session.execute(
        select(Entry, Notice, Ranking.rank, Ranking.state.label("rank_state"))
        .join(Notice, Notice.id == Entry.notice_id)
        .outerjoin(Ranking, Ranking.entry_id == Entry.id)
        .where(*conditions)
        .order_by(Entry.id.desc())
        .limit(limit)
    )
    return [
        RankedEntry(**facts_of(entry, of), rank=rank, rank_state=rank_state)
        for entry, of, rank, rank_state in found
    ]


def by_receipt(work: Work, receipt: str, organisation_id: int | None) -> RankedEntry | None:
    """An agency's own entry by its receipt."""
    found = _own(work, Entry.receipt == receipt, Entry.agency_id == organisation_id)
    return found[0] if found else None
