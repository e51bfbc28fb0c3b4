"""The public list of results."""

import dataclasses
import datetime as dt

from sqlalchemy import select

from market.accounts import queries as accounts
from market.db import Work
from market.owners import queries as owners
from market.selection.entries.models import Entry
from market.selection.notices.queries.listing import COLUMN, NOTICE, OWNER, PAGE
from market.selection.results.models import Ranking
from market.web.paging import Page, keyset


@dataclasses.dataclass(frozen=True, slots=True)
class ResultListed:
    """One row of the list of results; winner and amount are None for a failed selection."""

    number: str
    title: str
    state: str
    owner: str
    announced_at: dt.datetime
    entries: int
    failure: str | None
    winner: str | None
    amount_fen: int | None
    owner_id: int


def results(work: Work, after: str | None = None, limit: int = PAGE) -> Page[ResultListed]:
    """One page of `ResultListed`, newest first: every 中选公告 and every failed selection. Refuses
    `web.cursor`.
    """
    agency = accounts.NAMES.alias("agency")
    standing = Ranking.state.in_(("proposed", "won"))
    asked = (
        select(
            COLUMN.number,
            COLUMN.title,
            COLUMN.state,
            owners.public_name(COLUMN.owner_id, OWNER.c.name),
            COLUMN.announced_at,
            COLUMN.entries_live,
            COLUMN.failure,
            agency.c.name,
            Entry.quote_fen,
            COLUMN.owner_id,
        )
        .join_from(NOTICE, OWNER, OWNER.c.id == COLUMN.owner_id)
        .outerjoin(Ranking, (Ranking.notice_id == COLUMN.id) & standing)
        .outerjoin(Entry, Entry.id == Ranking.entry_id)
        .outerjoin(agency, agency.c.id == Entry.agency_id)
        .where(COLUMN.announced_at.is_not(None))
    )
    page = keyset(work.session, asked, (COLUMN.announced_at.desc(), COLUMN.id.desc()), after, limit)
    return page.map(lambda row: ResultListed(*tuple(row)[:10]))
