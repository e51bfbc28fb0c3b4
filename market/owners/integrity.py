"""Which rows of owners stand on the log."""

from sqlalchemy import select

from market.ledger.queries.integrity import Held
from market.owners.events import (
    OwnerApproved,
    OwnerRefusalDropped,
    OwnerRefusalProposed,
    OwnerRefused,
    OwnerRegistered,
    OwnerResubmitted,
    OwnerReturned,
)
from market.owners.models import Owner
from market.owners.rules import State

HELD = (
    Held(
        events=(OwnerRegistered,),
        rows=select(Owner.number, Owner.kind),
        fields=("owner",),
    ),
    Held(
        events=(OwnerReturned,),
        rows=select(Owner.number).where((Owner.round == 2) | (Owner.state == State.RETURNED)),
        both_ways=False,
    ),
    Held(
        events=(OwnerResubmitted,),
        rows=select(Owner.number).where(Owner.round == 2),
        both_ways=False,
    ),
    Held(
        events=(OwnerRefusalProposed,),
        rows=select(Owner.number).where(Owner.proposed_at.is_not(None)),
        both_ways=False,
    ),
    Held(
        events=(OwnerApproved,),
        rows=select(Owner.number).where(Owner.state == State.APPROVED),
        both_ways=False,
    ),
    Held(
        events=(OwnerRefused,),
        rows=select(Owner.number).where(Owner.state == State.REFUSED),
        both_ways=False,
    ),
)
WITHOUT: dict[type, str] = {OwnerRefusalDropped: "takes the proposal off the row"}
