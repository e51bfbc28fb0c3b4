"""What the clock's process asks: lists to seal, values that draws lack."""

import dataclasses

from sqlalchemy import select

from market.db import Work
from market.selection.sources.models import Draw, SourceValue
from market.selection.sources.queries import rows as source_rows
from market.selection.sources.queries.failing import PENDING


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
        select(Draw)
        .where(Draw.state.in_(PENDING), Draw.draw_at <= work.now)
        .order_by(Draw.draw_at, Draw.id)
        .limit(200)
    ).all()
    return [line for row in due for line in _lacking(work, row)]


def _lacking(work: Work, row: Draw) -> list[Wanted]:
    lacking = [
        Wanted(row.number, planned.source, planned.kind, planned.slot)
        for planned in source_rows.plan_of(work, row.id)
        if not (planned.failed_leaf and planned.kind == "chain")
        and work.session.get(SourceValue, (planned.source, planned.slot)) is None
    ]
    return lacking or [Wanted(row.number, None, None, None)]
