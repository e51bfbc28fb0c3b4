"""A case with its steps; each step's person is another column, so that nobody calls back about his own work."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from market.cases.rules import CaseState, Order, Result, Source
from market.db import Model, enum_type


class Case(Model):
    """One case. `matter` is the public number of what it happened in, `said` what was said of it,
    `source_number` the number that it has where it came from.
    """

    __tablename__ = "service_case"
    __table_args__ = (
        CheckConstraint(
            "(contacted_at IS NULL) = (contacted_by IS NULL)", name="contacted_has_who_and_when"
        ),
        CheckConstraint(
            "(rectified_at IS NULL) = (rectified_by IS NULL)", name="rectified_has_who_and_when"
        ),
        CheckConstraint(
            "(called_at IS NULL) = (called_by IS NULL)", name="called_has_who_and_when"
        ),
        CheckConstraint("(closed_at IS NULL) = (state <> 'closed')", name="closed_when"),
        Index("ix_service_case_body", "body_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)  # AJ-360481-2026-00001
    source: Mapped[Source] = mapped_column(enum_type(Source, "case_source"))
    source_number: Mapped[str]
    matter: Mapped[str]
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    party_name: Mapped[str]  # who was served, or who says it
    phone: Mapped[str] = mapped_column(default="")  # of who says it, of a report or an order
    page: Mapped[str] = mapped_column(default="")  # of this site, where it could not be done
    order_kind: Mapped[Order | None] = mapped_column(enum_type(Order, "case_order"))
    entered_by: Mapped[int | None]  # who typed an order in
    said: Mapped[str]
    state: Mapped[CaseState] = mapped_column(enum_type(CaseState))
    rulebook: Mapped[int]
    opened_at: Mapped[dt.datetime]
    contact_note: Mapped[str] = mapped_column(default="")
    contacted_at: Mapped[dt.datetime | None]
    contacted_by: Mapped[int | None]
    complex_reason: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    rectified_at: Mapped[dt.datetime | None]
    rectified_by: Mapped[int | None]
    result: Mapped[Result | None] = mapped_column(enum_type(Result, "case_result"))
    call_note: Mapped[str] = mapped_column(default="")
    called_at: Mapped[dt.datetime | None]
    called_by: Mapped[int | None]
    again: Mapped[int] = mapped_column(default=0)  # how often a call-back found it unsolved
    closed_at: Mapped[dt.datetime | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)
