"""The law of legal time, rules R1-R10. Pure: no clock, no database, no Flask; the calendar is handed in."""
from market.workdays.rules.arrangements import (
    COUNTRY,
    Arrangement,
    Change,
    Day,
    Faulty,
    Finding,
    Parsed,
    State,
    decode,
    faults,
    first_touched,
    move_state,
    parse,
)
from market.workdays.rules.calendar import FIRST, LAST, DayKind, Stretch, WorkCalendar, chain
from market.workdays.rules.counting import (
    MOST,
    Certainty,
    Deadline,
    End,
    Unit,
    deadline,
    is_in_time,
    last_day,
    reminders,
    resume,
    working_days_left,
)
from market.workdays.rules.statutory import FIRST_YEAR, LAST_YEAR, statutory_days

__all__ = [
    "COUNTRY", "FIRST", "FIRST_YEAR", "LAST", "LAST_YEAR", "MOST", "Arrangement", "Certainty", "Change", "Day",
    "DayKind", "Deadline", "End", "Faulty", "Finding", "Parsed", "State", "Stretch", "Unit", "WorkCalendar", "chain",
    "deadline", "decode", "faults", "first_touched", "is_in_time", "last_day", "move_state", "parse",
    "reminders", "resume", "statutory_days", "working_days_left",
]
