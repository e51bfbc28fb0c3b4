"""What the clock's process asks: lists to seal, values that draws lack."""

import dataclasses

from sqlalchemy import or_, select

from market.db import Work
from market.selection.sources.models import DrawSource, NoticeLot, SourceValue, WitnessList
from market.selection.sources.queries import rows as source_rows
from market.selection.sources.queries.carried import unseen_lots
from market.selection.sources.queries.evidence import BELOW_WITNESS, seal_head, seal_of
from market.selection.sources.queries.failing import PENDING
from market.selection.sources.rules.states import DrawState

UNDRAWN = (DrawState.SCHEDULED, DrawState.SEALING, *PENDING)


@dataclasses.dataclass(frozen=True)
class Wanted:
    """A draw that is due, and one source whose value it lacks."""

    draw_no: str
    source: str | None
    kind: str | None
    slot: int | None


def wanted(work: Work) -> list[Wanted]:
    """Draws whose instant has come with each source that has not given its value; one line without
    source when none lacks.
    """
    due = work.session.scalars(
        select(NoticeLot)
        .where(NoticeLot.state.in_(PENDING), NoticeLot.draw_at <= work.now)
        .order_by(NoticeLot.draw_at, NoticeLot.id)
        .limit(200)
    ).all()
    return [line for row in due for line in _lacking(work, row)]


def _lacking(work: Work, row: NoticeLot) -> list[Wanted]:
    lacking = [
        Wanted(row.number, planned.source, planned.kind, planned.slot)
        for planned in source_rows.plan_of(work, row.id)
        if not (planned.failed_leaf and planned.kind == "chain")
        and work.session.get(SourceValue, (planned.source, planned.slot)) is None
    ]
    return lacking or [Wanted(row.number, None, None, None)]


def without_list(work: Work) -> list[tuple[str, int]]:
    """(number, place of its seal) of each draw, or lot that was fixed later, of which an outsider wants the witness's numbered list
    and which has none yet: it was postponed, or a source of it failed.
    """
    failed = select(DrawSource.draw_id).where(DrawSource.failed_leaf.is_not(None))
    wanting = work.session.scalars(
        select(NoticeLot)
        .outerjoin(WitnessList, WitnessList.draw_id == NoticeLot.id)
        .where(
            WitnessList.draw_id.is_(None),
            NoticeLot.level != BELOW_WITNESS,
            or_(NoticeLot.postponed_at.is_not(None), NoticeLot.id.in_(failed)),
        )
        .order_by(NoticeLot.id)
        .limit(20)
    )
    return [(draw.number, _sealed(work, draw)) for draw in wanting if _is_seen(work, draw)]


def _sealed(work: Work, draw: NoticeLot) -> int:
    entry = seal_of(work, draw)
    return entry.index if entry else -1


def unseen(work: Work, source: str, slot: int) -> list[str]:
    """Numbers of the draws, and names of the lots, that wait for this slot of a chain, or for an earlier one, and whose
    sealed list no witness has cosigned yet.

    While there is one, the operator keeps the value: with it in hand somebody could still choose
    when to cosign that list, since a later value gives every earlier one (docs/rules.md#rule-10).
    """
    waiting = work.session.scalars(
        select(NoticeLot)
        .join(DrawSource, DrawSource.draw_id == NoticeLot.id)
        .where(
            DrawSource.source == source,
            DrawSource.slot <= slot,
            DrawSource.failed_leaf.is_(None),
            NoticeLot.state.in_(UNDRAWN),
        )
        .order_by(NoticeLot.id)
    )
    draws = [draw.number for draw in waiting if not _is_seen(work, draw)]
    return [*draws, *unseen_lots(work, source, slot)]


def _is_seen(work: Work, draw: NoticeLot) -> bool:
    sealed = _sealed(work, draw)
    return sealed >= 0 and seal_head(work, draw, sealed) is not None
