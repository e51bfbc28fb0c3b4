"""The plan of a draw: which sources it goes by."""

from market.db import Work
from market.kernel.plain import Json
from market.selection.sources.models import DrawSource, NoticeLot
from market.selection.sources.queries import rows as source_rows


def write_sources(work: Work, draw: NoticeLot, sources: list[Json]) -> None:
    """Put a plan in place of the one before."""
    for row in source_rows.plan_of(work, draw.id):
        work.session.delete(row)
    work.session.flush()
    work.session.add_all(
        DrawSource(
            draw_id=draw.id,
            position=position,
            source=source["id"],
            kind=source["kind"],
            slot=source.get("slot") or source["round"],
        )
        for position, source in enumerate(sources)
    )
