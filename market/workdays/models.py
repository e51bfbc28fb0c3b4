"""Arrangements as they were imported. Append-only: a correction is a new version, whole."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.db import Model, enum_type
from market.workdays.rules import State


class ArrangementRow(Model):
    """One version of a region's arrangement for a year. Who imported and approved are people, 0 the
    installation.
    """

    __tablename__ = "arrangement"
    __table_args__ = (
        UniqueConstraint("region", "year", "version"),
        CheckConstraint(
            "(approved_at IS NULL) = (approved_by IS NULL)", name="approval_has_who_and_when"
        ),
        CheckConstraint(
            "(rejected_at IS NULL) = (rejected_by IS NULL)", name="rejection_has_who_and_when"
        ),
        CheckConstraint(
            "(state = 'approved') = (approved_at IS NOT NULL)", name="approved_has_when"
        ),
        CheckConstraint(
            "(state = 'rejected') = (rejected_at IS NOT NULL)", name="rejected_has_when"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str]
    year: Mapped[int]
    version: Mapped[int]
    document_number: Mapped[str]
    title: Mapped[str]
    source_url: Mapped[str]
    issued_on: Mapped[dt.date]
    sha256: Mapped[str]
    state: Mapped[State] = mapped_column(enum_type(State), default=State.PROPOSED)
    imported_at: Mapped[dt.datetime]
    imported_by: Mapped[int]
    approved_at: Mapped[dt.datetime | None]
    approved_by: Mapped[int | None]
    rejected_at: Mapped[dt.datetime | None]
    rejected_by: Mapped[int | None]
    reason: Mapped[str | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)
    days: Mapped[list["ArrangementDay"]] = relationship(
        order_by="ArrangementDay.date", lazy="raise"
    )


class ArrangementDay(Model):
    """One exception to Monday-Friday."""

    __tablename__ = "arrangement_day"
    arrangement_id: Mapped[int] = mapped_column(ForeignKey("arrangement.id"), primary_key=True)
    date: Mapped[dt.date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]
    name: Mapped[str]
