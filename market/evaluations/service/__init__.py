"""The use cases of evaluations: asked, sealed, opened; replied, appealed, decided, followed up."""

from market.evaluations.rules import EVALUATE, FIX
from market.evaluations.service.asking import Accepted, ask, fixed, give, time_over
from market.evaluations.service.speaking import answer, appeal, follow_up, reject, reply, uphold

WINDOW_HANDLERS = {EVALUATE.name: time_over, FIX.name: fixed}

__all__ = [
    "WINDOW_HANDLERS",
    "Accepted",
    "answer",
    "appeal",
    "ask",
    "fixed",
    "follow_up",
    "give",
    "reject",
    "reply",
    "time_over",
    "uphold",
]
