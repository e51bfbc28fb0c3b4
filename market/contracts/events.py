"""What happens to award letters. The subject is the notice; `letter` is TZ-..., `winner` the agency's platform number."""
import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardIssued(Event):
    """By the clock: the standstill was over and nothing was open."""

    kind = "award.issued"
    letter: str
    document: str
    winner: str
    rank: int
    amount_fen: int
    contract_due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardHeld(Event):
    kind = "award.held"
    letter: str
    document: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardResumed(Event):
    kind = "award.resumed"
    letter: str
    document: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardDeclined(Event):
    """The winner gives the award up; the next rank follows with a publicity of its own."""

    kind = "award.declined"
    letter: str
    document: str
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardVoided(Event):
    """The result that the letter rests on was annulled."""

    kind = "award.void"
    letter: str
    document: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ContractOverdue(Event):
    """No contract in the days that the rulebook gives; noted once."""

    kind = "award.contract_overdue"
    letter: str
    document: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class ContractRegistered(Event):
    """The owner registered that the contract is signed; `contract` is HT-..., nobody follows in the order any more."""

    kind = "award.contracted"
    letter: str
    contract: str
    signed_on: dt.date
