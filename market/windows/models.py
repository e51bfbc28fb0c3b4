"""Tables of deadlines, of those that a person must look at, and of people's calendar feeds."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.windows.rules import Nature, State

LIVE = "state IN ('open','paused','held')"
AWAITED = "state = 'open' AND overdue_at IS NULL"
TO_REMIND = "state = 'open' AND remind_at IS NOT NULL"


class Window(Model):
    """One deadline of one matter, with all that its counting rests on (docs/rules.md#clock)."""

    __tablename__ = "window"
    __table_args__ = (
        Index(
            "ix_window_due",
            "due_at",
            "id",
            sqlite_where=text(AWAITED),
            postgresql_where=text(AWAITED),
        ),
        Index(
            "ix_window_remind",
            "remind_at",
            "id",
            sqlite_where=text(TO_REMIND),
            postgresql_where=text(TO_REMIND),
        ),
        Index(
            "ix_window_live", "due_at", "id", sqlite_where=text(LIVE), postgresql_where=text(LIVE)
        ),
        Index("ix_window_subject", "subject"),
        Index("ix_window_responsible", "responsible_id", "state", "due_at"),
        Index(
            "one_live_window",
            "kind",
            "matter",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        CheckConstraint(f"(closed_at IS NULL) = ({LIVE})", name="closed_has_when"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    kind: Mapped[str]
    nature: Mapped[Nature] = mapped_column(enum_type(Nature))
    subject: Mapped[str]  # the public number under which pages and the log show it
    matter: Mapped[
        str
    ]  # the key its handler finds its row by: often the subject, else number and part
    rulebook: Mapped[int | None]  # the version whose n and unit were counted
    trigger_at: Mapped[dt.datetime]
    n: Mapped[int | None]
    unit: Mapped[str | None]  # None: an absolute instant, never provisional
    due_at: Mapped[dt.datetime]  # exclusive
    last_day: Mapped[dt.date | None]
    certainty: Mapped[str] = mapped_column(default="confirmed")
    arrangements: Mapped[str] = mapped_column(
        default=""
    )  # ids of the calendar versions, joined by commas
    responsible_id: Mapped[int | None]  # the organisation that must act
    person_id: Mapped[int | None]  # or the person
    state: Mapped[State] = mapped_column(enum_type(State), default=State.OPEN)
    paused_at: Mapped[dt.datetime | None]
    stops: Mapped[list[list[int]]] = mapped_column(
        JSON, default=list
    )  # former stops: [stopped, resumed] in epoch ms
    remind_before: Mapped[list[int] | None] = mapped_column(
        JSON(none_as_null=True)
    )  # its kind's own reminders, see rules.Kind
    remind_at: Mapped[dt.datetime | None]  # the next reminder, None when all were given
    overdue_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]


class Doubt(Model):
    """A window that ended before a new calendar made it longer. No machine opens it again: a person
    looks at it.
    """

    __tablename__ = "window_doubt"
    __table_args__ = (
        Index(
            "ix_window_doubt_open",
            "id",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
        CheckConstraint(
            "(settled_at IS NULL) = (settled_by IS NULL)", name="settled_has_who_and_when"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    window_id: Mapped[int] = mapped_column(ForeignKey("window.id"), unique=True)
    due_at: Mapped[dt.datetime]  # what the new calendar makes of it
    found_at: Mapped[dt.datetime]
    settled_at: Mapped[dt.datetime | None]
    settled_by: Mapped[int | None]
    finding: Mapped[str | None]


class Feed(Model):
    """A person's address of his deadlines for his own calendar program; another serial, another
    address.
    """

    __tablename__ = "window_feed"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    serial: Mapped[int]
    made_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
