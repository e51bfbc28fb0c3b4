"""This room's own rows, found and locked. Other rooms get cards, never rows."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, select

from market.db import Work
from market.kernel.errors import NotFound
from market.selection.models import (
    ChainAnchor,
    Draw,
    DrawSource,
    Entry,
    Notice,
    Ranking,
    SourceValue,
)
from market.selection.rules import states
from market.selection.rules.plan import Chain

E = TypeVar("E", Notice, Draw)


def by_id(work: Work, notice_id: int, *, lock: bool = False) -> Notice:
    """A notice by its row's id. Refuses `notice.none`."""
    return _one(work, Notice, Notice.id == notice_id, "notice.none", lock)


def by_number(work: Work, number: str, *, lock: bool = False) -> Notice:
    """A published notice. Refuses `notice.none`."""
    return _one(work, Notice, Notice.number == number, "notice.none", lock)


def draw_of(work: Work, notice_id: int, *, lock: bool = False) -> Draw:
    """The draw of a published notice. Refuses `draw.none`."""
    return _one(work, Draw, Draw.notice_id == notice_id, "draw.none", lock)


def draw_by_number(work: Work, number: str, *, lock: bool = False) -> Draw:
    """A draw by its own number XQ-... Refuses `draw.none`."""
    return _one(work, Draw, Draw.number == number, "draw.none", lock)


def _one(work: Work, entity: type[E], condition: ColumnElement[bool], code: str, lock: bool) -> E:
    asked: Select[E] = select(entity).where(condition)
    if lock:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    row = work.session.scalar(asked)
    if row is None:
        raise NotFound(code)
    return row


def live_entry(work: Work, notice_id: int, agency_id: int) -> Entry | None:
    """The entry of an agency to a notice that was not withdrawn."""
    return work.session.scalar(
        select(Entry).where(
            Entry.notice_id == notice_id,
            Entry.agency_id == agency_id,
            Entry.state != states.Entry.WITHDRAWN,
        )
    )


def entries(work: Work, notice_id: int, *in_states: states.Entry) -> Sequence[Entry]:
    """Entries of a notice in these states, by number."""
    return work.session.scalars(
        select(Entry)
        .where(Entry.notice_id == notice_id, Entry.state.in_(in_states))
        .order_by(Entry.no)
    ).all()


def ranks(work: Work, draw_id: int) -> Sequence[Ranking]:
    """The order of a draw."""
    return work.session.scalars(
        select(Ranking).where(Ranking.draw_id == draw_id).order_by(Ranking.rank)
    ).all()


def plan_of(work: Work, draw_id: int) -> Sequence[DrawSource]:
    """The sources of a draw, in order."""
    return work.session.scalars(
        select(DrawSource).where(DrawSource.draw_id == draw_id).order_by(DrawSource.position)
    ).all()


def chains(work: Work) -> list[Chain]:
    """The chains that have been anchored, oldest first: the sources of every new notice."""
    return [
        Chain(row.source, row.anchor, row.genesis, row.period, row.n, row.owner_id)
        for row in work.session.scalars(
            select(ChainAnchor).order_by(ChainAnchor.anchored_at, ChainAnchor.source)
        )
    ]


def proved_below(work: Work, chain: Chain, slot: int) -> tuple[str, int]:
    """The nearest value below a slot that was proved already (value, slot), else the anchor: fewer
    hashes to go.
    """
    row = work.session.execute(
        select(SourceValue.value, SourceValue.slot)
        .where(SourceValue.source == chain.source, SourceValue.slot < slot)
        .order_by(SourceValue.slot.desc())
        .limit(1)
    ).first()
    return (row.value, row.slot) if row else (chain.anchor, 0)
