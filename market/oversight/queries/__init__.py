"""Reading for oversight: the list of selections, one selection's file, reviews, questions."""

from market.oversight.queries.asking import (
    QuestionCard,
    Received,
    question,
    questions_about,
    received,
)
from market.oversight.queries.desk import (
    Row,
    Sought,
    desk,
    sector_of,
    unverified,
    verifications,
    whole,
)
from market.oversight.queries.file import (
    File,
    ReviewCard,
    check_seen,
    file,
    reviews,
    system_checks,
)

__all__ = [
    "File",
    "QuestionCard",
    "Received",
    "ReviewCard",
    "Row",
    "Sought",
    "check_seen",
    "desk",
    "file",
    "question",
    "questions_about",
    "received",
    "reviews",
    "sector_of",
    "system_checks",
    "unverified",
    "verifications",
    "whole",
]
