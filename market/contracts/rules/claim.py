"""What an agency asks for about money that is owed: that the owner confirms it for a bank (确认应收账款), or that
it pays (催款函). Pure.

Source: docs/rules.md#claims; 《保障中小企业款项支付条例》（国令第802号）第十六条、第二十条.
"""

import dataclasses
import datetime as dt
import enum

from market.contracts.rules.matter import PAYABLE, ContractState
from market.kernel.errors import Refusal
from market.kernel.states import move
from market.windows.rules import Kind, Nature

CONFIRM_CLAIM = Kind("contracts.claim", Nature.DUTY, "确认应收账款")
CLAIM_WINDOWS = {CONFIRM_CLAIM.name: CONFIRM_CLAIM}
ANSWER_DAYS = 30
"""Calendar days in which the owner answers (article 16)."""
DEMAND_EVERY = 15
"""Calendar days between two letters of demand."""


class Claim(enum.StrEnum):
    """What is asked for."""

    RECEIVABLE = "receivable"
    DEMAND = "demand"


class ClaimState(enum.StrEnum):
    """Where it stands; a letter of demand is sent and waits for nothing but the payment. Refused without
    an answer: the money came before it.
    """

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    SENT = "sent"


NEXT_CLAIM = {ClaimState.ASKED: frozenset({ClaimState.CONFIRMED, ClaimState.REFUSED})}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Standing:
    """What a claim is held against: the contract's state, what is unpaid (fen), how many days late,
    when the last demand left, and whether a question waits for the owner.
    """

    state: ContractState
    left_fen: int
    days_late: int
    demanded_on: dt.date | None
    is_asked: bool


def move_claim(old: ClaimState, new: ClaimState) -> ClaimState:
    """The step, or the refusal `contract.claim_answered`."""
    return move(NEXT_CLAIM, old, new, "contract.claim_answered")


def check_claim(claim: Claim, standing: Standing, today: dt.date) -> None:
    """Refuse `contract.nothing_owed`; of a question `contract.claim_waits` while one waits; of a demand
    `contract.not_late` before the due is over, `contract.demanded_lately` within DEMAND_EVERY days.
    """
    if standing.state not in PAYABLE or standing.left_fen <= 0:
        raise Refusal("contract.nothing_owed")
    if claim is Claim.RECEIVABLE:
        if standing.is_asked:
            raise Refusal("contract.claim_waits")
        return
    if standing.days_late <= 0:
        raise Refusal("contract.not_late")
    last = standing.demanded_on
    if last is not None and (today - last).days < DEMAND_EVERY:
        following = last + dt.timedelta(days=DEMAND_EVERY)
        raise Refusal(
            "contract.demanded_lately", on=last.isoformat(), following=following.isoformat()
        )
