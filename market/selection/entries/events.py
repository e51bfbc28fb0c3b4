"""What happens to entries, as the log says it. Draw events carry exactly the keys of
their protocol (verify/zjcs/leaves.py).
"""

import dataclasses
import datetime as dt

from market.kernel.events import DrawEvent, Event
from market.kernel.plain import Json


@dataclasses.dataclass(frozen=True, kw_only=True)
class EntryReceived(DrawEvent):
    """No name and no quote: a number, a commitment, the instant of receipt.

    Since zjcs-draw/2 `at` is the instant of the commit and `received_at` that of receipt; `box` is the
    hash of the sealed quote, `undo` the hash of the token that withdraws it, `proposal` that of what is
    scored, `proposal_b` that of the named part beside it.
    """

    kind = "entry.received"
    at: dt.datetime
    commit: str
    draw: str
    no: int
    received_at: dt.datetime | None = None
    undo: str | None = None
    box: str | None = None
    sealed_by: str | None = None
    proposal: str | None = None
    proposal_b: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class EntryWithdrawn(DrawEvent):
    kind = "entry.withdrawn"
    at: dt.datetime
    draw: str
    no: int
    received_at: dt.datetime | None = None
    token: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class EntriesClosed(DrawEvent):
    """How many were received, before anything is opened; nothing is entered or withdrawn behind it."""

    kind = "entries.closed"
    at: dt.datetime
    count: int
    draw: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ProposalUnopened(DrawEvent):
    """An inspector has seen that an entry was rightly left out for its proposal, which outsiders cannot
    check: verifiers list it with "!" until then.
    """

    kind = "proposal.unopened"
    at: dt.datetime
    by: str
    draw: str
    no: int
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class EntryLate(Event):
    """Someone's entry arrived after the close; who is not said."""

    kind = "entry.late"
    received: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class DrainCut(Event):
    """The list was sealed although so many web processes still reported forms from before the close
    in hand: waiting has an end (ADR 0033).
    """

    kind = "drain.cut"
    count: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class EntriesListed(DrawEvent):
    """Who is on the list, of a way whose quotes open later; a long list is several leaves."""

    kind = "entries.listed"
    at: dt.datetime
    draw: str
    entrants: list[Json]
    excluded: list[Json]
    received: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class EntriesPart(DrawEvent):
    kind = "entries.part"
    draw: str
    part: int
    entrants: list[Json] | None = None
    excluded: list[Json] | None = None
    unopened: list[Json] | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class EntriesSealed(DrawEvent):
    """The opened list, or of a long one the hashes of its parts (rule 14)."""

    kind = "entries.sealed"
    at: dt.datetime
    draw: str
    entrants: list[Json] | None = None
    excluded: list[Json] | None = None
    unopened: list[Json] | None = None
    received: int | None = None
    count: int | None = None
    parts: list[str] | None = None
