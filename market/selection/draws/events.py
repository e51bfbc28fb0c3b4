"""The order of a draw and who has dropped out of it, as the log says it: exactly the keys of zjcs-draw/1
(verify/zjcs/leaves.py).
"""

import dataclasses
import datetime as dt

from market.kernel.events import DrawEvent


@dataclasses.dataclass(frozen=True, kw_only=True)
class DrawResult(DrawEvent):
    kind = "draw.result"
    draw: str
    order: list[str]
    seed: str
    order_sha256: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class ResultSkipped(DrawEvent):
    kind = "result.skip"
    at: dt.datetime
    by: str
    draw: str
    rank: int
    reason: str
    ref: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ResultFinal(DrawEvent):
    kind = "result.final"
    at: dt.datetime
    draw: str
    winners: list[str]
