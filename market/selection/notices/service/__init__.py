"""The use cases of notices, one function each."""

from market.selection.notices.service.amend import (
    amend,
    changes_of,
    check_correction,
    correct,
    postpone,
)
from market.selection.notices.service.asking import (
    answer,
    ask,
    publish_answer,
    question_matter,
)
from market.selection.notices.service.attaching import accuse, attach, detach, keep, withdraw
from market.selection.notices.service.change_files import (
    bring_file,
    leave_out,
    take_file_back,
)
from market.selection.notices.service.changing import (
    change_matter,
    drop_change,
    make_change,
    propose_change,
    refuse_change,
    sign_change,
)
from market.selection.notices.service.draft import (
    SIGNATORY,
    discard,
    draft,
    forget_discarded,
    restore,
    review_matter,
    save,
    send_back,
    set_way,
    sign,
    submit,
    withhold,
)
from market.selection.notices.service.publish import (
    approve,
    cancel,
    confirm_refusal,
    give_back,
    propose_refusal,
    publish,
    withhold_at_desk,
)
from market.selection.notices.service.relisting import draft_again

__all__ = [
    "SIGNATORY",
    "accuse",
    "amend",
    "answer",
    "approve",
    "ask",
    "attach",
    "bring_file",
    "cancel",
    "change_matter",
    "changes_of",
    "check_correction",
    "confirm_refusal",
    "correct",
    "detach",
    "discard",
    "draft",
    "draft_again",
    "drop_change",
    "forget_discarded",
    "give_back",
    "keep",
    "leave_out",
    "make_change",
    "postpone",
    "propose_change",
    "propose_refusal",
    "publish",
    "publish_answer",
    "question_matter",
    "refuse_change",
    "restore",
    "review_matter",
    "save",
    "send_back",
    "set_way",
    "sign",
    "sign_change",
    "submit",
    "take_file_back",
    "withdraw",
    "withhold",
    "withhold_at_desk",
]
