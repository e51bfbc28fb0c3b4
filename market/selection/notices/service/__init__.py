"""The use cases of notices, one function each."""

from market.selection.notices.service.amend import amend, changes_of, check_correction, correct
from market.selection.notices.service.draft import (
    SIGNATORY,
    discard,
    draft,
    forget_discarded,
    restore,
    review_matter,
    save,
    send_back,
    sign,
    submit,
)
from market.selection.notices.service.publish import (
    approve,
    cancel,
    confirm_refusal,
    give_back,
    propose_refusal,
    publish,
)
from market.selection.notices.service.relisting import draft_again

__all__ = [
    "SIGNATORY",
    "amend",
    "approve",
    "cancel",
    "changes_of",
    "check_correction",
    "confirm_refusal",
    "correct",
    "discard",
    "draft",
    "draft_again",
    "forget_discarded",
    "give_back",
    "propose_refusal",
    "publish",
    "restore",
    "review_matter",
    "save",
    "send_back",
    "sign",
    "submit",
]
