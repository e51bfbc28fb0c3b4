"""Reading scored selections."""

from market.selection.scored.queries.cards import (
    Asked,
    Course,
    Desk,
    OwnScore,
    Proposal,
    Seat,
    asked,
    asked_to_begin,
    course,
    credit_max,
    desk,
    handed_in_proposal,
    is_entrant,
    overdue_seat,
    own_score,
    panel_of,
    scoring_of,
)
from market.selection.scored.queries.documents import document
from market.selection.scored.queries.evidence import cosignatures_of, evidence_of, jurors_opened
from market.selection.scored.queries.outcome import Line, Result, example_of, result
from market.selection.scored.queries.rows import is_scored, to_open, with_barred

__all__ = [
    "Asked",
    "Course",
    "Desk",
    "Line",
    "OwnScore",
    "Proposal",
    "Result",
    "Seat",
    "asked",
    "asked_to_begin",
    "cosignatures_of",
    "course",
    "credit_max",
    "desk",
    "document",
    "evidence_of",
    "example_of",
    "handed_in_proposal",
    "is_entrant",
    "is_scored",
    "jurors_opened",
    "overdue_seat",
    "own_score",
    "panel_of",
    "result",
    "scoring_of",
    "to_open",
    "with_barred",
]
