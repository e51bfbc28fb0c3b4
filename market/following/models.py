"""Who follows what, and what waits for the day's letter."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import NEVER_AGAIN, Model, enum_type
from market.following.rules import Pace, What


class Following(Model):
    """One search that one person follows. Its id never comes again: a mail's link names it."""

    __tablename__ = "following"
    __table_args__ = (
        UniqueConstraint("person_id", "key", name="one_search_once"),
        Index("ix_following_what", "what"),
        NEVER_AGAIN,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str]  # list and search as one text
    what: Mapped[What] = mapped_column(enum_type(What, "followed"))
    pace: Mapped[Pace] = mapped_column(enum_type(Pace, "following_pace"))
    by_mail: Mapped[bool]
    text: Mapped[str]
    category: Mapped[str]
    fund: Mapped[str]
    about: Mapped[str]
    state: Mapped[str]  # the heading or state that its list is narrowed to, "" for all
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    since: Mapped[dt.datetime]
    first: Mapped[int]  # the entry of the log from which on one is told


class FollowedStep(Model):
    """A step of the log that waits for the day's letter."""

    __tablename__ = "followed_step"
    __table_args__ = (UniqueConstraint("following_id", "log_index", name="one_step_once"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    following_id: Mapped[int] = mapped_column(ForeignKey("following.id", ondelete="CASCADE"))
    log_index: Mapped[int]
    at: Mapped[dt.datetime]
