"""What happens to evaluations. The subject is the notice, `contract` HT-..., `by` the side that evaluates,
`winner` the agency's platform number. Before the opening the log has a digest alone; no text is ever
on it.
"""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class EvaluationAsked(Event):
    """The service was accepted: both sides may evaluate each other until `due` (exclusive)."""

    kind = "evaluation.asked"
    contract: str
    winner: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class EvaluationSealed(Event):
    """A side has evaluated the other; `digest` binds what it said, its opening proves it."""

    kind = "evaluation.sealed"
    contract: str
    by: str
    digest: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class EvaluationCorrected(Event):
    """A side has corrected what it said before anybody read it; this digest counts."""

    kind = "evaluation.corrected"
    contract: str
    by: str
    digest: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class EvaluationOpened(Event):
    """What a side said is public: five marks of 1 to 5, `overall` in hundredths, the salt of its seal
    and the salted digest of its texts.
    """

    kind = "evaluation.opened"
    contract: str
    by: str
    winner: str
    quality: int
    timeliness: int
    attitude: int
    fees: int
    conduct: int
    overall: int
    salt: str
    text_sha256: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class EvaluationUnrated(Event):
    """A side said nothing in its days: that is no mark."""

    kind = "evaluation.unrated"
    contract: str
    by: str
    winner: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class EvaluationReplied(Event):
    """Who was evaluated has replied; the reply stands beside the evaluation."""

    kind = "evaluation.replied"
    contract: str
    by: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class EvaluationFollowed(Event):
    """The one later word of who evaluated."""

    kind = "evaluation.followed"
    contract: str
    by: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class EvaluationAppealed(Event):
    """Who was evaluated appeals, on one of the closed grounds; `body` decides until `due` (exclusive)."""

    kind = "evaluation.appealed"
    contract: str
    by: str
    ground: str
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class EvaluationAnswered(Event):
    """Who evaluated was heard on the appeal."""

    kind = "evaluation.answered"
    contract: str
    by: str
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class EvaluationAppealDecided(Event):
    """`outcome` is upheld or rejected; what an upheld one does follows from its ground."""

    kind = "evaluation.appeal_decided"
    contract: str
    by: str
    ground: str
    outcome: str
