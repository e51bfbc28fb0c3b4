"""Which rows of the catalogue stand on the log."""

from sqlalchemy import select

from market.catalogue.events import (
    DeferrablePublished,
    ItemAbolished,
    ItemPublished,
    ZonePublished,
    ZoneWithdrawn,
)
from market.catalogue.models import (
    DeferrableDocument,
    PriceReference,
    ServiceCategory,
    ServiceItem,
    ZoneEvaluation,
)
from market.catalogue.rules import State
from market.ledger.queries.integrity import Held

OF_ZONES = select(
    ZoneEvaluation.division + "-" + ZoneEvaluation.item_code,
    ZoneEvaluation.item_code,
    ZoneEvaluation.id,
)
HELD = (
    Held(
        events=(ItemPublished,),
        rows=select(
            ServiceItem.division + "-" + ServiceItem.code, ServiceItem.code, ServiceItem.version
        ),
        fields=("item", "version"),
        both_ways=False,  # of former versions no row is kept
    ),
    Held(
        events=(ItemAbolished,),
        rows=select(
            ServiceItem.division + "-" + ServiceItem.code, ServiceItem.code, ServiceItem.version
        ).where(ServiceItem.state == State.ABOLISHED),
        fields=("item", "version"),
        both_ways=False,
    ),
    Held(
        events=(DeferrablePublished,),
        rows=select(
            DeferrableDocument.division + "-" + DeferrableDocument.item_code,
            DeferrableDocument.item_code,
        ).distinct(),
        fields=("item",),
        both_ways=False,
    ),
    Held(events=(ZonePublished,), rows=OF_ZONES, fields=("item", "no")),
    Held(
        events=(ZoneWithdrawn,),
        rows=OF_ZONES.where(ZoneEvaluation.withdrawn_at.is_not(None)),
        fields=("item", "no"),
    ),
)
WITHOUT: dict[type, str] = {
    PriceReference: "computed from awards that stand on the log",
    ServiceCategory: "a heading of the catalogue",
}
