"""The order of a random draw: each entrant's ticket under the seed, smallest first (zjcs-draw/1)."""

from market.db import Work
from market.selection.draws.events import DrawResult
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.rules.states import EntryState
from market.selection.leaves import record_draw
from market.selection.notices.queries import rows as notice_rows
from market.selection.results.service.announce import publish_order
from market.selection.sources.queries import rows as source_rows
from market.selection.way import Ranked
from verify.zjcs import draw as protocol


def drawn(work: Work, number: str, seed: str) -> None:
    """Put the order that follows from a seed (hex) on the log, and publish it as the result."""
    notice = notice_rows.by_number(work, number, lock=True)
    draw = source_rows.draw_of(work, notice.id, lock=True)
    entries = {entry.ref: entry for entry in entry_rows.entries(work, notice.id, EntryState.LISTED)}

    order = protocol.order(seed, list(entries))
    refs = [ref for ref, _ in order]
    record_draw(
        work,
        DrawResult(
            subject=number,
            draw=draw.number,
            **protocol.order_said(refs),
            seed=seed,
        ),
    )
    publish_order(
        work,
        number,
        [
            Ranked(entry_id=entries[ref].id, ref=ref, draw_id=draw.id, ticket=ticket)
            for ref, ticket in order
        ],
        winners=draw.winners,
        reserves=draw.reserves,
    )
