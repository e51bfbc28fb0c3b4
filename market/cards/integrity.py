"""Which rows of cards stand on the log."""

from sqlalchemy import case, select

from market.cards.events import (
    CardDecided,
    CardPlanned,
    CardProposed,
    CardReferred,
    CardStated,
    CardTalked,
    CardWithdrawn,
)
from market.cards.models import Card
from market.cards.rules import CardState
from market.ledger.queries.integrity import Held

NUMBERS = select(Card.number)
HELD = (
    Held(events=(CardProposed,), rows=NUMBERS.add_columns(Card.colour), fields=("colour",)),
    Held(events=(CardStated,), rows=NUMBERS.where(Card.stated_at.is_not(None))),
    Held(
        events=(CardDecided,),
        rows=NUMBERS.add_columns(
            case((Card.state == CardState.DROPPED, "dropped"), else_="issued")
        ).where(Card.decided_at.is_not(None)),
        fields=("outcome",),
    ),
    Held(events=(CardPlanned,), rows=NUMBERS.where(Card.planned_at.is_not(None))),
    Held(events=(CardTalked,), rows=NUMBERS.where(Card.talked_at.is_not(None))),
    Held(events=(CardReferred,), rows=NUMBERS.where(Card.referred_at.is_not(None))),
    Held(events=(CardWithdrawn,), rows=NUMBERS.where(Card.withdrawn_at.is_not(None))),
)
WITHOUT: dict[type, str] = {}
