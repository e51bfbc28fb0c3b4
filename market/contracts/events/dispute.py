"""A part of the money that is disputed. The subject is the notice; `contract` is HT-..., `no` counts its
disputes from 1. Amounts, grounds and words are for both sides alone: nobody has found yet who is right.
"""

import dataclasses

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class PaymentDisputed(Event):
    """The owner says that a part is not owed; the rest is due as before."""

    kind = "contract.disputed"
    contract: str
    no: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class DisputeEnded(Event):
    """`outcome`: `allowed` (the agency agrees that it is not owed) or `dropped` (it is owed)."""

    kind = "contract.dispute_ended"
    contract: str
    no: int
    outcome: str
