"""Which rows of the calendar stand on the log."""

from sqlalchemy import String, cast, select

from market.ledger.queries.integrity import Held
from market.workdays.events import (
    CalendarApproved,
    CalendarImported,
    CalendarMissing,
    CalendarRejected,
)
from market.workdays.models import ArrangementDay, ArrangementRow

KEY = (
    ArrangementRow.region
    + "-"
    + cast(ArrangementRow.year, String)
    + "-"
    + cast(ArrangementRow.version, String)
)
HELD = (
    Held(
        events=(CalendarImported,),
        rows=select(KEY, ArrangementRow.document_number, ArrangementRow.sha256),
        fields=("document_number", "sha256"),
    ),
    Held(
        events=(CalendarApproved,),
        rows=select(KEY).where(ArrangementRow.approved_at.is_not(None)),
    ),
    Held(
        events=(CalendarRejected,),
        rows=select(KEY).where(ArrangementRow.rejected_at.is_not(None)),
    ),
)
WITHOUT: dict[type, str] = {
    CalendarMissing: "says that a row is not there",
    ArrangementDay: "parts of an arrangement, under its digest",
}
