"""What happens in a direct choice, as the log says it: exactly the keys of zjcs-rank/2
(verify/zjcs/leaves_2.py).
"""

import dataclasses
import datetime as dt

from market.kernel.events import DrawEvent
from market.kernel.plain import Json


@dataclasses.dataclass(frozen=True, kw_only=True)
class DirectPublished(DrawEvent):
    """What a notice promises of its choice: until when the owner chooses, and by what the list is
    sorted. `choose_by` in epoch seconds, `day` as YYYY-MM-DD, `prior` in hundredths.
    """

    kind = "notice.published"
    alg: str
    cap: int
    choose_by: int
    day: str
    draw: str
    notice_sha256: str
    predecessor: str | None = None
    prior: dict[str, int]
    project: str
    rule: str
    rulebook: Json
    weights: dict[str, int]
    winners: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class DirectPart(DrawEvent):
    """A part of a long list, whose hash stands in the leaf that closes it."""

    kind = "direct.part"
    draw: str
    part: int
    rows: list[Json]


@dataclasses.dataclass(frozen=True, kw_only=True)
class DirectListed(DrawEvent):
    """Every eligible agency as the owner is shown them, with figures and place."""

    kind = "direct.listed"
    at: dt.datetime
    draw: str
    rows: list[Json] | None = None
    count: int | None = None
    parts: list[str] | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class DirectOffered(DrawEvent):
    """The owner has offered the work to an agency of the list; `amount` in fen."""

    kind = "direct.offered"
    amount: int
    at: dt.datetime
    draw: str
    ref: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class DirectAnswered(DrawEvent):
    """It has accepted or refused, or its days are over (`reason` silent)."""

    kind = "direct.answered"
    accepted: bool
    at: dt.datetime
    draw: str
    reason: str | None = None
    ref: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class DirectRanked(DrawEvent):
    """The order of one, which follows from the acceptance."""

    kind = "ranking.result"
    at: dt.datetime
    draw: str
    order: list[str]
    winners: int
