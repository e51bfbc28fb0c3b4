"""The table of owners: one row for good, whatever becomes of its registration."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.owners.rules import Ground, Kind, State


class Owner(Model):
    """One owner. Name, credit code and telephone are the organisation's."""

    __tablename__ = "owner"
    __table_args__ = (
        CheckConstraint("round IN (1, 2)", name="one_correction"),
        CheckConstraint(
            "(proposed_at IS NULL) = (proposed_by IS NULL)", name="proposed_has_who_and_when"
        ),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name="decided_has_who_and_when"
        ),
        Index("ix_owner_state", "state", "submitted_at", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)  # YZ-…
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), unique=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), unique=True
    )  # of a natural person
    kind: Mapped[Kind] = mapped_column(enum_type(Kind))
    address: Mapped[str]
    complaint_phone: Mapped[str]
    authority_file_id: Mapped[int | None] = mapped_column(
        ForeignKey("file.id")
    )  # the scan that proves the authority
    state: Mapped[State] = mapped_column(enum_type(State), default=State.SUBMITTED)
    round: Mapped[int] = mapped_column(default=1)
    corrections: Mapped[str | None]  # what was to be mended, one a line
    ground: Mapped[Ground | None] = mapped_column(enum_type(Ground))
    reason: Mapped[str | None]
    submission_key: Mapped[str] = mapped_column(unique=True)
    submitted_at: Mapped[dt.datetime]
    submitted_by: Mapped[int]
    proposed_at: Mapped[dt.datetime | None]  # the refusal
    proposed_by: Mapped[int | None]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None]
