"""This room's own rows, found and locked. Other rooms get cards, never rows."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from market.db import Work, under_lock
from market.kernel.ids import Prefix, sibling
from market.selection.rows import one
from market.selection.sources.models import (
    ChainAnchor,
    Draw,
    DrawSource,
    FixedLot,
    NoticeLot,
    SourceValue,
)
from market.selection.sources.rules.plan import Chain


def draw_of(work: Work, notice_id: int, *, lock: bool = False) -> Draw:
    """The draw of a published notice. Refuses `draw.none`."""
    return one(work, Draw, Draw.notice_id == notice_id, "draw.none", lock)


def draw_of_or_none(work: Work, notice_id: int) -> Draw | None:
    """The draw of a notice; None of a way that draws nothing."""
    return work.session.scalar(select(Draw).where(Draw.notice_id == notice_id))


def draw_by_number(work: Work, number: str, *, lock: bool = False) -> Draw:
    """A draw by its own number XQ-... Refuses `draw.none`."""
    return one(work, Draw, Draw.number == number, "draw.none", lock)


def draw_if_any(work: Work, number: str) -> Draw | None:
    """The same, locked; None of a notice that has no draw of its own."""
    return work.session.scalar(under_lock(select(Draw).where(Draw.number == number)))


def lot_by_number(work: Work, number: str, *, lock: bool = False) -> NoticeLot:
    """A draw, or a lot that was fixed later (`<draw>/<label>`), by its number. Refuses `draw.none`."""
    return one(work, NoticeLot, NoticeLot.number == number, "draw.none", lock)


def fixed_lot(work: Work, notice_id: int, label: str) -> FixedLot | None:
    """The lot of a label that a notice fixed later; None before it is."""
    return work.session.scalar(
        select(FixedLot).where(FixedLot.notice_id == notice_id, FixedLot.label == label)
    )


def notice_of(lot: NoticeLot) -> str:
    """The number of the notice that a lot is of."""
    return sibling(lot.number.partition("/")[0], Prefix.NOTICE)


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


def chains_named(work: Work, named: Iterable[str]) -> list[Chain]:
    """The chains of a plan, by their ids, a lost one too: what was promised is not changed by a loss."""
    ids = set(named)
    return [chain for chain in chains(work) if chain.source in ids]


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
