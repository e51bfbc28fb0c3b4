"""A case with its steps; each step's person is another column, so that nobody calls back about his own work.
Beside it orders from above, meetings and the way to other bodies; answers of the knowledge base, pain points.
"""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.cases.rules import CaseState, Order, Result, Source
from market.cases.rules.answers import AnswerState, Topic
from market.cases.rules.pains import PainState, Progress
from market.cases.rules.steering import Back, Elsewhere
from market.db import Model, enum_type


class Case(Model):
    """One case. `matter` is the public number of what it happened in, `said` what was said of it,
    `source_number` the number that it has where it came from.
    """

    __tablename__ = "service_case"
    __table_args__ = (
        CheckConstraint(
            "(contacted_at IS NULL) = (contacted_by IS NULL)", name="contacted_has_who_and_when"
        ),
        CheckConstraint(
            "(rectified_at IS NULL) = (rectified_by IS NULL)", name="rectified_has_who_and_when"
        ),
        CheckConstraint(
            "(called_at IS NULL) = (called_by IS NULL)", name="called_has_who_and_when"
        ),
        CheckConstraint("(closed_at IS NULL) = (state <> 'closed')", name="closed_when"),
        CheckConstraint(
            "(assigned_at IS NULL) = (assigned_to IS NULL)", name="assigned_has_who_and_when"
        ),
        Index("ix_service_case_body", "body_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)  # AJ-360481-2026-00001
    source: Mapped[Source] = mapped_column(enum_type(Source, "case_source"))
    source_number: Mapped[str]
    matter: Mapped[str]
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    party_name: Mapped[str]  # who was served, or who says it
    phone: Mapped[str] = mapped_column(default="")  # of who says it, of a report or an order
    page: Mapped[str] = mapped_column(default="")  # of this site, where it could not be done
    order_kind: Mapped[Order | None] = mapped_column(enum_type(Order, "case_order"))
    entered_by: Mapped[int | None]  # who typed an order in
    said: Mapped[str]
    state: Mapped[CaseState] = mapped_column(enum_type(CaseState))
    rulebook: Mapped[int]
    opened_at: Mapped[dt.datetime]
    assigned_to: Mapped[int | None]  # who first spoke with them keeps it, unless the head says
    assigned_at: Mapped[dt.datetime | None]
    contact_note: Mapped[str] = mapped_column(default="")
    contacted_at: Mapped[dt.datetime | None]
    contacted_by: Mapped[int | None]
    complex_reason: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    rectified_at: Mapped[dt.datetime | None]
    rectified_by: Mapped[int | None]
    result: Mapped[Result | None] = mapped_column(enum_type(Result, "case_result"))
    call_note: Mapped[str] = mapped_column(default="")
    called_at: Mapped[dt.datetime | None]
    called_by: Mapped[int | None]
    again: Mapped[int] = mapped_column(default=0)  # how often a call-back found it unsolved
    closed_at: Mapped[dt.datetime | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)


class CaseSupervision(Model):
    """An order from above about a case (督办), and what its body reports to it."""

    __tablename__ = "case_supervision"
    __table_args__ = (
        UniqueConstraint("case_id", "no", name="one_number_an_order"),
        CheckConstraint(
            "(reported_at IS NULL) = (reported_by IS NULL)", name="reported_has_who_and_when"
        ),
        CheckConstraint("(reported_at IS NULL) = (report = '')", name="reported_has_words"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("service_case.id"))
    no: Mapped[int]
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))  # whose order it is
    ordered: Mapped[str]
    ordered_at: Mapped[dt.datetime]
    ordered_by: Mapped[int]
    due_at: Mapped[dt.datetime]
    report: Mapped[str] = mapped_column(default="")
    reported_at: Mapped[dt.datetime | None]
    reported_by: Mapped[int | None]


class CaseMeeting(Model):
    """The record of a joint meeting about a case (联席会议): who was there, what was agreed."""

    __tablename__ = "case_meeting"
    __table_args__ = (UniqueConstraint("case_id", "no", name="one_number_a_meeting"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("service_case.id"))
    no: Mapped[int]
    held_on: Mapped[dt.date]
    present: Mapped[str]
    agreed: Mapped[str]
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[int]


class CaseTransfer(Model):
    """A case's way to a body outside the platform, and back; `their_number` is what it has there."""

    __tablename__ = "case_transfer"
    __table_args__ = (
        UniqueConstraint("case_id", "no", name="one_number_a_transfer"),
        CheckConstraint("(back_at IS NULL) = (back_by IS NULL)", name="back_has_who_and_when"),
        CheckConstraint("(back_at IS NULL) = (back IS NULL)", name="back_has_how"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("service_case.id"))
    no: Mapped[int]
    to: Mapped[Elsewhere] = mapped_column(enum_type(Elsewhere))
    to_name: Mapped[str]
    their_number: Mapped[str]
    reason: Mapped[str]
    sent_at: Mapped[dt.datetime]
    sent_by: Mapped[int]
    back: Mapped[Back | None] = mapped_column(enum_type(Back, "transfer_back"))
    answer: Mapped[str] = mapped_column(default="")
    back_at: Mapped[dt.datetime | None]
    back_by: Mapped[int | None]


class Answer(Model):
    """An answer of the knowledge base. `pending` is a text that waits for another person; the texts
    are those that are public, of a draft empty. `case_number`: where it comes from, never public.
    """

    __tablename__ = "knowledge_answer"
    __table_args__ = (
        CheckConstraint(
            "(pending_at IS NULL) = (pending_by IS NULL)", name="pending_has_who_and_when"
        ),
        CheckConstraint("(pending IS NULL) = (pending_at IS NULL)", name="pending_has_when"),
        CheckConstraint("(version = 0) = (state = 'draft')", name="published_has_version"),
        CheckConstraint("(version = 0) = (published_at IS NULL)", name="published_has_when"),
        CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL)", name="published_has_who_and_when"
        ),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_has_who_and_when"
        ),
        CheckConstraint("(withdrawn_at IS NULL) = (state <> 'withdrawn')", name="withdrawn_when"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)  # ZS-360481-2026-00001
    state: Mapped[AnswerState] = mapped_column(enum_type(AnswerState))
    case_number: Mapped[str | None]
    topic: Mapped[Topic] = mapped_column(enum_type(Topic, "answer_topic"))
    question: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    question_en: Mapped[str] = mapped_column(default="")
    answer_en: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(default="")
    published_at: Mapped[dt.datetime | None]
    published_by: Mapped[int | None]
    pending: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    pending_at: Mapped[dt.datetime | None]
    pending_by: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[int | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)


class PainPoint(Model):
    """A pain point that is solved in public. `cases` are the numbers of the cases that it comes from."""

    __tablename__ = "pain_point"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (state = 'working')", name="ended_when"),
        Index("ix_pain_point_batch", "batch", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)  # DD-360481-2026-00001
    batch: Mapped[str]
    title: Mapped[str]
    said: Mapped[str]
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    due_on: Mapped[dt.date]
    cases: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[PainState] = mapped_column(enum_type(PainState))
    listed_at: Mapped[dt.datetime]
    listed_by: Mapped[int]
    ended_at: Mapped[dt.datetime | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)


class PainStep(Model):
    """What was done about a pain point, told to everybody."""

    __tablename__ = "pain_step"
    __table_args__ = (UniqueConstraint("pain_id", "no", name="one_number_a_step"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    pain_id: Mapped[int] = mapped_column(ForeignKey("pain_point.id"))
    no: Mapped[int]
    kind: Mapped[Progress] = mapped_column(enum_type(Progress))
    said: Mapped[str]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int]
