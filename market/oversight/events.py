"""What oversight does, as the log says it: that a selection was reviewed, by which body, with what
outcome; of a clue a digest alone. Names and words stay in the office.
"""

import dataclasses

from market.kernel.events import Event


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
    """A review has ended as a clue. `subject` is the salted SHA-256 (hex) of selection, body, round,
    outcome, marks and words: whom it concerns is not warned, and nobody can invent it later.
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
