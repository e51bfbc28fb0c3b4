"""A draw as pages and other rooms see it: frozen."""

import dataclasses
import datetime as dt

from market.db import Work
from market.kernel.clock import from_epoch
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.selection.sources.models import Draw, SourceValue
from market.selection.sources.queries import rows as source_rows
from market.selection.sources.rules import plan
from market.selection.sources.rules.states import DrawState


@dataclasses.dataclass(frozen=True)
class DrawCard:
    """A draw. `label`: what it is drawn for (market/selection/way.py). `sources`, in order: id, kind
    (chain, drand, lottery), slot (or round, or day), due (instant), value and signature (hex) once known,
    revealed_at. `level` as promised, `reached` where a lost source made it another; `fallback` as the
    notice's leaf has it.
    """

    number: str
    notice_number: str
    label: str
    state: DrawState
    level: str
    reached: str | None
    fallback: list[Json]
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
    sources: tuple[Json, ...]


def draw(work: Work, draw_no: str) -> DrawCard:
    """A draw by its number XQ-... Refuses `draw.none`."""
    row = source_rows.draw_by_number(work, draw_no)
    same = {
        field.name: getattr(row, field.name)
        for field in dataclasses.fields(DrawCard)
        if field.name not in ("notice_number", "sources")
    }
    return DrawCard(
        **same, notice_number=sibling(row.number, Prefix.NOTICE), sources=_sources(work, row)
    )


def draw_of_notice(work: Work, notice_id: int) -> DrawCard | None:
    """The draw of a notice; None of a way that draws nothing."""
    row = source_rows.draw_of_or_none(work, notice_id)
    return draw(work, row.number) if row else None


def _sources(work: Work, row: Draw) -> tuple[Json, ...]:
    chains = {chain.source: chain for chain in source_rows.chains(work)}
    out = []
    for planned in source_rows.plan_of(work, row.id):
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
