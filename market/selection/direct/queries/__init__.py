"""Reading direct choices."""

from market.selection.direct.queries.cards import (
    Choice,
    Offer,
    Place,
    choice,
    choice_shown,
    direct_notice,
    offer_shown,
)
from market.selection.direct.queries.evidence import evidence_of
from market.selection.direct.queries.records import Candidate, candidates, newcomers, records

__all__ = [
    "Candidate",
    "Choice",
    "Offer",
    "Place",
    "candidates",
    "choice",
    "choice_shown",
    "direct_notice",
    "evidence_of",
    "newcomers",
    "offer_shown",
    "records",
]
