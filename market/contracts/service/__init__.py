"""The use cases of awards and matters: what comes before the letter, the letter, giving up, following
the log; the contract, the service, its acceptance, the money.
"""

from market.contracts.rules import CONFIRM, LAPSE, SIGN
from market.contracts.rules.matter import RECEIPT
from market.contracts.service.adopting import adopt
from market.contracts.service.course import deliver, report, start
from market.contracts.service.decline import DECLINED, decline
from market.contracts.service.follow import BATCH, READER, follow
from market.contracts.service.inspection import accept_delivery, return_delivery
from market.contracts.service.letter import contract_overdue
from market.contracts.service.offer import confirm, days_over, lapse, standstill_over
from market.contracts.service.paying import (
    confirm_receipt,
    deny_receipt,
    receipt_over,
    register_payment,
)
from market.contracts.service.signing import (
    confirm_contract,
    question_contract,
    register_contract,
)
from market.selection.results.rules import STANDSTILL

WINDOW_HANDLERS = {
    STANDSTILL.name: standstill_over,
    CONFIRM.name: days_over,
    LAPSE.name: lapse,
    SIGN.name: contract_overdue,
    RECEIPT.name: receipt_over,
}

__all__ = [
    "BATCH",
    "DECLINED",
    "READER",
    "WINDOW_HANDLERS",
    "accept_delivery",
    "adopt",
    "confirm",
    "confirm_contract",
    "confirm_receipt",
    "contract_overdue",
    "days_over",
    "decline",
    "deliver",
    "deny_receipt",
    "follow",
    "lapse",
    "question_contract",
    "receipt_over",
    "register_contract",
    "register_payment",
    "report",
    "return_delivery",
    "standstill_over",
    "start",
]
