"""The published order, and orders that suspend a selection."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.selection.results.rules.pausing import PauseCode, PauseState
from market.selection.results.rules.states import RankState
from market.selection.results.rules.suspending import Effect, SuspensionState


class Ranking(Model):
    """One place of the published order of a notice, and what has become of it.

    `draw_id` and `ticket` (hex) are of a way that draws. `skip_by`: who took it out before its turn
    came; None once the log says so, which only skips ranks in their turn (rule 11).
    """

    __tablename__ = "ranking"
    __table_args__ = (UniqueConstraint("notice_id", "entry_id", name="one_rank_each"),)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    draw_id: Mapped[int | None] = mapped_column(ForeignKey("draw.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    ref: Mapped[str]
    ticket: Mapped[str | None]
    state: Mapped[RankState] = mapped_column(enum_type(RankState, "rank"))
    reason: Mapped[str | None]
    skip_by: Mapped[str | None]


class Suspension(Model):
    """An order that suspends a selection. `days` are working days of a pause, calendar days of a hold;
    `until` its last instant (exclusive) once it is in force; `how` it ended.
    """

    __tablename__ = "suspension"
    __table_args__ = (
        *(
            CheckConstraint(
                f"({act}_at IS NULL) = ({act}_by IS NULL)", name=f"{act}_has_who_and_when"
            )
            for act in ("proposed", "signed", "lift_proposed", "lifted")
        ),
        CheckConstraint("(signed_at IS NULL) = (until IS NULL)", name="in_force_until"),
        CheckConstraint("(ended_at IS NULL) = (how IS NULL)", name="ended_how"),
        Index(
            "one_live_suspension",
            "notice_id",
            unique=True,
            sqlite_where=text("state NOT IN ('ended', 'dropped')"),
            postgresql_where=text("state NOT IN ('ended', 'dropped')"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    number: Mapped[str]
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[SuspensionState] = mapped_column(enum_type(SuspensionState, "suspension"))
    effect: Mapped[Effect] = mapped_column(enum_type(Effect))
    days: Mapped[int]
    basis: Mapped[str]
    reason: Mapped[str]
    proposed_at: Mapped[dt.datetime]
    proposed_by: Mapped[int]
    signed_at: Mapped[dt.datetime | None]
    signed_by: Mapped[int | None]
    until: Mapped[dt.datetime | None]
    lift_reason: Mapped[str] = mapped_column(default="")
    lift_proposed_at: Mapped[dt.datetime | None]
    lift_proposed_by: Mapped[int | None]
    lifted_at: Mapped[dt.datetime | None]
    lifted_by: Mapped[int | None]
    ended_at: Mapped[dt.datetime | None]
    how: Mapped[str | None]


class Pause(Model):
    """A pause that an owner asks for. `days` are working days; `body_id` is who decides once it is
    signed; `until` its last instant (exclusive) once it is in force; `how` it ended.
    """

    __tablename__ = "pause"
    __table_args__ = (
        *(
            CheckConstraint(
                f"({act}_at IS NULL) = ({act}_by IS NULL)", name=f"{act}_has_who_and_when"
            )
            for act in ("proposed", "signed", "decided", "resumed")
        ),
        CheckConstraint("(ended_at IS NULL) = (how IS NULL)", name="ended_how"),
        CheckConstraint(
            "(until IS NULL) = (state NOT IN ('in_force', 'ended'))", name="in_force_until"
        ),
        Index(
            "one_live_pause",
            "notice_id",
            unique=True,
            sqlite_where=text("state IN ('proposed', 'asked', 'in_force')"),
            postgresql_where=text("state IN ('proposed', 'asked', 'in_force')"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    number: Mapped[str]
    state: Mapped[PauseState] = mapped_column(enum_type(PauseState, "pause"))
    code: Mapped[PauseCode] = mapped_column(enum_type(PauseCode))
    days: Mapped[int]
    reason: Mapped[str]
    note: Mapped[str] = mapped_column(default="")  # why it was refused; for the owner
    body_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    proposed_at: Mapped[dt.datetime]
    proposed_by: Mapped[int]
    signed_at: Mapped[dt.datetime | None]
    signed_by: Mapped[int | None]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None]
    until: Mapped[dt.datetime | None]
    resumed_at: Mapped[dt.datetime | None]
    resumed_by: Mapped[int | None]
    ended_at: Mapped[dt.datetime | None]
    how: Mapped[str | None]
