"""The inbox."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model


class Letter(Model):
    """One message to one person because of one log entry. `reader`: which reader of the log wrote it."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("person_id", "log_index", "reader", name="one_letter_an_entry"),
        Index("ix_letter_inbox", "person_id", "id"),
        Index(
            "ix_letter_unread",
            "person_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    log_index: Mapped[int]
    reader: Mapped[str]
    subject: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    path: Mapped[str]
    written_at: Mapped[dt.datetime]
    read_at: Mapped[dt.datetime | None]
