"""What oversight writes."""

from market.oversight.service.asking import answer, ask
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

__all__ = [
    "BATCH",
    "agree",
    "answer",
    "ask",
    "compute",
    "disagree",
    "follow",
    "judge",
    "keep_night",
    "keep_verification",
    "review",
]
