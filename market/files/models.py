"""Tables of the files: what was handed in, and to whom it was shown."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from market.db import NEVER_AGAIN, Model, enum_type
from market.files.rules import Audience


class File(Model):
    """One file that was handed in. Its bytes are in the blob store under `key`."""

    __tablename__ = "file"
    __table_args__ = (NEVER_AGAIN,)
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    name: Mapped[str]
    mime: Mapped[str]
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]  # of which matter: "qualification", "complaint.evidence", ...
    audience: Mapped[Audience] = mapped_column(enum_type(Audience))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    stored_at: Mapped[dt.datetime]


class FileGrant(Model):
    """An organisation that a file was shown to."""

    __tablename__ = "file_grant"
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
