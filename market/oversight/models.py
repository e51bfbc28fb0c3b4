"""Reviews of selections, questions to bodies, and what the nightly recomputation of each draw gave."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.kernel.plain import Json
from market.oversight.rules import Outcome, Verdict
from market.oversight.rules.clues import ClueKind
from market.oversight.rules.flags.table import FlagStanding, Level
from market.oversight.rules.sampling import Called, Label, SampleStanding


class Review(Model):
    """One review of a selection by a body. `system` and `marks` map a check to what was seen then.

    `digest` and `salt` are of a clue, and of what answers a sample that is not told yet (`is_kept`): the
    log keeps the digest alone. `round` counts a body's reviews of the selection from 1, those apart
    from what the public log says.
    """

    __tablename__ = "selection_review"
    __table_args__ = (
        UniqueConstraint("number", "body_id", "is_kept", "round", name="one_a_round"),
        CheckConstraint("is_kept = (digest IS NOT NULL)", name="kept_has_digest"),
        CheckConstraint("(digest IS NULL) = (salt IS NULL)", name="digest_has_salt"),
    )
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
    is_kept: Mapped[bool] = mapped_column(default=False)
    digest: Mapped[str | None] = mapped_column(unique=True)
    salt: Mapped[str | None]
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
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("flag_finding.id"), index=True)
    question: Mapped[str]
    asked_at: Mapped[dt.datetime]
    asked_by: Mapped[int]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[int | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)


class Finding(Model):
    """What a flag has found, once a period about a subject; nobody but overseers ever reads it.

    `version` is the table's by which it was computed, `numbers` what it was computed from at
    `last_at`. `regulator_id` is the sector that reads it, None of what inspection and authority read
    alone. `opinion` waits for a second reader while `closed_at` is None.
    """

    __tablename__ = "flag_finding"
    __table_args__ = (
        UniqueConstraint("code", "subject", "sector", "period", name="one_finding"),
        CheckConstraint(
            "(judged_at IS NULL) = (judged_by IS NULL)", name="judged_has_who_and_when"
        ),
        CheckConstraint("(judged_at IS NULL) = (opinion IS NULL)", name="judged_has_opinion"),
        CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL)", name="closed_has_who_and_when"
        ),
        CheckConstraint("(closed_at IS NULL) = (state = 'open')", name="closed_has_state"),
        Index("ix_flag_finding_number", "number"),
        Index("ix_flag_finding_sector", "regulator_id", "state", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    version: Mapped[int]
    subject: Mapped[str]
    sector: Mapped[int]  # the regulator's id, 0 for none: part of what is found once
    period: Mapped[str]
    number: Mapped[str | None]
    regulator_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    level: Mapped[Level] = mapped_column(enum_type(Level))
    numbers: Mapped[Json] = mapped_column(JSON)
    first_at: Mapped[dt.datetime]
    last_at: Mapped[dt.datetime]
    state: Mapped[FlagStanding] = mapped_column(enum_type(FlagStanding, "flagstate"))
    opinion: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    judged_at: Mapped[dt.datetime | None]
    judged_by: Mapped[int | None]
    closed_at: Mapped[dt.datetime | None]
    closed_by: Mapped[int | None]
    case_number: Mapped[str | None]  # what it was made a case as


class Figures(Model):
    """The public figures as they were computed on a day, over the year before it."""

    __tablename__ = "figures"
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    since: Mapped[dt.date]
    computed_at: Mapped[dt.datetime]
    measures: Mapped[dict[str, list[float]]] = mapped_column(JSON)
    charts: Mapped[dict[str, list[tuple[str, int]]]] = mapped_column(JSON)
    months: Mapped[dict[str, dict[str, list[float]]]] = mapped_column(JSON, default=dict)


class FlagRun(Model):
    """One night's pass: over how many selections, how many findings, by which version of the table."""

    __tablename__ = "flag_run"
    night: Mapped[dt.datetime] = mapped_column(primary_key=True)
    ended_at: Mapped[dt.datetime]
    version: Mapped[int]
    selections: Mapped[int]
    found: Mapped[int]


class Verification(Model):
    """The last recomputation of a draw out of its evidence, by the verifier that outsiders use.

    `fault` is the verifier's code where it does not hold, or could not be decided here.
    """

    __tablename__ = "draw_verification"
    draw: Mapped[str] = mapped_column(primary_key=True)
    checked_at: Mapped[dt.datetime]
    verdict: Mapped[Verdict] = mapped_column(enum_type(Verdict))
    fault: Mapped[str | None]


