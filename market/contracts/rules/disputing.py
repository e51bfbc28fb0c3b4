"""A part of the money that the owner says is not owed: it waits, the rest runs on (docs/rules.md#payment). Pure.

Source: 《保障中小企业款项支付条例》（国令第802号）第十五条 (only the disputed part waits), 第十二条、第十四条 (what is no reason).
"""

import dataclasses
import enum

from market.contracts.rules.matter import ContractState
from market.kernel.errors import Invalid, Refusal
from market.kernel.money import Amount
from market.kernel.states import move


class Ground(enum.StrEnum):
    """Why a part is disputed. That the head has changed, that the body's own procedure goes on or that an
    audit is waited for is none.
    """

    QUALITY = "quality"
    QUANTITY = "quantity"
    DEDUCTION = "deduction"  # what the contract itself takes off
    CALCULATION = "calculation"


class DisputeState(enum.StrEnum):
    """Where a dispute stands. Silence ends none."""

    OPEN = "open"
    ALLOWED = "allowed"  # the agency agrees: it is not owed
    DROPPED = "dropped"  # the owner says so no more: it is owed


NEXT_DISPUTE = {DisputeState.OPEN: frozenset({DisputeState.ALLOWED, DisputeState.DROPPED})}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Dispute:
    """A dispute as the owner states it: the part (fen) of what is unpaid, and why in words for both."""

    amount_fen: int
    ground: Ground
    statement: str


def move_dispute(old: DisputeState, new: DisputeState) -> DisputeState:
    """The step, or the refusal `contract.dispute_ended`."""
    return move(NEXT_DISPUTE, old, new, "contract.dispute_ended")


def check_dispute(dispute: Dispute, state: ContractState, due_fen: int, disputed_fen: int) -> None:
    """Refuse `contract.wrong_state` before money is due, `contract.dispute_waits` while one is open, and
    `contract.dispute_amount` (field amount) for nothing or more than is unpaid (fen).
    """
    if state is not ContractState.ACCEPTED:
        raise Refusal("contract.wrong_state")
    if disputed_fen:
        raise Refusal("contract.dispute_waits")
    if not 0 < dispute.amount_fen <= due_fen:
        raise Invalid("contract.dispute_amount", field="amount", most=Amount(due_fen))
