"""What this installation is, and how its clock is."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.operations.rules import Agreed, Mode


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


class IntegrityRun(Model):
    """One comparison of the business rows with the log. `first` names the first differences:
    [kind, subject, detail, rows, leaves, index of a leaf or none].
    """

    __tablename__ = "integrity_run"
    id: Mapped[int] = mapped_column(primary_key=True)
    checked_at: Mapped[dt.datetime]
    rows: Mapped[int]
    leaves: Mapped[int]
    differences: Mapped[int]
    first: Mapped[list[list[str | int | None]]] = mapped_column(JSON)


class ClockHold(Model):
    """That the machine's clock jumped ahead: nothing is done by it until somebody agrees."""

    __tablename__ = "clock_hold"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (agreed IS NULL)", name="ended_has_how"),
        CheckConstraint("(agreed = 'person') = (person_id IS NOT NULL)", name="a_person_is_named"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    expected_at: Mapped[dt.datetime]  # what time it was, had nobody touched the clock
    jumped_to: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    agreed: Mapped[Agreed | None] = mapped_column(enum_type(Agreed))
    person_id: Mapped[int | None]  # who agreed; 0 at the terminal
