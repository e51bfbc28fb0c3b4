"""What happens to a result, as the log says it."""

import dataclasses
import datetime as dt

from market.kernel.events import DrawEvent, Event


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
class ResultSkipped(DrawEvent):
    """A rank has dropped out of the order, in its turn (rule 11)."""

    kind = "result.skip"
    at: dt.datetime
    by: str
    draw: str
    rank: int
    reason: str
    ref: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ResultFinal(DrawEvent):
    """Who has won for good (rule 11)."""

    kind = "result.final"
    at: dt.datetime
    draw: str
    winners: list[str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class SuspensionOrdered(Event):
    """The sector regulator has suspended a selection: `body` as the log has it, `effect` pause or
    hold, on what `basis`, until when at the latest.
    """

    kind = "suspension.ordered"
    body: str
    effect: str
    basis: str
    until: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class SuspensionEnded(Event):
    """It has ended: `how` lifted or over."""

    kind = "suspension.ended"
    body: str
    how: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class PauseAsked(Event):
    """The owner's signatory has asked for a pause of so many working days; `body` decides."""

    kind = "pause.asked"
    pause: int
    code: str
    days: int
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class PauseBegan(Event):
    """`body` has agreed: close and selection are later, the pause lasts until then at the latest."""

    kind = "pause.began"
    pause: int
    code: str
    body: str
    until: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class PauseRefused(Event):
    """`body` has not agreed; the reasons are for the owner."""

    kind = "pause.refused"
    pause: int
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class PauseEnded(Event):
    """It has ended: `how` resumed by the owner, or over. The times that it has moved stay."""

    kind = "pause.ended"
    pause: int
    how: str
