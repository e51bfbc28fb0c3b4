"""Making a chain of values public."""

from market.db import Work
from market.kernel.errors import Refusal
from market.selection import permissions
from market.selection.leaves import record_draw
from market.selection.sources.events import SourceAnchored
from market.selection.sources.models import ChainAnchor


def anchor_chain(
    work: Work,
    *,
    source: str,
    anchor: str,
    genesis: int,
    period: int,
    n: int,
    owner_id: int | None = None,
) -> bool:
    """Make a chain public before any notice names it; False when it is public already.

    `owner_id` is the organisation that holds the secret: two owners make S1. Refuses
    `draw.other_anchor`.
    """
    permissions.require(work.actor, "selection.anchor")
    known = work.session.get(ChainAnchor, source)
    if known is not None:
        if known.anchor != anchor:
            raise Refusal("draw.other_anchor", source=source)
        return False
    work.session.add(
        ChainAnchor(
            source=source,
            anchor=anchor,
            genesis=genesis,
            period=period,
            n=n,
            owner_id=owner_id,
            anchored_at=work.now,
        )
    )
    record_draw(
        work,
        SourceAnchored(
            subject=source, source=source, anchor=anchor, genesis=genesis, period=period, n=n
        ),
    )
    return True
