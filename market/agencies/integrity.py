"""Which rows of agencies stand on the log; an agency's own states stand in the leaves of its enrolment."""

from sqlalchemy import select

from market.agencies.events import LineLapsed, QualificationExpiring
from market.agencies.models import Agency, Qualification, ServiceLine
from market.agencies.rules import LineState
from market.ledger.queries.integrity import Held

HELD = (
    Held(
        events=(LineLapsed,),
        rows=select(Agency.ref, ServiceLine.item_code)
        .join(ServiceLine, ServiceLine.agency_id == Agency.id)
        .where(ServiceLine.state == LineState.LAPSED),
        fields=("item",),
        both_ways=False,
    ),
    Held(
        events=(QualificationExpiring,),
        rows=select(
            Agency.ref, Qualification.name, Qualification.valid_to, Qualification.warned_days
        )
        .join(Qualification, Qualification.agency_id == Agency.id)
        .where(Qualification.warned_days.is_not(None)),
        fields=("name", "until", "days"),
        both_ways=False,
    ),
)
WITHOUT: dict[type, str] = {}
