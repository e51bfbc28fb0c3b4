"""The opened list, the draw and the result: nothing of it before the seal."""

import dataclasses
import datetime as dt
from typing import Any

from sqlalchemy import select

from market.agencies import queries as agencies
from market.db import Work
from market.kernel.clock import from_epoch
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.selection.models import Draw, Entry, Ranking, SourceValue
from market.selection.queries import rows
from market.selection.queries.cards import NoticeCard, notice
from market.selection.rules import plan, states
from market.selection.rules.states import Rank


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
    state: states.Entry
    reason: str | None
    rank: int | None
    ticket: str | None
    rank_state: Rank | None
    rank_reason: str | None


@dataclasses.dataclass(frozen=True)
class DrawCard:
    """A draw. `sources`, in order: id, kind (chain, drand, lottery), slot (or round, or day), due
    (instant), value and signature (hex) once known, revealed_at. `level` as promised, `reached`
    where a lost source made it another; `fallback` as the notice's leaf has it.
    """

    number: str
    notice_number: str
    state: states.Draw
    level: str
    reached: str | None
    fallback: list[dict[str, Any]]
    winners: int
    reserves: int
    draw_at: dt.datetime
    postponed_at: dt.datetime | None
    notice_leaf: str
    seal_leaf: str | None
    sealed_at: dt.datetime | None
    entrants: int | None
    seed: str | None
    drawn_at: dt.datetime | None
    sources: tuple[dict[str, Any], ...]


@dataclasses.dataclass(frozen=True)
class ResultCard:
    """A 中选公告: the notice, its draw, the list with quotes and the order."""

    notice: NoticeCard
    draw: DrawCard
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
    return ResultCard(card, draw(work, card.draw_number), entry_list(work, number))


def draw(work: Work, draw_no: str) -> DrawCard:
    """A draw by its number XQ-... Refuses `draw.none`."""
    row = rows.draw_by_number(work, draw_no)
    same = {
        field.name: getattr(row, field.name)
        for field in dataclasses.fields(DrawCard)
        if field.name not in ("notice_number", "sources")
    }
    return DrawCard(
        **same, notice_number=sibling(row.number, Prefix.NOTICE), sources=_sources(work, row)
    )


def _sources(work: Work, row: Draw) -> tuple[dict[str, Any], ...]:
    chains = {chain.source: chain for chain in rows.chains(work)}
    out = []
    for planned in rows.plan_of(work, row.id):
        value = work.session.get(SourceValue, (planned.source, planned.slot))
        due = (
            chains[planned.source].due_at if planned.kind == "chain" else plan.DUE_AT[planned.kind]
        )(planned.slot)
        out.append(
            {
                "id": planned.source,
                "kind": planned.kind,
                "slot": planned.slot,
                "due": from_epoch(due),
                "value": value.value if value else None,
                "signature": value.signature if value else None,
                "revealed_at": value.revealed_at if value else None,
            }
        )
    return tuple(out)


def entry_list(work: Work, number: str) -> tuple[EntryRow, ...]:
    """The opened list of a notice, by rank, else by number; empty while it is sealed. Refuses
    `notice.none`.
    """
    row = rows.by_number(work, number)
    found = work.session.execute(
        select(Entry, Ranking)
        .outerjoin(Ranking, Ranking.entry_id == Entry.id)
        .where(
            Entry.notice_id == row.id,
            Entry.state.in_((states.Entry.LISTED, states.Entry.INELIGIBLE)),
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


def entrant_organisations(work: Work, number: str) -> list[int]:
    """Organisations on the opened list, by entry number; none before the seal (identities are
    sealed).
    """
    row = rows.by_number(work, number)
    return [
        entry.agency_id
        for entry in rows.entries(work, row.id, states.Entry.LISTED, states.Entry.INELIGIBLE)
    ]
