"""What happens to cases, as the log says it: a number and what was done. Who was not served well, and in
what, stays in the register.
"""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class CaseOpened(Event):
    """`subject` is the case's number, `body` answers for it; contact is due before `due`."""

    kind = "case.opened"
    source: str
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class CasePraised(Event):
    """Somebody praises: counted, never scored, nothing is to be done (docs/rules.md#ratings)."""

    kind = "case.praised"
    source: str
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class CaseContacted(Event):
    """The body has spoken with who was not served well; rectified before `due`."""

    kind = "case.contacted"
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class CaseExtended(Event):
    """It is complex, for a written reason: rectified before `due`."""

    kind = "case.extended"
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class CaseRectified(Event):
    """Rectified and answered; called back before `due`."""

    kind = "case.rectified"
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class CaseCalledBack(Event):
    """Another person called back: solved, unsolved (it is rectified again) or unreached."""

    kind = "case.called_back"
    body: str
    result: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class CaseAssigned(Event):
    """Somebody of the body keeps the case to its end (首接负责)."""

    kind = "case.assigned"
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class CaseSupervised(Event):
    """`by`, a body, orders `body` to deal with it and report before `due` (督办); `no` counts orders."""

    kind = "case.supervised"
    body: str
    by: str
    no: int
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class CaseReported(Event):
    """The body has reported to the body that ordered it."""

    kind = "case.reported"
    body: str
    by: str
    no: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class CaseMet(Event):
    """Several bodies have met about it on a day (联席会议); `no` counts meetings."""

    kind = "case.met"
    body: str
    no: int
    held_on: dt.date


@dataclasses.dataclass(frozen=True, kw_only=True)
class CaseTransferred(Event):
    """It was passed on to a body outside the platform; its answer is fetched before `due`."""

    kind = "case.transferred"
    body: str
    to: str
    no: int
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class CaseBack(Event):
    """It has come back from there: answered, or returned as not theirs."""

    kind = "case.back"
    body: str
    no: int
    back: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AnswerPublished(Event):
    """An answer of the knowledge base is public; `sha256` is of its text."""

    kind = "answer.published"
    version: int
    sha256: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AnswerWithdrawn(Event):
    """An answer holds no more; its address says so."""

    kind = "answer.withdrawn"


@dataclasses.dataclass(frozen=True, kw_only=True)
class PainListed(Event):
    """A pain point stands in the public register; `body` solves it before `due`."""

    kind = "pain.listed"
    batch: str
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class PainMoved(Event):
    """Something was done about it: worked, solved, dropped, reopened; `no` counts."""

    kind = "pain.moved"
    body: str
    step: str
    no: int
