"""Tables of reputation. A recorded act is one row whose facts never change; each step of it is a row
that is only ever added.
"""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.reputation.rules import (
    Act,
    BasisState,
    CreditState,
    Grade,
    MeasureKind,
    MeasureState,
    Party,
    Source,
    TalkState,
)


class CreditEvent(Model):
    """One recorded act of an organisation.

    What the table said of the behaviour then stands on the row: grade, points, months, measure and
    the article that gave them effect. `counts_from` is the day of the decision, `counts_until` the
    first day on which it counts no more.
    """

    __tablename__ = "credit_event"
    __table_args__ = (
        CheckConstraint(
            "(counts_from IS NULL) = (counts_until IS NULL)", name="counts_from_and_until"
        ),
        Index("ix_credit_event_of", "organisation_id", "state"),
        Index("ix_credit_event_body", "body_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)
    behaviour: Mapped[str]
    party: Mapped[Party] = mapped_column(enum_type(Party))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    grade: Mapped[Grade] = mapped_column(enum_type(Grade))
    points: Mapped[int]
    months: Mapped[int]
    measure: Mapped[str]
    article: Mapped[str]  # "" where no text in law gives it effect
    cap_days: Mapped[int | None]  # the longest suspension or removal that the article allows
    fact: Mapped[str]
    evidence: Mapped[str]
    matter: Mapped[str | None]  # the public number of what it happened in
    happened_on: Mapped[dt.date]
    state: Mapped[CreditState] = mapped_column(enum_type(CreditState))
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))  # who decides
    appeal_body_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    salt: Mapped[str]
    digest: Mapped[str]
    rulebook: Mapped[int]
    counts_from: Mapped[dt.date | None]
    counts_until: Mapped[dt.date | None]
    submission_key: Mapped[str] = mapped_column(unique=True)


class CreditStep(Model):
    """One step of a recorded act, with what was said. `by` is None of the clock."""

    __tablename__ = "credit_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("credit_event.id"), index=True)
    act: Mapped[Act] = mapped_column(enum_type(Act))
    at: Mapped[dt.datetime]
    by: Mapped[int | None]
    text: Mapped[str]


class CreditMeasure(Model):
    """One suspension of entries, or one removal, that follows from a record, for `days` calendar days.

    `representative_digest` is the keyed digest of the legal representative at the signature: whoever
    he leads besides may not enter either.
    """

    __tablename__ = "credit_measure"
    __table_args__ = (
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name="decided_has_who_and_when"
        ),
        CheckConstraint("state <> 'in_force' OR until IS NOT NULL", name="in_force_until"),
        Index("ix_credit_measure_of", "organisation_id", "state", "until"),
        Index("ix_credit_measure_led_by", "representative_digest", "state", "until"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("credit_event.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    representative_digest: Mapped[str | None]
    kind: Mapped[MeasureKind] = mapped_column(
        enum_type(MeasureKind), default=MeasureKind.SUSPENSION
    )
    state: Mapped[MeasureState] = mapped_column(enum_type(MeasureState))
    days: Mapped[int]
    reason: Mapped[str]
    statement: Mapped[str]
    until: Mapped[dt.date | None]  # the last day
    proposed_at: Mapped[dt.datetime]
    proposed_by: Mapped[int]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None]
    ended_at: Mapped[dt.datetime | None]


class CreditTalk(Model):
    """One talk about a record: `held_by` has written its record and signed for the body, `signed_by`
    for the agency, with its `remark`; where it did not, the body says so there.
    """

    __tablename__ = "credit_talk"
    __table_args__ = (
        CheckConstraint("(held_at IS NULL) = (held_by IS NULL)", name="held_has_who_and_when"),
        CheckConstraint(
            "(signed_at IS NULL) = (signed_by IS NULL)", name="signed_has_who_and_when"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("credit_event.id"), index=True)
    state: Mapped[TalkState] = mapped_column(enum_type(TalkState))
    on: Mapped[dt.date]
    place: Mapped[str]
    topic: Mapped[str]
    called_at: Mapped[dt.datetime]
    called_by: Mapped[int]
    minutes: Mapped[str] = mapped_column(default="")
    held_at: Mapped[dt.datetime | None]
    held_by: Mapped[int | None]
    remark: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[dt.datetime | None]
    signed_by: Mapped[int | None]
    ended_at: Mapped[dt.datetime | None]


class BehaviourBasis(Model):
    """The text in law that gives a behaviour its effect in this place, from a day on."""

    __tablename__ = "behaviour_basis"
    __table_args__ = (
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name="decided_has_who_and_when"
        ),
        Index("ix_behaviour_basis_code", "code", "state", "in_force_from"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    code: Mapped[str]
    source: Mapped[Source] = mapped_column(enum_type(Source, "basis_source"))
    article: Mapped[str]
    cap_days: Mapped[int | None]
    in_force_from: Mapped[dt.date]
    state: Mapped[BasisState] = mapped_column(enum_type(BasisState))
    proposed_at: Mapped[dt.datetime]
    proposed_by: Mapped[int]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None]
    submission_key: Mapped[str] = mapped_column(unique=True)
