"""Tables of evaluations: what one side says of the other about one matter, and the appeal against it."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.evaluations.rules import By, EvaluationState
from market.evaluations.rules.appeal import AppealState, Effect, Ground


class Evaluation(Model):
    """One side's evaluation of the other; both rows of a matter are made when it is accepted.

    What was said of the matter then stands on the row: names, item, title. Marks are 1 to 5,
    `overall` hundredths.
    """

    __tablename__ = "evaluation"
    __table_args__ = (
        UniqueConstraint("contract", "by", name="one_each_side"),
        CheckConstraint("(given_at IS NULL) = (given_by IS NULL)", name="given_has_who_and_when"),
        CheckConstraint("(given_at IS NULL) = (digest IS NULL)", name="given_is_sealed"),
        CheckConstraint("(opened_at IS NULL) = (overall IS NULL)", name="opened_says_overall"),
        CheckConstraint(
            "(replied_at IS NULL) = (replied_by IS NULL)", name="replied_has_who_and_when"
        ),
        CheckConstraint(
            "(followed_at IS NULL) = (followed_by IS NULL)", name="followed_has_who_and_when"
        ),
        Index("ix_evaluation_agency", "agency_organisation_id", "by", "state"),
        Index("ix_evaluation_owner", "owner_organisation_id", "by", "state"),
        Index("ix_evaluation_winner", "winner", "by", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    contract: Mapped[str]  # HT-360481-2026-00012
    notice_number: Mapped[str]
    by: Mapped[By] = mapped_column(enum_type(By, "evaluation_by"))
    state: Mapped[EvaluationState] = mapped_column(enum_type(EvaluationState))
    owner_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    owner_name: Mapped[str]
    owner_is_person: Mapped[bool]
    agency_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    agency_name: Mapped[str]
    winner: Mapped[str]
    item_code: Mapped[str]
    item_name: Mapped[str]
    title: Mapped[str]
    rulebook: Mapped[int]
    asked_at: Mapped[dt.datetime]
    quality: Mapped[int | None]
    timeliness: Mapped[int | None]
    attitude: Mapped[int | None]
    fees: Mapped[int | None]
    conduct: Mapped[int | None]
    text: Mapped[str] = mapped_column(default="")
    fact: Mapped[str] = mapped_column(default="")
    salt: Mapped[str | None]
    text_salt: Mapped[str | None]
    text_sha256: Mapped[str | None]
    digest: Mapped[str | None]
    given_at: Mapped[dt.datetime | None]
    given_by: Mapped[int | None]
    corrected_at: Mapped[dt.datetime | None]
    fixed_at: Mapped[dt.datetime | None]  # from then on it stays as it is
    opened_at: Mapped[dt.datetime | None]
    overall: Mapped[int | None]
    reply: Mapped[str] = mapped_column(default="")
    replied_at: Mapped[dt.datetime | None]
    replied_by: Mapped[int | None]
    follow_up: Mapped[str] = mapped_column(default="")
    followed_at: Mapped[dt.datetime | None]
    followed_by: Mapped[int | None]
    effect: Mapped[Effect | None] = mapped_column(enum_type(Effect, "evaluation_effect"))


class EvaluationAppeal(Model):
    """The one appeal against an evaluation."""

    __tablename__ = "evaluation_appeal"
    __table_args__ = (
        UniqueConstraint("evaluation_id", name="one_each_evaluation"),
        CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)", name="answered_has_who_and_when"
        ),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name="decided_has_who_and_when"
        ),
        Index("ix_evaluation_appeal_body", "body_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    state: Mapped[AppealState] = mapped_column(enum_type(AppealState, "evaluation_appeal_state"))
    ground: Mapped[Ground] = mapped_column(enum_type(Ground, "evaluation_ground"))
    text: Mapped[str]
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    appealed_at: Mapped[dt.datetime]
    appealed_by: Mapped[int]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None]
