"""What happens to an award that nobody signs. The subject is the notice, `letter` TZ-...; whose fault it
is stands here only when two persons have found it.
"""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class HearingOpened(Event):
    """The days for the contract are over: both sides may say why, until `due` (exclusive)."""

    kind = "award.hearing_opened"
    letter: str
    document: str
    winner: str
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class SideStated(Event):
    """A side (`side`) has said why; what it said is for the parties and the body."""

    kind = "award.side_stated"
    letter: str
    side: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class FindingDue(Event):
    """Both have spoken or their days are over: the body finds until `due` (exclusive)."""

    kind = "award.finding_due"
    letter: str
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class FaultProposed(Event):
    """One person of the body proposes a finding; another signs it or gives it back."""

    kind = "award.fault_proposed"
    letter: str
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class FaultReturned(Event):
    """The second person gave the proposal back."""

    kind = "award.fault_returned"
    letter: str
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class FaultFound(Event):
    """Whose fault it is (agency, owner, neither), and how the matter goes on (next_rank, relist,
    more_time).
    """

    kind = "award.fault_found"
    letter: str
    document: str
    winner: str
    body: str
    fault: str
    way: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class FindingEscalated(Event):
    """The body was late: another (`body`) finds instead."""

    kind = "award.finding_escalated"
    letter: str
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class UnsignedEnded(Event):
    """Nothing is to be found any more: it was signed after all, given up, or the letter has ended."""

    kind = "award.unsigned_ended"
    letter: str
    document: str
