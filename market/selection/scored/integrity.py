"""Which rows of scored selections stand on the log: panels, the experts' lots, sheets."""

from sqlalchemy import select

from market.ledger.queries.integrity import HASH, Held
from market.selection.jurors.events import JurorsListed
from market.selection.jurors.models import PoolListing
from market.selection.notices.models import Notice
from market.selection.scored.events import (
    JurorReplaced,
    JurorsDrawn,
    JurorsNamed,
    QuotesOpened,
    SheetsClosed,
    SheetSealed,
)
from market.selection.scored.models import ScoredDelivery, ScoredJuror, ScoredRound, ScoredSheet
from market.selection.scored.rules import BEHIND
from market.selection.sources.models import FixedLot

ROUNDS = select(Notice.number).join(ScoredRound, ScoredRound.notice_id == Notice.id)
SHEETS = (
    select(Notice.number, ScoredJuror.seat, ScoredSheet.sha256)
    .join(ScoredJuror, ScoredJuror.notice_id == Notice.id)
    .join(ScoredSheet, ScoredSheet.juror_id == ScoredJuror.id)
    .where(ScoredSheet.sealed_at.is_not(None))
)
LOTS = select(Notice.number).join(FixedLot, FixedLot.notice_id == Notice.id)
HELD = (
    Held(
        events=(JurorsNamed,),
        rows=ROUNDS.where(
            select(ScoredJuror.id)
            .where(ScoredJuror.notice_id == Notice.id, ScoredJuror.place < BEHIND)
            .exists()
        ),
    ),
    Held(
        events=(JurorsListed,),
        rows=select(Notice.number).where(Notice.id.in_(select(PoolListing.notice_id))),
    ),
    Held(events=(JurorsDrawn,), rows=LOTS.where(FixedLot.seed.is_not(None))),
    Held(
        events=(SheetSealed,),
        rows=SHEETS,
        fields=("seat", "sha256"),
    ),
    Held(
        events=(JurorReplaced,),
        rows=select(Notice.number, ScoredJuror.ref)
        .join(ScoredJuror, ScoredJuror.notice_id == Notice.id)
        .where(ScoredJuror.was_reserve, ScoredJuror.seat.is_not(None)),
        fields=("ref",),
    ),
    Held(
        events=(SheetsClosed,),
        rows=ROUNDS.add_columns(ScoredRound.closed_leaf).where(
            ScoredRound.closed_leaf.is_not(None)
        ),
        fields=(HASH,),
    ),
    Held(
        events=(QuotesOpened,),
        rows=ROUNDS.where(ScoredRound.opened_at.is_not(None)),
    ),
)
WITHOUT: dict[type, str] = {
    ScoredDelivery: "how somebody silent was told; its digest stands in the leaf of his replacement",
}
