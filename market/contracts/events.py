"""What happens to award letters. The subject is the letter's number TZ-...; `winner` is the agency's platform number."""
import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardIssued(Event):
    """By the clock: the standstill was over and nothing was open."""

    kind = "award.issued"
    notice: str
    document: str
    winner: str
    rank: int
    amount_fen: int
    contract_due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardHeld(Event):
    kind = "award.held"
    document: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardResumed(Event):
    kind = "award.resumed"
    document: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardDeclined(Event):
    """The winner gives the award up; the next rank follows with a publicity of its own."""

    kind = "award.declined"
    document: str
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardVoided(Event):
    """The result that the letter rests on was annulled."""

    kind = "award.voided"
    document: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ContractOverdue(Event):
    """No contract in the days that the rulebook gives; noted once."""

    kind = "award.contract_overdue"
    document: str
    due: dt.datetime
