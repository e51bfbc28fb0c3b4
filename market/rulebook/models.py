"""Versions of the rulebook. Append-only: an approved version never changes."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.rulebook.rules import Amount, State


class RulebookRow(Model):
    """One version for a jurisdiction. `proposed_by` and `approved_by` are people, 0 the
    installation.

    `contents` is {parameter: [amount, unit]}, whole; `digest` is over it.
    """

    __tablename__ = "rulebook"
    __table_args__ = (
        UniqueConstraint("division", "version"),
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
    division: Mapped[str]
    version: Mapped[int]
    document_number: Mapped[str]
    title: Mapped[str]
    in_force_from: Mapped[dt.date]
    is_demo: Mapped[bool] = mapped_column(default=False)
    contents: Mapped[dict[str, tuple[Amount, str]]] = mapped_column(JSON)
    digest: Mapped[str]
    state: Mapped[State] = mapped_column(enum_type(State), default=State.PROPOSED)
    proposed_at: Mapped[dt.datetime]
    proposed_by: Mapped[int]
    approved_at: Mapped[dt.datetime | None]
    approved_by: Mapped[int | None]
    rejected_at: Mapped[dt.datetime | None]
    rejected_by: Mapped[int | None]
    reason: Mapped[str | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)
