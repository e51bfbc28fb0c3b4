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

__all__ = [
    "annul",
    "annul_to_next",
    "annul_unsigned",
    "ask_exit",
    "confirm_exit",
    "disqualify",
    "hold",
    "mark_awarded",
    "mark_contracted",
    "move_service",
    "release",
    "relist",
    "resume_standstill",
]
