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
    "WINDOW_HANDLERS",
    "agree",
    "answer",
    "ask",
    "compute",
    "disagree",
    "drop_lifting",
    "drop_suspension",
    "follow",
    "judge",
    "keep_figures",
    "keep_night",
    "keep_verification",
    "propose_lifting",
    "propose_suspension",
    "review",
    "sign_lifting",
    "sign_suspension",
    "suspension_over",
]
