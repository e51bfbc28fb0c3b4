"""What can be done with complaints, one function a use case; and what happens when their windows
are due.
"""

from market.complaints.rules import (
    ACCEPT,
    ASK_FROM,
    COMPLETE,
    DECIDE,
    HOLD_CAP,
    OPINION,
    TAKEOVER,
    TRANSFER,
)
from market.complaints.service.accept import (
    ask_completion,
    complete,
    propose_acceptance,
    propose_non_acceptance,
    return_proposal,
    sign,
)
from market.complaints.service.close import call_back, finish_remedy, publish_decision, rate
from market.complaints.service.draft import discard, forget_discarded, restore, save_draft
from market.complaints.service.erase import propose_erasure, return_erasure, sign_erasure
from market.complaints.service.evidence import ATTACHES, attach, detach
from market.complaints.service.file import file
from market.complaints.service.handovers import (
    ask_after,
    begin_hand_over,
    keep_receipt,
    may_be_asked,
)
from market.complaints.service.holds import settle_hold
from market.complaints.service.investigate import (
    answer,
    ask_answer,
    continue_hold,
    find_violation,
    pause,
    propose_decision,
    resume,
)
from market.complaints.service.joint import give_opinion, join
from market.complaints.service.late import (
    acceptance_overdue,
    completion_lapsed,
    decision_overdue,
    hold_reached_cap,
    opinion_overdue,
    take_over,
    transfer_overdue,
)
from market.complaints.service.opening import BATCH as FILING_BATCH
from market.complaints.service.opening import open_filing
from market.complaints.service.route import (
    assign,
    declare_interest,
    reassign,
    take_in,
    take_up,
    transfer,
)
from market.complaints.service.tips import add_to_tip, close_tip, look_at, tip
from market.complaints.service.withdraw import propose_withdrawal, withdraw

WINDOW_HANDLERS = {
    ACCEPT.name: acceptance_overdue,
    COMPLETE.name: completion_lapsed,
    DECIDE.name: decision_overdue,
    HOLD_CAP.name: hold_reached_cap,
    ASK_FROM.name: may_be_asked,
    OPINION.name: opinion_overdue,
    TAKEOVER.name: take_over,
    TRANSFER.name: transfer_overdue,
}

__all__ = [
    "ATTACHES",
    "FILING_BATCH",
    "WINDOW_HANDLERS",
    "acceptance_overdue",
    "add_to_tip",
    "answer",
    "ask_after",
    "ask_answer",
    "ask_completion",
    "assign",
    "attach",
    "begin_hand_over",
    "call_back",
    "close_tip",
    "complete",
    "completion_lapsed",
    "continue_hold",
    "decision_overdue",
    "declare_interest",
    "detach",
    "discard",
    "file",
    "find_violation",
    "finish_remedy",
    "forget_discarded",
    "give_opinion",
    "hold_reached_cap",
    "join",
    "keep_receipt",
    "look_at",
    "may_be_asked",
    "open_filing",
    "opinion_overdue",
    "pause",
    "propose_acceptance",
    "propose_decision",
    "propose_erasure",
    "propose_non_acceptance",
    "propose_withdrawal",
    "publish_decision",
    "rate",
    "reassign",
    "restore",
    "resume",
    "return_erasure",
    "return_proposal",
    "save_draft",
    "settle_hold",
    "sign",
    "sign_erasure",
    "take_in",
    "take_over",
    "take_up",
    "tip",
    "transfer",
    "transfer_overdue",
    "withdraw",
]
