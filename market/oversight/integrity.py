"""Which rows of oversight stand on the log."""

from sqlalchemy import select

from market.ledger.queries.integrity import Held
from market.oversight.events import SelectionReviewed
from market.oversight.models import Review, Verification

HELD = (
    Held(
        events=(SelectionReviewed,),
        rows=select(Review.number, Review.body, Review.outcome, Review.round),
        fields=("body", "outcome", "round"),
    ),
)
WITHOUT: dict[type, str] = {
    Verification: "recomputed from the log every night",
}
