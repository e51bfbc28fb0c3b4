"""What oversight writes."""

from market.oversight.rules.clues import ASK_FROM
from market.oversight.service.asking import answer, ask
from market.oversight.service.clues import (
    ask_after_clue,
    clue_may_be_asked,
    export_clue,
    keep_clue_receipt,
    make_clue,
)
from market.oversight.service.figures import keep_figures
from market.oversight.service.flags import (
    BATCH,
    agree,
    compute,
    disagree,
    follow,
    judge,
    keep_night,
)
from market.oversight.service.reviewing import keep_verification, review
from market.oversight.service.sampling import (
    LOTS,
    call_sample,
    list_sample,
    plan_samples,
    publish_sample,
)
from market.oversight.service.suspending import (
    drop_lifting,
    drop_suspension,
    propose_lifting,
    propose_suspension,
    sign_lifting,
    sign_suspension,
    suspension_over,
)
from market.selection.results.rules.suspending import SUSPENSION

WINDOW_HANDLERS = {SUSPENSION.name: suspension_over, ASK_FROM.name: clue_may_be_asked}

__all__ = [
    "BATCH",
    "LOTS",
    "WINDOW_HANDLERS",
    "agree",
    "answer",
    "ask",
    "ask_after_clue",
    "call_sample",
    "clue_may_be_asked",
    "compute",
    "disagree",
    "drop_lifting",
    "drop_suspension",
    "export_clue",
    "follow",
    "judge",
    "keep_clue_receipt",
    "keep_figures",
    "keep_night",
    "keep_verification",
    "list_sample",
    "make_clue",
    "plan_samples",
    "propose_lifting",
    "propose_suspension",
    "publish_sample",
    "review",
    "sign_lifting",
    "sign_suspension",
    "suspension_over",
]
