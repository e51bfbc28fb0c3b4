"""What happens to awards and their letters. The subject is the notice; `letter` is TZ-..., `winner`
the agency's platform number.
"""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardIssued(Event):
    """The standstill was over, nothing was open, and where the rulebook asks the winner, he had
    confirmed.
    """

    kind = "award.issued"
    letter: str
    document: str
    winner: str
    rank: int
    amount_fen: int
    contract_due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardOffered(Event):
    """The standstill was over; the winner is asked whether he accepts, until `due` (exclusive)."""

    kind = "award.offered"
    letter: str
    winner: str
    rank: int
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardConfirmed(Event):
    """The winner accepts."""

    kind = "award.confirmed"
    letter: str
    winner: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardLapsed(Event):
    """The winner was silent, which is a refusal; the next rank follows with a publicity of its own."""

    kind = "award.lapsed"
    letter: str
    winner: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardBlocked(Event):
    """The letter waits for the winner's deferred documents; which they are is not said."""

    kind = "award.blocked"
    letter: str
    winner: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardOfferVoided(Event):
    """No letter comes: the result was annulled, or its winner has left the marketplace."""

    kind = "award.offer_void"
    letter: str
    winner: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardHeld(Event):
    """By a complaint; `document` is the letter's, none while there is no letter yet."""

    kind = "award.held"
    letter: str
    document: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardResumed(Event):
    kind = "award.resumed"
    letter: str
    document: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardDeclined(Event):
    """The winner gives the award up, before its letter (without `document`) or after; the next rank
    follows with a publicity of its own.
    """

    kind = "award.declined"
    letter: str
    document: str | None = None
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AwardVoided(Event):
    """The result that the letter rests on was annulled."""

    kind = "award.void"
    letter: str
    document: str
    winner: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ContractOverdue(Event):
    """No contract in the days that the rulebook gives; noted once."""

    kind = "award.contract_overdue"
    letter: str
    document: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class QualificationLapsed(Event):
    """The winner's last certificate for the item (`item`) has ended while the service is owed."""

    kind = "award.qualification_lapsed"
    letter: str
    winner: str
    item: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ContractRegistered(Event):
    """Both sides have registered that the contract is signed; `contract` is HT-..., nobody follows
    in the order any more. Older facts were registered by the owner alone.
    """

    kind = "award.contracted"
    letter: str
    contract: str
    signed_on: dt.date
