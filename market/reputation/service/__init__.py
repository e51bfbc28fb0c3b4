"""What is written into reputation."""

from market.reputation import rules
from market.reputation.service.appeal import appeal, reject, uphold
from market.reputation.service.basis import approve_basis, propose_basis, reject_basis
from market.reputation.service.decide import confirm, drop, state_case, validity_over
from market.reputation.service.propose import Found, propose, propose_found
from market.reputation.service.repair import ask_repair, refuse_repair, repair
from market.reputation.service.suspend import (
    Removed,
    drop_suspension,
    follow_representative,
    propose_suspension,
    put_removal,
    sign_suspension,
    state_against_suspension,
    suspension_over,
)
from market.reputation.service.talk import call_talk, close_talk, hold_talk, sign_talk

WINDOW_HANDLERS = {
    rules.VALIDITY.name: validity_over,
    rules.SUSPENDED.name: suspension_over,
}

__all__ = [
    "WINDOW_HANDLERS",
    "Found",
    "Removed",
    "appeal",
    "approve_basis",
    "ask_repair",
    "call_talk",
    "close_talk",
    "confirm",
    "drop",
    "drop_suspension",
    "follow_representative",
    "hold_talk",
    "propose",
    "propose_basis",
    "propose_found",
    "propose_suspension",
    "put_removal",
    "refuse_repair",
    "reject",
    "reject_basis",
    "repair",
    "sign_suspension",
    "sign_talk",
    "state_against_suspension",
    "state_case",
    "suspension_over",
    "uphold",
    "validity_over",
]
