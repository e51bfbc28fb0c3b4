"""Reading 信用择优: the lists of a notice, the course of its lottery, the owner's choice."""

from market.selection.shortlist.queries.cards import (
    Choice,
    Course,
    Place,
    course,
    lists_of,
    shortlist_shown,
)
from market.selection.shortlist.queries.rows import choices_of

__all__ = ["Choice", "Course", "Place", "choices_of", "course", "lists_of", "shortlist_shown"]
