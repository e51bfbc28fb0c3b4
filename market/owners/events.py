"""What happens to an owner's registration, as the log says it. `subject` is YZ-…."""

import dataclasses

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnerRegistered(Event):
    """`owner` is public, firm or person."""

    kind = "owner.registered"
    owner: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnerReturned(Event):
    """Sent back with one list of `items` corrections."""

    kind = "owner.returned"
    items: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnerResubmitted(Event):
    kind = "owner.resubmitted"


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnerApproved(Event):
    kind = "owner.approved"


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnerRefusalProposed(Event):
    kind = "owner.refusal_proposed"
    ground: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnerRefusalDropped(Event):
    """The second person did not sign: the check goes on."""

    kind = "owner.refusal_dropped"


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnerRefused(Event):
    kind = "owner.refused"
    ground: str
