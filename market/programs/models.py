"""Tokens and addresses of programs."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model


class ApiToken(Model):
    """A token of a duty in an organisation; the token itself is kept nowhere. `hint` are its first
    signs, by which people tell tokens apart.
    """

    __tablename__ = "api_token"
    __table_args__ = (
        CheckConstraint(
            "(revoked_at IS NULL) = (revoked_by IS NULL)", name="revoked_has_who_and_when"
        ),
        CheckConstraint("scope IN ('read', 'hotline')", name="scope"),
        Index("ix_api_token_of", "organisation_id", "duty"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    duty: Mapped[str]
    scope: Mapped[str]
    label: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    hint: Mapped[str]
    submission_key: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int]
    last_used_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]
    revoked_by: Mapped[int | None]


class Webhook(Model):
    """An address to which the log's changes are sent. `position` is the entry with which the next
    delivery begins; `next_try_at` is None while it waits for a person.
    """

    __tablename__ = "webhook"
    __table_args__ = (
        CheckConstraint(
            "(stopped_at IS NULL) = (stopped_by IS NULL)", name="stopped_has_who_and_when"
        ),
        CheckConstraint(
            "stopped_at IS NULL OR next_try_at IS NULL", name="what_is_stopped_is_not_tried"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    kinds: Mapped[str]
    salt: Mapped[str]
    submission_key: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[dt.datetime | None]
    last_ok_at: Mapped[dt.datetime | None]
    last_error: Mapped[str] = mapped_column(default="")
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int]
    stopped_at: Mapped[dt.datetime | None]
    stopped_by: Mapped[int | None]
