"""Which rows of ratings stand on the log: those that were given."""

from sqlalchemy import select

from market.ledger.queries.integrity import Held
from market.ratings.events import RatingGiven
from market.ratings.models import ServiceRating

HELD = (
    Held(
        events=(RatingGiven,),
        rows=select(ServiceRating.number, ServiceRating.digest, ServiceRating.channel).where(
            ServiceRating.given_at.is_not(None)
        ),
        fields=("digest", "channel"),
    ),
)
WITHOUT: dict[type, str] = {}
