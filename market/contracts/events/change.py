"""Changes of a contract. The subject is the notice; `contract` is HT-..., `no` counts its changes from 1.
Days and amounts (fen) are public as those of the award are; the words are for both sides alone.
"""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class ChangeAsked(Event):
    """One side (`by`) asks for a change; the other answers until `due` (exclusive)."""

    kind = "contract.change_asked"
    contract: str
    no: int
    change: str
    reason: str
    by: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class CancelAsked(Event):
    """One side (`by`) ends the contract; the other may take that or object until `due` (exclusive),
    then it comes. Its reason accuses the other and nobody has proved it: both sides alone read it.
    """

    kind = "contract.cancel_asked"
    contract: str
    no: int
    by: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class CancelObjected(Event):
    """The other side objects to an end, which comes all the same."""

    kind = "contract.cancel_objected"
    contract: str
    no: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ChangeVoid(Event):
    """A change that waited is worth nothing: the contract has gone on without it."""

    kind = "contract.change_void"
    contract: str
    no: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ContractTerminated(Event):
    """A decision about a complaint has ended the contract; `body` has decided."""

    kind = "contract.terminated"
    contract: str
    winner: str
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class SettlementDue(Event):
    """A contract has ended without agreement: both have until `due` (exclusive) to agree on what is paid
    for the work that was done.
    """

    kind = "contract.settlement_due"
    contract: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class SettlementOver(Event):
    """They have not agreed in these days; a court or an arbitrator may be asked."""

    kind = "contract.unsettled"
    contract: str
    winner: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ChangeAgreed(Event):
    """Both want it; above the cap another person of the owner signs until `due` (exclusive) before it
    counts.
    """

    kind = "contract.change_agreed"
    contract: str
    no: int
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class ContractChanged(Event):
    """A change counts. `days`: calendar days more, of an extension, or that a stop took. `amount_fen`: the
    amount that the contract has now, None where it is as before or where private money pays. `reason` is
    None where one side has ended the contract: what it says of the other is not proved.
    """

    kind = "contract.changed"
    contract: str
    no: int
    change: str
    reason: str | None
    by: str
    days: int | None
    amount_fen: int | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class ChangeRefused(Event):
    """The contract stays as it is: the other side, or who signs second, said no."""

    kind = "contract.change_refused"
    contract: str
    no: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ChangeWithdrawn(Event):
    """Who asked asks no more."""

    kind = "contract.change_withdrawn"
    contract: str
    no: int
