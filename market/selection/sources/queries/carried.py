"""Reading lots with a list of their own (ADR 0072)."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from market.db import Work, under_lock
from market.kernel.errors import NotFound
from market.kernel.plain import Json
from market.ledger import queries as ledger
from market.ledger.queries import SignedHead
from market.ledger.queries.integrity import HASH, Held
from market.selection.sources.events import LotDrawn, LotFixed
from market.selection.sources.models import Lot, SourceValue
from market.selection.sources.queries.evidence import BELOW_WITNESS

HELD = (
    Held(events=(LotFixed,), rows=select(Lot.subject, Lot.fixed_leaf), fields=(HASH,)),
    Held(
        events=(LotDrawn,),
        rows=select(Lot.subject, Lot.seed).where(Lot.seed.is_not(None)),
        fields=("seed",),
    ),
)
"""Which of its rows stand on the log, for market/selection/integrity.py."""


@dataclasses.dataclass(frozen=True)
class LotCard:
    """A lot as its page shows it. `sources` are chains with the slot that is waited for."""

    name: str
    draw_at: dt.datetime
    level: str
    fixed_leaf: str
    sources: Sequence[Json]
    seed: str | None
    drawn_at: dt.datetime | None
    seen_at: dt.datetime | None


@dataclasses.dataclass(frozen=True)
class LotWants:
    """A lot that is due; `source` and `slot` of a value that it lacks, None where it lacks none."""

    name: str
    source: str | None = None
    slot: int | None = None


def lot_row(work: Work, name: str) -> Lot:
    """A lot, locked. Refuses `draw.none`."""
    row = work.session.scalar(under_lock(select(Lot).where(Lot.name == name)))
    if row is None:
        raise NotFound("draw.none")
    return row


def lot(work: Work, subject: str) -> LotCard | None:
    """The lot that is drawn for a number; None before its list is fixed."""
    row = work.session.scalar(select(Lot).where(Lot.subject == subject))
    if row is None:
        return None
    return LotCard(
        row.name,
        row.draw_at,
        row.level,
        row.fixed_leaf,
        row.sources,
        row.seed,
        row.drawn_at,
        lot_seen_at(work, row),
    )


def lot_head(work: Work, subject: str) -> SignedHead | None:
    """The first head over the fixed list that a witness cosigned (below S1: that was signed)."""
    row = work.session.scalar(select(Lot).where(Lot.subject == subject))
    found = ledger.find(work, LotFixed.kind, subject)
    if row is None or found is None:
        return None
    if row.level == BELOW_WITNESS:
        return ledger.first_signed_over(work, found.index)
    return ledger.first_cosigned_over(work, found.index)


def lot_seen_at(work: Work, row: Lot) -> dt.datetime | None:
    """When the fixed list was first witnessed; below S1, that it was signed. None: not yet."""
    head = lot_head(work, row.subject)
    if head is None:
        return None
    return row.fixed_at if row.level == BELOW_WITNESS else head.cosigned_at


def lots_wanting(work: Work) -> list[LotWants]:
    """Lots whose instant has come, each with the values that it lacks."""
    due = work.session.scalars(
        select(Lot).where(Lot.seed.is_(None), Lot.draw_at <= work.now).order_by(Lot.draw_at)
    )
    return [line for row in due for line in _wants(work, row)]


def _wants(work: Work, row: Lot) -> list[LotWants]:
    lacking = [
        LotWants(row.name, each["id"], each["slot"])
        for each in row.sources
        if work.session.get(SourceValue, (each["id"], each["slot"])) is None
    ]
    return lacking or [LotWants(row.name)]


def unseen_lots(work: Work, source: str, slot: int) -> list[str]:
    """Names of the lots that wait for this slot of a chain, or for an earlier one, and whose list no
    witness has cosigned yet: while there is one, the operator keeps the value.
    """
    rows = work.session.scalars(select(Lot).where(Lot.seed.is_(None)))
    return [
        row.name
        for row in rows
        if any(each["id"] == source and each["slot"] <= slot for each in row.sources)
        and lot_seen_at(work, row) is None
    ]
