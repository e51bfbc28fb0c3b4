"""The use cases of results, one function each."""

from market.selection.results.service.consequences import (
    annul,
    annul_to_next,
    annul_unsigned,
    disqualify,
    hold,
    mark_awarded,
    mark_contracted,
    move_service,
    release,
    relist,
    resume_standstill,
)
from market.selection.results.service.exits import ask_exit, confirm_exit
from market.selection.results.service.pausing import (
    WINDOW_HANDLERS,
    agree_pause,
    drop_pause,
    propose_pause,
    refuse_pause,
    resume,
    sign_pause,
)

__all__ = [
    "WINDOW_HANDLERS",
    "agree_pause",
    "annul",
    "annul_to_next",
    "annul_unsigned",
    "ask_exit",
    "confirm_exit",
    "disqualify",
    "drop_pause",
    "hold",
    "mark_awarded",
    "mark_contracted",
    "move_service",
    "propose_pause",
    "refuse_pause",
    "release",
    "relist",
    "resume",
    "resume_standstill",
    "sign_pause",
]
