"""The order of a draw, as the log says it: exactly the keys of zjcs-draw/1 (verify/zjcs/leaves.py)."""

import dataclasses

from market.kernel.events import DrawEvent


@dataclasses.dataclass(frozen=True, kw_only=True)
class DrawResult(DrawEvent):
    kind = "draw.result"
    draw: str
    order: list[str]
    seed: str
    order_sha256: str | None = None
