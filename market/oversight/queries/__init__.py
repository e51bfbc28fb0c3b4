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
    following,
    reviewed_by_us,
    unverified,
    verifications,
    whole,
)
from market.oversight.queries.facts import facts_of, facts_since
from market.oversight.queries.figures import Published, compute_figures, last_figures
from market.oversight.queries.file import (
    File,
    ReviewCard,
    check_seen,
    file,
    reviews,
    system_checks,
)
from market.oversight.queries.flags import (
    FLAG_SORTS,
    NOTHING,
    FindingCard,
    Rate,
    Sieve,
    finding,
    finding_row,
    finding_shown,
    findings_about,
    flagged,
    flagged_numbers,
    flags_to_second,
    last_run,
    next_finding,
    notice_to_ask_about,
    questions_of_finding,
    rates,
    switched_on_flags,
)
from market.oversight.queries.night import found_about, night_pass
from market.oversight.queries.reach import counts_open, sector_of

WAITING = {"flag.second": flags_to_second}
"""What waits without a clock, for the list of what is to do (market/tasks)."""

__all__ = [
    "FLAG_SORTS",
    "NOTHING",
    "WAITING",
    "File",
    "FindingCard",
    "Published",
    "QuestionCard",
    "Rate",
    "Received",
    "ReviewCard",
    "Row",
    "Sieve",
    "Sought",
    "check_seen",
    "compute_figures",
    "counts_open",
    "desk",
    "facts_of",
    "facts_since",
    "file",
    "finding",
    "finding_row",
    "finding_shown",
    "findings_about",
    "flagged",
    "flagged_numbers",
    "flags_to_second",
    "found_about",
    "last_figures",
    "last_run",
    "next_finding",
    "night_pass",
    "notice_to_ask_about",
    "question",
    "questions_about",
    "questions_of_finding",
    "rates",
    "received",
    "reviews",
    "sector_of",
    "switched_on_flags",
    "system_checks",
    "unverified",
    "verifications",
    "whole",
]
