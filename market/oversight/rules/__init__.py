"""What oversight goes by. Pure."""

from market.oversight.rules.asking import ANSWER
from market.oversight.rules.clues import ASK, ASK_FROM, HAND_OVER
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
from market.oversight.rules.sampling import PUBLISH

WINDOW_KINDS = {kind.name: kind for kind in (ANSWER, PUBLISH, HAND_OVER, ASK_FROM, ASK)}

__all__ = [
    "ANSWER",
    "BY_READER",
    "PUBLISH",
    "SAID",
    "WINDOW_KINDS",
    "Check",
    "Mark",
    "Outcome",
    "Verdict",
    "by_system",
    "check_review",
]
