"""What happens in a selection, as the log says it. Draw events carry exactly the keys of
zjcs-draw/1 (verify/zjcs/leaves.py).
"""

import dataclasses
import datetime as dt
from typing import Any

from market.kernel.events import DrawEvent, Event


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
    sources: list[dict[str, Any]]
    fallback: list[dict[str, Any]] | None = None
    winners: int
    level: str
    project: str
    predecessor: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeAmended(NoticePublished):
    """A restatement with later times (rule 7)."""

    kind = "notice.amended"
    at: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeSubmitted(Event):
    """`subject` is the owner's number; the notice has none before it is published."""

    kind = "notice.submitted"
    notice_id: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeReturned(Event):
    """Sent back once, with every reason at once; the reasons are for the owner."""

    kind = "notice.returned"
    notice_id: int
    reasons: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeRefused(Event):
    kind = "notice.refused"
    notice_id: int
    channel: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeOpened(Event):
    """A notice is public and open for entries: what its publication means to people."""

    kind = "notice.opened"
    item: str
    category: str
    fund: str
    method: str
    owner: str  # the number of its registration, YZ-...
    ceiling_fen: int
    entry_close: dt.datetime
    draw_at: dt.datetime
    rulebook: int
    overridden: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeCancelled(Event):
    kind = "notice.cancelled"


@dataclasses.dataclass(frozen=True, kw_only=True)
class EntryReceived(DrawEvent):
    """No name and no quote: a number, a commitment, the instant of receipt."""

    kind = "entry.received"
    at: dt.datetime
    commit: str
    draw: str
    no: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class EntryWithdrawn(DrawEvent):
    kind = "entry.withdrawn"
    at: dt.datetime
    draw: str
    no: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class EntryLate(Event):
    """Someone's entry arrived after the close; who is not said."""

    kind = "entry.late"
    received: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class EntriesPart(DrawEvent):
    kind = "entries.part"
    draw: str
    part: int
    entrants: list[dict[str, Any]] | None = None
    excluded: list[dict[str, Any]] | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class EntriesSealed(DrawEvent):
    """The opened list, or of a long one the hashes of its parts (rule 14)."""

    kind = "entries.sealed"
    at: dt.datetime
    draw: str
    entrants: list[dict[str, Any]] | None = None
    excluded: list[dict[str, Any]] | None = None
    count: int | None = None
    parts: list[str] | None = None


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


@dataclasses.dataclass(frozen=True, kw_only=True)
class ResultPublished(Event):
    """The 中选公告: `number` its own number, `winner` the agency's platform number, `rank` its
    place in the order.

    No key `draw`: leaves that have one are the protocol's, and a verifier refuses those it does not
    know (rule 11).
    """

    kind = "result.published"
    number: str
    winner: str
    rank: int
    amount_fen: int
    entrants: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ResultHeld(Event):
    kind = "result.held"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ResultReleased(Event):
    kind = "result.released"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ResultAnnulled(Event):
    """`moved_on`: the next rank follows; else the notice is to be published again."""

    kind = "result.annulled"
    reason: str
    moved_on: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class ResultStood(Event):
    kind = "result.stood"
    winner: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class SelectionFailed(Event):
    """选取失败(流选): with its reason, for everybody."""

    kind = "selection.failed"
    reason: str
    received: int
    listed: int
    least: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeRelisted(Event):
    """A new listing has taken this one's place."""

    kind = "notice.relisted"
    successor: str
