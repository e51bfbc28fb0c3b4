import datetime as dt
import enum

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type


class Mode(enum.StrEnum):
    """A database is one or the other from the day it was made: production refuses a demo database and the reverse."""

    PRODUCTION = "production"
    DEMO = "demo"


class Installation(Model):
    """The one row that says what this database is."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mode: Mapped[Mode] = mapped_column(enum_type(Mode))
    division: Mapped[str]
    created_at: Mapped[dt.datetime]


class Heartbeat(Model):
    """When each job of the clock last ended well."""

    __tablename__ = "heartbeat"
    job: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    trouble: Mapped[str | None]
