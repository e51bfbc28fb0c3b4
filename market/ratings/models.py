"""A finished step that may be rated once, and what was said of it."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.ratings.rules import Channel, Step


class ServiceRating(Model):
    """One step of one matter. It is made when the step is finished; unrated it stays unrated.

    `rater_organisation_id` or `rater_person_id` is who was served.
    """

    __tablename__ = "service_rating"
    __table_args__ = (
        UniqueConstraint("subject", "step", name="one_a_step"),
        CheckConstraint("(given_at IS NULL) = (level IS NULL)", name="given_has_level"),
        CheckConstraint("(given_at IS NULL) = (number IS NULL)", name="given_has_number"),
        CheckConstraint("level IS NULL OR level BETWEEN 1 AND 5", name="five_levels"),
        Index("ix_service_rating_finished", "finished_at", "body_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    subject: Mapped[str]
    step: Mapped[Step] = mapped_column(enum_type(Step, "rating_step"))
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    rater_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    rater_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    finished_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]  # exclusive
    number: Mapped[str | None] = mapped_column(unique=True)  # PJ-360481-2026-00001
    level: Mapped[int | None]
    staff_level: Mapped[int | None]
    platform_level: Mapped[int | None]
    ticks: Mapped[list[str]] = mapped_column(JSON, default=list)
    text: Mapped[str] = mapped_column(default="")
    channel: Mapped[Channel | None] = mapped_column(enum_type(Channel, "rating_channel"))
    salt: Mapped[str | None]
    digest: Mapped[str | None]
    given_at: Mapped[dt.datetime | None]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    case_number: Mapped[str | None]
