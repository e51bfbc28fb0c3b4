"""What an agency asks for about money that is owed. The subject is the notice; `contract` is HT-..., `no`
counts its claims from 1. Amounts and words are for both sides alone.
"""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClaimAsked(Event):
    """The agency asks the owner to confirm what it owes; answered until `due` (exclusive)."""

    kind = "contract.claim_asked"
    contract: str
    no: int
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClaimAnswered(Event):
    """The owner has confirmed what it owes, or said why not."""

    kind = "contract.claim_answered"
    contract: str
    no: int
    confirmed: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class PaymentDemanded(Event):
    """The agency demands what is late; `days` calendar days behind the due."""

    kind = "contract.demanded"
    contract: str
    no: int
    days: int
