"""Which rows of agencies stand on the log; an agency's own states stand in the leaves of its enrolment."""

from sqlalchemy import select

from market.agencies.events import LineLapsed
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
)
WITHOUT: dict[type, str] = {
    Qualification: "private until an enrolment passes, whose leaf names the items",
}
