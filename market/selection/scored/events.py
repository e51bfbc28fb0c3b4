"""What happens in a scored selection, as the log says it: exactly the keys of zjcs-rank/2
(verify/zjcs/leaves_2.py).
"""

import dataclasses
import datetime as dt

from market.kernel.events import DrawEvent
from market.kernel.plain import Json


@dataclasses.dataclass(frozen=True, kw_only=True)
class ScoredPublished(DrawEvent):
    """What a notice promises of its scoring; instants in epoch seconds, weights in points. `price`: not
    where proposals alone rank; `credit`, `response`: only where they are scored; `sealed_proposals`: only where
    proposals are files.
    """

    kind = "notice.published"
    alg: str
    criteria: list[Json]
    draw: str
    drain_max: int
    entry_close: int
    experts: Json | None = None
    jurors: int
    notice_sha256: str
    pass_mark: int
    predecessor: str | None = None
    price: Json | None = None
    credit: Json | None = None
    response: Json | None = None
    project: str
    quote_rule: Json
    reserves: int
    rule: str
    rulebook: Json
    sealed_prices: Json
    sealed_proposals: Json | None = None
    winners: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ScoredAmended(ScoredPublished):
    kind = "notice.amended"
    at: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class JurorsNamed(DrawEvent):
    """Who judges and who follows, by salted digests."""

    kind = "jurors.named"
    at: dt.datetime
    draw: str
    reserves: list[str]
    seats: list[Json]


@dataclasses.dataclass(frozen=True, kw_only=True)
class JurorsDrawn(DrawEvent):
    """The first of the lot's order sit; all others follow in their order."""

    kind = "jurors.drawn"
    at: dt.datetime
    draw: str
    round: int
    seats: list[Json]


@dataclasses.dataclass(frozen=True, kw_only=True)
class JurorReplaced(DrawEvent):
    """The next reserve sits; what was in the seat before does not count. `delivery`: of who was silent, the
    digest (hex) of how he had been told.
    """

    kind = "juror.replaced"
    at: dt.datetime
    delivery: str | None = None
    draw: str
    reason: str
    ref: str
    seat: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class LettersFixed(DrawEvent):
    """By which letters the proposals are judged, hidden."""

    kind = "letters.fixed"
    at: dt.datetime
    draw: str
    rows: list[Json]


@dataclasses.dataclass(frozen=True, kw_only=True)
class SheetSealed(DrawEvent):
    kind = "sheet.sealed"
    at: dt.datetime
    draw: str
    letters: list[str]
    seat: int
    sha256: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class SheetsClosed(DrawEvent):
    """Every seat has handed in: nothing is judged any more, the keys of the quotes may leave."""

    kind = "sheets.closed"
    at: dt.datetime
    count: int
    draw: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class QuotesPart(DrawEvent):
    kind = "quotes.part"
    draw: str
    part: int
    rows: list[Json]


@dataclasses.dataclass(frozen=True, kw_only=True)
class QuotesOpened(DrawEvent):
    """What was quoted, with what opens each commitment."""

    kind = "quotes.opened"
    at: dt.datetime
    draw: str
    rows: list[Json] | None = None
    count: int | None = None
    parts: list[str] | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class LettersOpened(DrawEvent):
    kind = "letters.opened"
    at: dt.datetime
    draw: str
    rows: list[Json]


@dataclasses.dataclass(frozen=True, kw_only=True)
class SheetOpened(DrawEvent):
    """A juror's marks; the comments stand as a digest and go to whom they concern."""

    kind = "sheet.opened"
    at: dt.datetime
    comments: str
    draw: str
    juror: str
    rows: list[Json]
    salt: str
    seat: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ScoredRanked(DrawEvent):
    """The order that follows."""

    kind = "ranking.result"
    at: dt.datetime
    draw: str
    order: list[str]
    order_sha256: str | None = None
    winners: int
