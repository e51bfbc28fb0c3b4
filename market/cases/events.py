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
