"""What oversight does, as the log says it: that a selection was reviewed, by which body, with what
outcome; of a clue a digest alone. Names and words stay in the office.
"""

import dataclasses
import datetime as dt

from market.kernel.events import DrawEvent, Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class SelectionReviewed(Event):
    """`subject` is the notice's number, `body` the name of the reviewing body, `round` counts its
    reviews of this notice from 1.
    """

    kind = "oversight.reviewed"
    body: str
    outcome: str
    round: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClueKept(Event):
    """A review has ended as a clue, or answers a sample that is not told yet. `subject` is the salted
    SHA-256 (hex) of selection, body, round, outcome, marks and words: whom it concerns is not warned,
    and nobody can invent it later.
    """

    kind = "oversight.kept"


@dataclasses.dataclass(frozen=True, kw_only=True)
class BodyAsked(Event):
    """An overseer has asked a body about a selection. `body` and `to` are organisations as the log
    has them (O000012), `no` counts the questions about the notice from 1; the words stay inside.
    """

    kind = "oversight.asked"
    body: str
    to: str
    no: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class BodyAnswered(Event):
    """The body that was asked has answered."""

    kind = "oversight.answered"
    body: str
    to: str
    no: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class SamplePlanned(DrawEvent):
    """A sample is promised before its period; `share` in hundredths of a percent."""

    kind = "sample.planned"
    at: dt.datetime
    label: str
    period: str
    share: int
    least: int
    most: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class SampleListed(DrawEvent):
    """The list of a sample, which is what the log has closed in its period, is fixed by its digest."""

    kind = "sample.listed"
    at: dt.datetime
    label: str
    period: str
    sha256: str
    count: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class SamplePublished(Event):
    """The results of a sample are public: how many were drawn, and of each result how many; of reviews
    `in_order` and `otherwise`, which is every other outcome.
    """

    kind = "oversight.sampled"
    drawn: int
    results: dict[str, int]


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClueMade(Event):
    """A clue is written down for a discipline body. `commit` is its salted digest: whom it concerns is
    not warned, and nothing can be put in or taken out later.
    """

    kind = "clue.made"
    commit: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClueExported(Event):
    """It left the platform as a file with this digest."""

    kind = "clue.exported"
    sha256: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClueHandedOver(Event):
    """The discipline body has signed the receipt."""

    kind = "clue.handed_over"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClueAskedAfter(Event):
    """The sender has asked once what came of it."""

    kind = "clue.asked_after"
