"""The opened list, the draw and the result: nothing of it before the seal."""

import dataclasses
import datetime as dt

from sqlalchemy import select

from market.agencies import queries as agencies
from market.db import Work
from market.kernel.errors import NotFound
from market.selection.entries.models import Entry
from market.selection.entries.rules.states import OPENED, EntryState
from market.selection.notices.queries import rows as notice_rows
from market.selection.results.models import Ranking
from market.selection.results.queries.cards import Selection, notice
from market.selection.results.rules.states import RankState
from market.selection.sources.queries.cards import DrawCard, draw_of_notice


@dataclasses.dataclass(frozen=True)
class EntryRow:
    """One entry after the seal: the public list. `rank`, `ticket`, `rank_state` once drawn;
    `reason` why not listed.
    """

    no: int
    ref: str
    name: str
    uscc: str | None
    organisation_id: int
    quote_fen: int
    received_at: dt.datetime
    state: EntryState
    reason: str | None
    rank: int | None
    ticket: str | None
    rank_state: RankState | None
    rank_reason: str | None


@dataclasses.dataclass(frozen=True)
class ResultCard:
    """A 中选公告: the notice, its draw where there is one, the list with quotes and the order."""

    notice: Selection
    draw: DrawCard | None
    entries: tuple[EntryRow, ...]

    @property
    def number(self) -> str:
        return self.notice.result_number


def result(work: Work, number: str) -> ResultCard:
    """The result of a notice, by the notice's number. Refuses `notice.none`, and `result.none`
    before the announcement.
    """
    card = notice(work, number)
    if card.result_published_at is None:
        raise NotFound("result.none")
    return ResultCard(card, draw_of_notice(work, card.id), entry_list(work, number))


def entry_list(work: Work, number: str) -> tuple[EntryRow, ...]:
    """The opened list of a notice, by rank, else by number; empty while it is sealed. Refuses
    `notice.none`.
    """
    row = notice_rows.by_number(work, number)
    found = work.session.execute(
        select(Entry, Ranking)
        .outerjoin(Ranking, Ranking.entry_id == Entry.id)
        .where(
            Entry.notice_id == row.id,
            Entry.state.in_(OPENED),
        )
        .order_by(Ranking.rank.is_(None), Ranking.rank, Entry.no)
    ).all()
    known = agencies.by_refs(work, [entry.ref for entry, _ in found])
    return tuple(_entry_row(entry, ranked, known.get(entry.ref)) for entry, ranked in found)


def _entry_row(
    entry: Entry, ranked: Ranking | None, agency: agencies.AgencyCard | None
) -> EntryRow:
    return EntryRow(
        entry.no,
        entry.ref,
        agency.name if agency else entry.ref,
        agency.uscc if agency else None,
        entry.agency_id,
        entry.quote_fen or 0,
        entry.received_at,
        entry.state,
        entry.reason,
        ranked.rank if ranked else None,
        ranked.ticket if ranked else None,
        ranked.state if ranked else None,
        ranked.reason if ranked else None,
    )
