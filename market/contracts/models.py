"""The award letter as it was issued: what it says does not change with the names of today; and what
may precede it.
"""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.contracts.rules import Decline, Offer, State
from market.db import Model, enum_type


class AwardLetter(Model):
    """One 中选通知书. After a refusal the next rank gets one of its own under the same TZ number
    and the next document.
    """

    __tablename__ = "award_letter"
    __table_args__ = (
        UniqueConstraint("number", "rank", name="one_each_rank"),
        CheckConstraint(
            "(declined_at IS NULL) = (declined_by IS NULL)", name="declined_has_who_and_when"
        ),
        CheckConstraint(
            "(decline_reason IS NULL) = (declined_at IS NULL)", name="declined_has_reason"
        ),
        CheckConstraint(
            "(registered_at IS NULL) = (registered_by IS NULL)", name="registered_has_who_and_when"
        ),
        Index("ix_award_letter_notice", "notice_number"),
        Index("ix_award_letter_agency", "agency_organisation_id", "id"),
        Index("ix_award_letter_owner", "owner_organisation_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str]  # TZ-360481-2026-00012
    document: Mapped[str] = mapped_column(unique=True)  # 瑞中选〔2026〕12号
    notice_number: Mapped[str]
    rank: Mapped[int]
    state: Mapped[State] = mapped_column(enum_type(State))
    title: Mapped[str]
    item_name: Mapped[str]
    owner_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    owner_name: Mapped[str]
    agency_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    agency_name: Mapped[str]
    winner: Mapped[str]
    amount_fen: Mapped[int]
    service_days: Mapped[int | None]
    issued_at: Mapped[dt.datetime]
    overdue_at: Mapped[dt.datetime | None]
    declined_at: Mapped[dt.datetime | None]
    declined_by: Mapped[int | None]
    decline_reason: Mapped[Decline | None] = mapped_column(enum_type(Decline))
    statement: Mapped[str] = mapped_column(default="")
    voided_at: Mapped[dt.datetime | None]
    contract_number: Mapped[str | None]  # HT-..., given when the signing is registered
    signed_on: Mapped[dt.date | None]
    registered_at: Mapped[dt.datetime | None]
    registered_by: Mapped[int | None]


class AwardOffer(Model):
    """An award whose letter did not leave at once: the winner is asked, or his documents are not
    complete. One for a rank.
    """

    __tablename__ = "award_offer"
    __table_args__ = (
        UniqueConstraint("notice_number", "rank", name="one_offer_each_rank"),
        CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed_has_who_and_when"
        ),
        CheckConstraint(
            "(declined_at IS NULL) = (decline_reason IS NULL)", name="declined_has_reason"
        ),
        CheckConstraint(
            "(declined_at IS NULL) = (declined_by IS NULL)", name="declined_has_who_and_when"
        ),
        Index("ix_award_offer_number", "number"),
        Index("ix_award_offer_agency", "agency_organisation_id", "id"),
        Index("ix_award_offer_owner", "owner_organisation_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str]  # TZ-360481-2026-00012, which the letter will have
    notice_number: Mapped[str]
    rank: Mapped[int]
    state: Mapped[Offer] = mapped_column(enum_type(Offer))
    title: Mapped[str]
    owner_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    owner_name: Mapped[str]
    agency_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    agency_name: Mapped[str]
    winner: Mapped[str]
    amount_fen: Mapped[int]
    opened_at: Mapped[dt.datetime]
    confirmed_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[int | None]
    declined_at: Mapped[dt.datetime | None]
    declined_by: Mapped[int | None]
    decline_reason: Mapped[Decline | None] = mapped_column(enum_type(Decline))
    statement: Mapped[str] = mapped_column(default="")
    lapsed_at: Mapped[dt.datetime | None]  # declined by silence
