"""Tables of the pool: its members, what it was each time it changed, and who was listed for a notice."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.kernel.plain import Json
from market.selection.jurors.rules import MemberState, Step, Why


class PoolMember(Model):
    """A person who asked to judge. `body_id`: the regulator that decides; `codes` are credit codes of bodies
    he is tied to; `until` the last day of his admission.
    """

    __tablename__ = "pool_member"
    __table_args__ = (
        CheckConstraint("(step IS NULL) = (proposed_at IS NULL)", name="proposed_has_what"),
        CheckConstraint(
            "(proposed_at IS NULL) = (proposed_by IS NULL)", name="proposed_has_who_and_when"
        ),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name="decided_has_who_and_when"
        ),
        Index("ix_pool_member_state", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    categories: Mapped[list[str]] = mapped_column(JSON)
    employer: Mapped[str]
    codes: Mapped[list[str]] = mapped_column(JSON)
    grounds: Mapped[str]
    state: Mapped[MemberState] = mapped_column(enum_type(MemberState))
    applied_at: Mapped[dt.datetime]
    step: Mapped[Step | None] = mapped_column(enum_type(Step, "pool_step"))
    reason: Mapped[str | None]
    proposed_at: Mapped[dt.datetime | None]
    proposed_by: Mapped[int | None]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None]
    until: Mapped[dt.date | None]


class PoolEdition(Model):
    """The pool after a change, as its leaf (hash, hex) fixed it. `members`: {number, categories} of each."""

    __tablename__ = "pool_edition"
    id: Mapped[int] = mapped_column(primary_key=True)
    leaf: Mapped[str]
    count: Mapped[int]
    sha256: Mapped[str]
    members: Mapped[list[Json]] = mapped_column(JSON)
    made_at: Mapped[dt.datetime]


class PoolListing(Model):
    """A member in the list of a notice's lot, under the digest that stands for him there; `why` he is out
    of it, None where he is in.
    """

    __tablename__ = "pool_listing"
    __table_args__ = (UniqueConstraint("ref", name="one_ref_each"),)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("pool_member.id"), primary_key=True)
    ref: Mapped[str]
    salt: Mapped[str]
    why: Mapped[Why | None] = mapped_column(enum_type(Why, "pool_why"))
