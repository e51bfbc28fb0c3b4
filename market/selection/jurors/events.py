"""What happens in the pool, as the log says it; `jurors.pool` and `jurors.listed` have exactly the keys of
zjcs-rank/2 (verify/zjcs/leaves_2.py).
"""

import dataclasses
import datetime as dt

from market.kernel.events import DrawEvent, Event
from market.kernel.plain import Json


@dataclasses.dataclass(frozen=True, kw_only=True)
class ExpertApplied(Event):
    kind = "expert.applied"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ExpertProposed(Event):
    """An officer has proposed what is to become of a member."""

    kind = "expert.proposed"
    step: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ExpertDecided(Event):
    """The second person has followed it, or has not."""

    kind = "expert.decided"
    step: str
    followed: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class ExpertLeft(Event):
    kind = "expert.left"


@dataclasses.dataclass(frozen=True, kw_only=True)
class PoolEdited(DrawEvent):
    """The pool as it is now: how many, and a digest of their numbers and categories."""

    kind = "jurors.pool"
    at: dt.datetime
    by: str
    count: int
    second: str | None = None
    sha256: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class JurorsListed(DrawEvent):
    """Who of the pool is in the lot of a notice, and who is not and why, by salted digests."""

    kind = "jurors.listed"
    at: dt.datetime
    draw: str
    excluded: list[Json]
    pool: Json
    refs: list[str]
    round: int
