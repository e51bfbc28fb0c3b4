"""What oversight writes."""

from market.oversight.service.asking import answer, ask
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

WINDOW_HANDLERS = {SUSPENSION.name: suspension_over}

__all__ = [
    "BATCH",
    "LOTS",
    "WINDOW_HANDLERS",
    "agree",
    "answer",
    "ask",
    "call_sample",
    "compute",
    "disagree",
    "drop_lifting",
    "drop_suspension",
    "follow",
    "judge",
    "keep_figures",
    "keep_night",
    "keep_verification",
    "list_sample",
    "plan_samples",
    "propose_lifting",
    "propose_suspension",
    "publish_sample",
    "review",
    "sign_lifting",
    "sign_suspension",
    "suspension_over",
]
