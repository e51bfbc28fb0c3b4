"""What can be done with agencies, one function a use case; and what happens when their windows are
due.
"""

from market.agencies import rules as agency_rules
from market.enrolment import rules
from market.enrolment.service.addition import confirm_addition, request_addition, return_addition
from market.enrolment.service.check import (
    approve,
    overrule,
    propose_refusal,
    send_back,
    sign_refusal,
)
from market.enrolment.service.documents import (
    accept_document,
    answer_document,
    hand_in,
    return_document,
)
from market.enrolment.service.fill import (
    add_qualification,
    change_qualification,
    check_free,
    choose_lines,
    drop_qualification,
    keep_scan,
    save_basics,
    sign_commitment,
    start,
)
from market.enrolment.service.leaving import (
    close_exit,
    drop_removal,
    open_exit,
    propose_removal,
    sign_removal,
    withdraw_exit,
)
from market.enrolment.service.overdue import document_due, keep, propose_new_due, propose_revocation
from market.enrolment.service.publicity import dismiss_objection, object_to, open_revocation, revoke
from market.enrolment.service.representative import (
    confirm_representative,
    return_representative,
    tell_representative,
)
from market.enrolment.service.standing import (
    answer_suspension,
    drop_standing,
    open_suspension,
    propose_reinstatement,
    propose_suspension,
    sign_standing,
    suspension_due,
)
from market.enrolment.service.submit import case_due, correction_due, state_case, submit

WINDOW_HANDLERS = {
    rules.CORRECT.name: correction_due,
    rules.STATE_CASE.name: case_due,
    rules.SUSPENSION.name: suspension_due,
    rules.DEFERRED.name: document_due,
}
__all__ = [
    "WINDOW_HANDLERS",
    "accept_document",
    "add_qualification",
    "answer_document",
    "answer_suspension",
    "approve",
    "change_qualification",
    "check_free",
    "choose_lines",
    "close_exit",
    "confirm_addition",
    "confirm_representative",
    "dismiss_objection",
    "drop_qualification",
    "drop_removal",
    "drop_standing",
    "hand_in",
    "keep",
    "keep_scan",
    "object_to",
    "open_exit",
    "open_revocation",
    "open_suspension",
    "overrule",
    "propose_new_due",
    "propose_refusal",
    "propose_reinstatement",
    "propose_removal",
    "propose_revocation",
    "propose_suspension",
    "request_addition",
    "return_addition",
    "return_document",
    "return_representative",
    "revoke",
    "save_basics",
    "send_back",
    "sign_commitment",
    "sign_refusal",
    "sign_removal",
    "sign_standing",
    "start",
    "state_case",
    "submit",
    "tell_representative",
    "withdraw_exit",
]
