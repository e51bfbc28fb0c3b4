"""The law of enrolment (入驻). Pure: no clock, no database, no Flask. Numbers of days come from the
rulebook in force.
"""

from market.enrolment.rules.basics import (
    Basics,
    check_basics,
    check_representative_number,
    check_uscc,
    commitment_text,
    missing,
)
from market.enrolment.rules.deadlines import (
    ADDITION,
    CHECK,
    CORRECT,
    DECIDE,
    DEFERRED,
    DEFERRED_CHECK,
    EXIT,
    OBJECTION,
    PUBLICITY,
    STATE_CASE,
    SUSPENSION,
    SUSPENSION_CASE,
    WINDOW_KINDS,
)
from market.enrolment.rules.deferred import (
    LATE_BASIS,
    NOTHING_TAKEN,
    at_rest,
    check_new_days,
    late_reasons,
    unanswered,
)
from market.enrolment.rules.leaving import (
    End,
    Leave,
    check_barred_until,
    check_may_return,
    is_still_suspended,
)
from market.enrolment.rules.owed import (
    MOST_TEXT,
    Filled,
    Progress,
    Section,
    check_other_person,
    check_reasoned,
    owed,
    progress,
)
from market.enrolment.rules.publicity import (
    Outcome,
)

__all__ = [
    "ADDITION",
    "CHECK",
    "CORRECT",
    "DECIDE",
    "DEFERRED",
    "DEFERRED_CHECK",
    "EXIT",
    "LATE_BASIS",
    "MOST_TEXT",
    "NOTHING_TAKEN",
    "OBJECTION",
    "PUBLICITY",
    "STATE_CASE",
    "SUSPENSION",
    "SUSPENSION_CASE",
    "WINDOW_KINDS",
    "Basics",
    "End",
    "Filled",
    "Leave",
    "Outcome",
    "Progress",
    "Section",
    "at_rest",
    "check_barred_until",
    "check_basics",
    "check_may_return",
    "check_new_days",
    "check_other_person",
    "check_reasoned",
    "check_representative_number",
    "check_uscc",
    "commitment_text",
    "is_still_suspended",
    "late_reasons",
    "missing",
    "owed",
    "progress",
    "unanswered",
]
