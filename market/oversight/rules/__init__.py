"""What oversight goes by. Pure."""

from market.oversight.rules.asking import ANSWER
from market.oversight.rules.reviewing import (
    BY_READER,
    SAID,
    Check,
    Mark,
    Outcome,
    Verdict,
    by_system,
    check_review,
)

WINDOW_KINDS = {ANSWER.name: ANSWER}

__all__ = [
    "ANSWER",
    "BY_READER",
    "SAID",
    "WINDOW_KINDS",
    "Check",
    "Mark",
    "Outcome",
    "Verdict",
    "by_system",
    "check_review",
]
