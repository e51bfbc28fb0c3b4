"""What happens to a matter after its letter. The subject is the notice; `contract` is HT-..., `winner`
the agency's platform number. Amounts are not said: they are the award's.
"""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class ContractProposed(Event):
    """One side (`by`) registered the contract as it was signed; the other looks at it until `due`
    (exclusive). Amount, scope and parties are those of the award, or it would not be here.
    """

    kind = "contract.proposed"
    contract: str
    by: str
    signed_on: dt.date
    file_sha256: str
    scope_sha256: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class ContractQuestioned(Event):
    """The other side says that this is not what was signed; it is to be registered again."""

    kind = "contract.questioned"
    contract: str
    file_sha256: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ContractDropped(Event):
    """The letter ended, or is held, before both had confirmed the contract."""

    kind = "contract.dropped"
    contract: str
    winner: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ContractConfirmed(Event):
    """Both have confirmed it; `track` says by how many steps the matter goes."""

    kind = "contract.confirmed"
    contract: str
    winner: str
    track: str
    service_days: int | None
    pay_days: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ContractAdopted(Event):
    """A contract from before both sides registered takes up its course."""

    kind = "contract.adopted"
    contract: str
    winner: str
    track: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ServiceStarted(Event):
    """The service began on a day; what it brings forth is due before `due` where the days are known."""

    kind = "contract.started"
    contract: str
    started_on: dt.date
    due: dt.datetime | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class ServiceProgressed(Event):
    """The agency said how far it is; what it said is for the owner."""

    kind = "contract.progressed"
    contract: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ServiceDelivered(Event):
    """A version was handed over; the owner inspects it until `due` (exclusive)."""

    kind = "contract.delivered"
    contract: str
    version: int
    file_sha256: str | None
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class ServiceReturned(Event):
    """The owner returned a version with one complete list of so many `items`."""

    kind = "contract.returned"
    contract: str
    version: int
    items: int
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class ServiceAccepted(Event):
    """The owner accepted a version; the money is due before `pay_due`. Evaluations begin here."""

    kind = "contract.accepted"
    contract: str
    winner: str
    version: int
    pay_due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class PaymentRegistered(Event):
    """The owner registered a payment; the agency may object until `due` (exclusive)."""

    kind = "contract.paid"
    contract: str
    payment: int
    paid_on: dt.date
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class PaymentConfirmed(Event):
    """The agency has received it."""

    kind = "contract.received"
    contract: str
    payment: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class PaymentStands(Event):
    """The agency said nothing in its days; what the owner registered stands."""

    kind = "contract.receipt_lapsed"
    contract: str
    payment: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class PaymentDenied(Event):
    """The agency says that this payment has not come; the owner's time for paying goes on."""

    kind = "contract.not_received"
    contract: str
    payment: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class PaymentReminded(Event):
    """So many calendar days (`days`) after the due the whole amount is not registered."""

    kind = "contract.pay_reminded"
    contract: str
    days: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ContractClosed(Event):
    """Accepted and paid: nothing of the matter is open."""

    kind = "contract.closed"
    contract: str
    winner: str