class Sample(Model):
    """A sample of one period. Leaves are hashes (hex); `sha256` and `count` are of its list, which is
    computed from the log whenever it is needed.
    """

    __tablename__ = "sample"
    __table_args__ = (
        UniqueConstraint("label", "period", name="one_a_period"),
        CheckConstraint("(listed_at IS NULL) = (sha256 IS NULL)", name="listed_has_digest"),
        CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL)", name="published_has_who_and_when"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)  # CY-360481-2026-00001
    label: Mapped[Label] = mapped_column(enum_type(Label, "sample_label"))
    period: Mapped[str]
    share: Mapped[int]
    least: Mapped[int]
    most: Mapped[int]
    rulebook: Mapped[int]
    planned_at: Mapped[dt.datetime]
    planned_leaf: Mapped[str]
    listed_at: Mapped[dt.datetime | None]
    listed_leaf: Mapped[str | None]
    sha256: Mapped[str | None]
    count: Mapped[int | None]
    drawn_at: Mapped[dt.datetime | None]
    published_at: Mapped[dt.datetime | None]
    published_by: Mapped[int | None]

    @property
    def state(self) -> SampleStanding:
        """Where it stands."""
        if self.published_at is not None:
            return SampleStanding.PUBLISHED
        if self.drawn_at is not None:
            return SampleStanding.DRAWN
        if self.count == 0:
            return SampleStanding.EMPTY
        return SampleStanding.PLANNED if self.listed_at is None else SampleStanding.LISTED


class SampleRow(Model):
    """One matter that was drawn, in the order of the draw, and what a call-back found; what a review
    found stands on the review.
    """

    __tablename__ = "sample_row"
    __table_args__ = (
        CheckConstraint(
            "(called_at IS NULL) = (called_by IS NULL)", name="called_has_who_and_when"
        ),
        CheckConstraint("(called_at IS NULL) = (called IS NULL)", name="called_has_result"),
    )
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ref: Mapped[str]
    called: Mapped[Called | None] = mapped_column(enum_type(Called, "sample_called"))
    said: Mapped[str] = mapped_column(default="")
    called_at: Mapped[dt.datetime | None]
    called_by: Mapped[int | None]
    case_number: Mapped[str | None]


class Clue(Model):
    """A clue that goes to a discipline body (问题线索移交单). Its body alone reads it; the log has its
    number and the salted digest. The receiver is named in words: it has no account here, and no clock.
    """

    __tablename__ = "clue"
    __table_args__ = (
        CheckConstraint(
            "(handed_over_at IS NULL) = (handed_over_by IS NULL)",
            name="handed_over_has_who_and_when",
        ),
        CheckConstraint("(asked_at IS NULL) = (asked_by IS NULL)", name="asked_has_who_and_when"),
        CheckConstraint(
            "(receipt_file_id IS NULL) = (handed_over_at IS NULL)", name="receipt_when_handed_over"
        ),
        Index("ix_clue_sender", "sender_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)  # YJ-360481-2026-00001
    notice: Mapped[str]  # the selection's number, "" of none
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("flag_finding.id"), index=True)
    sender_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    receiver: Mapped[str]
    kind: Mapped[ClueKind] = mapped_column(enum_type(ClueKind, "clue_kind"))
    subjects: Mapped[str]
    facts: Mapped[str]
    checked: Mapped[str]
    unchecked: Mapped[str]
    is_urgent: Mapped[bool]
    salt: Mapped[str]
    commit: Mapped[str]
    begun_at: Mapped[dt.datetime]
    begun_by: Mapped[int]
    signed_on: Mapped[dt.date | None]  # the day on the receipt
    receipt_file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    handed_over_at: Mapped[dt.datetime | None]
    handed_over_by: Mapped[int | None]
    ask_due_at: Mapped[dt.datetime | None]
    asked_at: Mapped[dt.datetime | None]
    asked_by: Mapped[int | None]
    answer: Mapped[str] = mapped_column(default="")
    submission_key: Mapped[str | None] = mapped_column(unique=True)


class ClueExport(Model):
    """That a clue left the platform as a file, and the file's SHA-256 (hex)."""

    __tablename__ = "clue_export"
    id: Mapped[int] = mapped_column(primary_key=True)
    clue_id: Mapped[int] = mapped_column(ForeignKey("clue.id"), index=True)
    sha256: Mapped[str]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int]
