"""What happens to the calendar, as the log says it. `subject` is the arrangement's key, e.g.
CN-2027-1.
"""

import dataclasses

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class CalendarImported(Event):
    """`sha256` is of the file, in lower-case hex."""

    kind = "calendar.imported"
    document_number: str
    sha256: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class CalendarApproved(Event):
    """`changed` are the days (ISO dates) that became working days or stopped being such."""

    kind = "calendar.approved"
    region: str
    year: int
    document_number: str
    changed: list[str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class CalendarRejected(Event):
    kind = "calendar.rejected"
    document_number: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class CalendarMissing(Event):
    """15 November has come and next year's arrangement has not. `subject` is the region and the
    year: CN-2027.
    """

    kind = "calendar.missing"
    year: int
