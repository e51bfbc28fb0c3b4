"""Reviews of selections, questions to bodies, and what the nightly recomputation of each draw gave."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.oversight.rules import Outcome, Verdict


class Review(Model):
    """One review of a selection by a body. `system` and `marks` map a check to what was seen then."""

    __tablename__ = "selection_review"
    __table_args__ = (UniqueConstraint("number", "body_id", "round", name="one_a_round"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    body: Mapped[str]  # its name then, as the log has it
    round: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(enum_type(Outcome))
    system: Mapped[dict[str, bool | None]] = mapped_column(JSON)
    marks: Mapped[dict[str, str]] = mapped_column(JSON)
    remark: Mapped[str]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int]
    submission_key: Mapped[str | None] = mapped_column(unique=True)


class OversightQuestion(Model):
    """A question of an overseer to a body about one selection, and its one answer. `no` counts from
    1 within the notice; names of bodies are those of the day.
    """

    __tablename__ = "oversight_question"
    __table_args__ = (
        UniqueConstraint("number", "no", name="one_number_a_question"),
        CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)", name="answered_has_who_and_when"
        ),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answered_has_words"),
        Index("ix_oversight_question_to", "to_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    no: Mapped[int]
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    body: Mapped[str]
    to_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    to_name: Mapped[str]
    question: Mapped[str]
    asked_at: Mapped[dt.datetime]
    asked_by: Mapped[int]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[int | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)


class Verification(Model):
    """The last recomputation of a draw out of its evidence, by the verifier that outsiders use.

    `fault` is the verifier's code where it does not hold, or could not be decided here.
    """

    __tablename__ = "draw_verification"
    draw: Mapped[str] = mapped_column(primary_key=True)
    checked_at: Mapped[dt.datetime]
    verdict: Mapped[Verdict] = mapped_column(enum_type(Verdict))
    fault: Mapped[str | None]
