"""The use cases of awards and matters: what comes before the letter, the letter, giving up, following
the log; the contract, the service, its acceptance, the money.
"""

from market.complaints.rules import AfterContract, Remedy
from market.contracts.rules import CONFIRM, LAPSE, SIGN
from market.contracts.rules.change import OBJECT, SETTLE
from market.contracts.rules.matter import PAY, RECEIPT
from market.contracts.rules.payment import REMIND
from market.contracts.rules.unsigned import FIND, HEARING
from market.contracts.service.adopting import adopt, adopt_overdue
from market.contracts.service.books import import_books
from market.contracts.service.change import (
    agree_change,
    ask_change,
    objection_over,
    refuse_change,
    settling_over,
    withdraw_change,
)
from market.contracts.service.claims import answer_claim, ask_claim, demand
from market.contracts.service.course import deliver, report, start
from market.contracts.service.decline import DECLINED, decline
from market.contracts.service.disputing import allow_dispute, dispute, drop_dispute
from market.contracts.service.ending import can_end, end_by_decision
from market.contracts.service.follow import BATCH, READER, follow
from market.contracts.service.inspection import accept_delivery, return_delivery
from market.contracts.service.letter import contract_overdue
from market.contracts.service.offer import confirm, days_over, lapse, standstill_over
from market.contracts.service.paying import (
    confirm_receipt,
    deny_receipt,
    payment_overdue,
    receipt_over,
    register_payment,
    remind,
)
from market.contracts.service.signing import (
    confirm_contract,
    question_contract,
    register_contract,
)
from market.contracts.service.unsigned import (
    finding_overdue,
    hearing_over,
    propose_fault,
    return_fault,
    sign_fault,
    state_reasons,
)
from market.selection.results.rules import STANDSTILL

WINDOW_HANDLERS = {
    STANDSTILL.name: standstill_over,
    CONFIRM.name: days_over,
    LAPSE.name: lapse,
    SIGN.name: contract_overdue,
    RECEIPT.name: receipt_over,
    PAY.name: payment_overdue,
    REMIND.name: remind,
    HEARING.name: hearing_over,
    FIND.name: finding_overdue,
    OBJECT.name: objection_over,
    SETTLE.name: settling_over,
}
REMEDIES = {Remedy.TERMINATE.value: AfterContract(can_end=can_end, end=end_by_decision)}
"""What a decision about a complaint does to a contract that binds both (ADR 0069)."""

__all__ = [
    "BATCH",
    "DECLINED",
    "READER",
    "REMEDIES",
    "WINDOW_HANDLERS",
    "accept_delivery",
    "adopt",
    "adopt_overdue",
    "agree_change",
    "allow_dispute",
    "answer_claim",
    "ask_change",
    "ask_claim",
    "confirm",
    "confirm_contract",
    "confirm_receipt",
    "contract_overdue",
    "days_over",
    "decline",
    "deliver",
    "demand",
    "deny_receipt",
    "dispute",
    "drop_dispute",
    "finding_overdue",
    "follow",
    "hearing_over",
    "import_books",
    "lapse",
    "objection_over",
    "payment_overdue",
    "propose_fault",
    "question_contract",
    "receipt_over",
    "refuse_change",
    "register_contract",
    "register_payment",
    "remind",
    "report",
    "return_delivery",
    "return_fault",
    "settling_over",
    "sign_fault",
    "standstill_over",
    "start",
    "state_reasons",
    "withdraw_change",
]
