"""The order of a way that ranks: as its rule says, equals by the tickets of the lot's seed."""

import dataclasses

from market.db import Work
from market.selection.leaves import record_draw
from market.selection.lots.events import RankedByLot
from market.selection.notices.queries import rows as notice_rows
from market.selection.results.service.announce import publish_order
from market.selection.sources.queries import rows as source_rows
from market.selection.way import way_of
from verify.zjcs import draw as protocol


def drawn(work: Work, number: str, seed: str) -> None:
    """Put the order that follows from the list and a seed (hex) on the log, and publish it as the
    result. ValueError where the notice's way does not rank.
    """
    notice = notice_rows.by_number(work, number, lock=True)
    draw = source_rows.draw_of(work, notice.id, lock=True)
    ranked = way_of(notice.method).ranked
    if ranked is None:
        raise ValueError(f"{notice.method} does not rank")

    order = ranked(work, number, seed)
    refs = [place.ref for place in order]
    record_draw(
        work,
        RankedByLot(
            subject=number,
            at=work.now,
            draw=draw.number,
            **protocol.order_said(refs),
            seed=seed,
            winners=draw.winners,
        ),
        notice.alg,
    )
    publish_order(
        work,
        number,
        [dataclasses.replace(place, draw_id=draw.id) for place in order],
        winners=draw.winners,
        reserves=draw.reserves,
    )
