"""What can be done with accounts, one function a use case.

`create_organisation`, `add_member` and `mark_verified` are parts of other use cases (an enrolment,
an owner's registration, the set-up), which have asked who may; every other verb asks itself.
"""

from market.accounts.passwords import Hashed, hashed
from market.accounts.rules import IDENTITY
from market.accounts.service.identity import (
    ask_check,
    check_overdue,
    confirm_by_register,
    hand_in,
    mark_verified,
    refuse_identity,
    verify,
)
from market.accounts.service.mail import Mail, mail_failed, mail_sent, queue_mail, take_mail
from market.accounts.service.organise import (
    add_member,
    admit,
    amend_organisation,
    change_duties,
    create_organisation,
    dismiss,
    found,
    is_member_of,
)
from market.accounts.service.people import (
    Letter,
    activate,
    change_password,
    digest,
    disable,
    enable,
    open_account,
    register,
    reset_password,
    restore,
    send_link,
    set_language,
)
from market.accounts.service.second_factor import drop_second_factor, set_second_factor
from market.accounts.service.sessions import (
    Proof,
    begin,
    prove,
    revoke,
    sign_in,
    sign_out,
    switch,
    switch_to,
    touch,
)
from market.accounts.service.tries import (
    Device,
    Try,
    count_try,
    device_mark,
    note_wrong_answer,
    settle_try,
)

WINDOW_HANDLERS = {IDENTITY.name: check_overdue}

__all__ = [
    "WINDOW_HANDLERS",
    "Device",
    "Hashed",
    "Letter",
    "Mail",
    "Proof",
    "Try",
    "activate",
    "add_member",
    "admit",
    "amend_organisation",
    "ask_check",
    "begin",
    "change_duties",
    "change_password",
    "check_overdue",
    "confirm_by_register",
    "count_try",
    "create_organisation",
    "device_mark",
    "digest",
    "disable",
    "dismiss",
    "drop_second_factor",
    "enable",
    "found",
    "hand_in",
    "hashed",
    "is_member_of",
    "mail_failed",
    "mail_sent",
    "mark_verified",
    "note_wrong_answer",
    "open_account",
    "prove",
    "queue_mail",
    "refuse_identity",
    "register",
    "reset_password",
    "restore",
    "revoke",
    "send_link",
    "set_language",
    "set_second_factor",
    "settle_try",
    "sign_in",
    "sign_out",
    "switch",
    "switch_to",
    "take_mail",
    "touch",
    "verify",
]
