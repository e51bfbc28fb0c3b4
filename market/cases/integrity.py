"""Which rows of cases stand on the log."""

from sqlalchemy import String, cast, func, select

from market.cases.events import (
    CaseCalledBack,
    CaseContacted,
    CaseExtended,
    CaseOpened,
    CasePraised,
    CaseRectified,
)
from market.cases.models import Case
from market.cases.rules import Order
from market.ledger.queries.integrity import Held

NUMBERS = select(Case.number)
IS_PRAISE = func.coalesce(cast(Case.order_kind, String), "") == Order.PRAISE.value
HELD = (
    Held(
        events=(CaseOpened,),
        rows=NUMBERS.add_columns(Case.source).where(~IS_PRAISE),
        fields=("source",),
    ),
    Held(
        events=(CasePraised,),
        rows=NUMBERS.add_columns(Case.source).where(IS_PRAISE),
        fields=("source",),
    ),
    Held(events=(CaseContacted,), rows=NUMBERS.where(Case.contacted_at.is_not(None))),
    Held(events=(CaseExtended,), rows=NUMBERS.where(Case.complex_reason != "")),
    # What was rectified twice has one row.
    Held(
        events=(CaseRectified,),
        rows=NUMBERS.where(Case.rectified_at.is_not(None)),
        both_ways=False,
    ),
    Held(
        events=(CaseCalledBack,),
        rows=NUMBERS.add_columns(Case.result).where(Case.called_at.is_not(None)),
        fields=("result",),
        both_ways=False,
    ),
)
WITHOUT: dict[type, str] = {}
