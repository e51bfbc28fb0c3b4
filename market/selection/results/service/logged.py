"""Who drops out of an order and who has won for good, on the log: of every way alike (rule 11).

`alg` is the protocol of the way's notices.
"""

from collections.abc import Sequence

from market.db import Work
from market.kernel.ids import Prefix, sibling
from market.selection.leaves import record_draw
from market.selection.results.events import ResultFinal, ResultSkipped
from market.selection.way import Skipped
from verify.zjcs.draw import PROTOCOL


def skipped(work: Work, place: Skipped, *, alg: str = PROTOCOL) -> None:
    """Say on the log that a rank has dropped out of the order."""
    record_draw(
        work,
        ResultSkipped(
            subject=place.number,
            at=work.now,
            by=place.by,
            draw=sibling(place.number, Prefix.DRAW),
            rank=place.rank,
            reason=place.reason,
            ref=place.ref,
        ),
        alg=alg,
    )


def final(work: Work, number: str, winners: Sequence[str], *, alg: str = PROTOCOL) -> None:
    """Say on the log who has won for good."""
    record_draw(
        work,
        ResultFinal(
            subject=number,
            at=work.now,
            draw=sibling(number, Prefix.DRAW),
            winners=list(winners),
        ),
        alg=alg,
    )
