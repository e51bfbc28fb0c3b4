"""What happens in a selection, as the log says it. Draw events carry exactly the keys of
zjcs-draw/1 (verify/zjcs/leaves.py).
"""

import dataclasses
import datetime as dt

from market.kernel.events import DrawEvent
from market.kernel.plain import Json


@dataclasses.dataclass(frozen=True, kw_only=True)
class SourceAnchored(DrawEvent):
    kind = "source.anchor"
    source: str
    hash: str = "sha256"
    n: int
    genesis: int
    period: int
    anchor: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticePublished(DrawEvent):
    """`notice_sha256` is over the canonical JSON of the notice; instants are epoch seconds, rule 12
    explains the last two.
    """

    kind = "notice.published"
    alg: str
    draw: str
    draw_at: int
    entry_close: int
    notice_sha256: str
    reserves: int
    sources: list[Json]
    fallback: list[Json] | None = None
    winners: int
    level: str
    project: str
    predecessor: str | None = None
    # since zjcs-draw/2
    drain_max: int | None = None
    rule: str | None = None
    rulebook: Json | None = None
    sealed_quotes: Json | None = None
    quote_rule: Json | None = None
    credit: Json | None = None
    shortlist: Json | None = None
    auction: Json | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeAmended(NoticePublished):
    """A restatement with later times (rule 7)."""

    kind = "notice.amended"
    at: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class DrawPostponed(DrawEvent):
    """The seal was witnessed late: the rule, nobody, moves the draw (rule 2)."""

    kind = "draw.postponed"
    at: dt.datetime
    draw: str
    draw_at: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class SourceValued(DrawEvent):
    """A chain's value of a slot; `round` and `signature` for drand, `issue` for the lottery."""

    kind = "source.value"
    source: str
    value: str
    slot: int | None = None
    round: int | None = None
    signature: str | None = None
    issue: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class SourceLost(DrawEvent):
    """A chain is lost for ever from a slot on, as its owner and another body have signed (rule 10)."""

    kind = "source.lost"
    at: dt.datetime
    by: str
    note: str
    reason: str
    slot: int
    source: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class SourceFailed(DrawEvent):
    """A public beacon's round has been missing for a day; void when it is handed in before it is
    used (rule 10).
    """

    kind = "source.failed"
    at: dt.datetime
    by: str
    reason: str
    round: int
    source: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class LotFixed(DrawEvent):
    """The list of a lot of its own is fixed, and when and by which sources it will be drawn."""

    kind = "lot.fixed"
    at: dt.datetime
    draw: str
    draw_at: int
    label: str
    list_sha256: str
    lot: str
    sources: list[Json]


@dataclasses.dataclass(frozen=True, kw_only=True)
class LotDrawn(DrawEvent):
    """Its seed is out."""

    kind = "lot.drawn"
    at: dt.datetime
    lot: str
    seed: str
