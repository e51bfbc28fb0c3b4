"""Places and offers, found and locked. Other rooms get cards, never rows."""

from collections.abc import Sequence

from sqlalchemy import select

from market.db import Work
from market.selection.direct.models import DirectOffer, DirectPlace
from market.selection.direct.rules import OfferState


def places(work: Work, notice_id: int) -> Sequence[DirectPlace]:
    """The list of a notice."""
    return work.session.scalars(
        select(DirectPlace).where(DirectPlace.notice_id == notice_id).order_by(DirectPlace.place)
    ).all()


def offers(work: Work, notice_id: int) -> Sequence[DirectOffer]:
    """The offers of a notice, in order."""
    return work.session.scalars(
        select(DirectOffer).where(DirectOffer.notice_id == notice_id).order_by(DirectOffer.id)
    ).all()


def waiting(work: Work, notice_id: int) -> DirectOffer | None:
    """The offer that waits for its answer."""
    return work.session.scalar(
        select(DirectOffer).where(
            DirectOffer.notice_id == notice_id, DirectOffer.state == OfferState.WAITING
        )
    )
