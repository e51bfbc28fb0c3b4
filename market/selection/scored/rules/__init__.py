"""The law of scoring: what may be scored and how, who may judge. Pure."""

from market.selection.scored.rules.criteria import (
    LEVELS,
    SEATS,
    Criterion,
    Scoring,
    problems,
    promised,
    read,
)
from market.selection.scored.rules.jurors import (
    SHEETS,
    WINDOW_KINDS,
    Gone,
    JurorState,
    Person,
    barred,
    move_juror,
    panel_problems,
)

__all__ = [
    "LEVELS",
    "SEATS",
    "SHEETS",
    "WINDOW_KINDS",
    "Criterion",
    "Gone",
    "JurorState",
    "Person",
    "Scoring",
    "barred",
    "move_juror",
    "panel_problems",
    "problems",
    "promised",
    "read",
]
