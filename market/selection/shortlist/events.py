"""What happens to a shortlist, as the log says it: exactly the keys of zjcs-rank/2
(verify/zjcs/leaves_2.py).
"""

import dataclasses
import datetime as dt

from market.kernel.events import DrawEvent


@dataclasses.dataclass(frozen=True, kw_only=True)
class ShortlistDrawn(DrawEvent):
    """The shortlist in its order, from the seed (hex); `choose_by` (epoch seconds) is the end of the
    owner's days as they are counted now.
    """

    kind = "shortlist.drawn"
    at: dt.datetime
    choose_by: int
    draw: str
    order: list[str]
    seed: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnerChose(DrawEvent):
    """The owner has chosen one of the shortlist; the reason is public, its digest (hex) stands here."""

    kind = "owner.chose"
    at: dt.datetime
    draw: str
    reason_sha256: str
    ref: str
