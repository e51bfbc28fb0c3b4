"""The order of a way that ranks, as the log says it: exactly the keys of zjcs-rank/2
(verify/zjcs/leaves_2.py).
"""

import dataclasses
import datetime as dt

from market.kernel.events import DrawEvent


@dataclasses.dataclass(frozen=True, kw_only=True)
class RankedByLot(DrawEvent):
    """Everybody on the list from the first to the last, and the seed (hex) by whose tickets the equals
    were ordered.
    """

    kind = "ranking.result"
    at: dt.datetime
    draw: str
    order: list[str]
    order_sha256: str | None = None
    seed: str
    winners: int
