"""What a direct choice keeps: the list as it was shown, and every offer with its answer."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.selection.direct.rules import OfferState


class DirectPlace(Model):
    """One agency of the list of a notice, with the figures of the day of publication: `stars` and
    `on_time` in hundredths, None without a matter.
    """

    __tablename__ = "direct_place"
    __table_args__ = (UniqueConstraint("notice_id", "ref", name="one_place_each"),)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ref: Mapped[str]
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    completed: Mapped[int]
    stars: Mapped[int | None]
    on_time: Mapped[int | None]
    is_new: Mapped[bool]


class DirectOffer(Model):
    """One offer of the work to an agency of the list, at an amount (fen); one waits at a time.
    `answered_by` 0: the clock, which notes silence.
    """

    __tablename__ = "direct_offer"
    __table_args__ = (
        UniqueConstraint("notice_id", "ref", name="one_offer_each"),
        Index(
            "one_offer_waits",
            "notice_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_direct_offer_agency", "agency_id", "id"),
        CheckConstraint("(answered_at IS NULL) = (state = 'waiting')", name="answered_has_when"),
        CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)", name="answered_has_who_and_when"
        ),
        CheckConstraint(
            "(offered_at IS NULL) = (offered_by IS NULL)", name="offered_has_who_and_when"
        ),
        CheckConstraint("amount_fen > 0", name="amount"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    ref: Mapped[str]
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    amount_fen: Mapped[int]
    state: Mapped[OfferState] = mapped_column(
        enum_type(OfferState, "offer"), default=OfferState.WAITING
    )
    offered_at: Mapped[dt.datetime]
    offered_by: Mapped[int]
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[int | None]
    reason: Mapped[str | None]
