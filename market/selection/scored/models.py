"""What a scored selection keeps: its panel, the letters of its proposals, the sheets."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.kernel.plain import Json
from market.selection.scored.rules.jurors import Gone, JurorState


class ScoredRound(Model):
    """The scoring of a notice, with the hashes (hex) of the leaves that fixed it step by step."""

    __tablename__ = "scored_round"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_leaf IS NULL)", name="closed_has_leaf"),
        CheckConstraint("(listed_at IS NULL) = (list_leaf IS NULL)", name="listed_has_leaf"),
    )
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    notice_leaf: Mapped[str]
    experts: Mapped[Json | None] = mapped_column(JSON)  # what the notice promises of drawn jurors
    force_leaf: Mapped[str | None]  # of the notice in force, where its jurors are drawn
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("pool_edition.id"))
    list_leaf: Mapped[str | None]
    listed_at: Mapped[dt.datetime | None]
    closed_leaf: Mapped[str | None]
    closed_at: Mapped[dt.datetime | None]
    opened_at: Mapped[dt.datetime | None]


class ScoredJuror(Model):
    """A person who was named to judge a notice. `place` is the order of the naming: seats first, then
    reserves; `seat` where he sits or sat. `ref` (hex) stands for him on the log, salted.
    """

    __tablename__ = "scored_juror"
    __table_args__ = (
        UniqueConstraint("notice_id", "person_id", name="named_once"),
        UniqueConstraint("notice_id", "place", name="one_juror_a_place"),
        CheckConstraint("(gone_at IS NULL) = (state <> 'gone')", name="gone_has_when"),
        CheckConstraint("(gone_at IS NULL) = (reason IS NULL)", name="gone_has_reason"),
        CheckConstraint("(gone_at IS NULL) = (gone_by IS NULL)", name="gone_has_who_and_when"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    place: Mapped[int]
    was_reserve: Mapped[bool]
    seat: Mapped[int | None]
    state: Mapped[JurorState] = mapped_column(enum_type(JurorState, "juror"))
    ref: Mapped[str | None]
    salt: Mapped[str | None]
    declared_at: Mapped[dt.datetime | None]
    gone_at: Mapped[dt.datetime | None]
    gone_by: Mapped[int | None]
    reason: Mapped[Gone | None] = mapped_column(enum_type(Gone, "gone"))


class ScoredDelivery(Model):
    """By which two ways a juror who was silent had been told, and when: as its digest (hex) in the leaf of
    his replacement covers it.
    """

    __tablename__ = "scored_delivery"
    juror_id: Mapped[int] = mapped_column(ForeignKey("scored_juror.id"), primary_key=True)
    told: Mapped[list[Json]] = mapped_column(JSON)
    salt: Mapped[str]
    sha256: Mapped[str]
    kept_at: Mapped[dt.datetime]
    kept_by: Mapped[int]


class ScoredLetter(Model):
    """By which letter the jurors know an entry, hidden by a salt until the quotes open."""

    __tablename__ = "scored_letter"
    __table_args__ = (UniqueConstraint("notice_id", "letter", name="one_letter_each"),)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    letter: Mapped[str]
    salt: Mapped[str]


class ScoredSheet(Model):
    """A juror's sheet: {letter: {criterion: points}} and {letter: comment}; written until it is handed
    in, then locked. `sha256` stands on the log.
    """

    __tablename__ = "scored_sheet"
    __table_args__ = (
        CheckConstraint("(sealed_at IS NULL) = (sha256 IS NULL)", name="sealed_has_digest"),
    )
    juror_id: Mapped[int] = mapped_column(ForeignKey("scored_juror.id"), primary_key=True)
    marks: Mapped[dict[str, dict[str, int]]] = mapped_column(JSON, default=dict)
    comments: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    salt: Mapped[str | None]
    sha256: Mapped[str | None]
    sealed_at: Mapped[dt.datetime | None]

    def mark(self, letter: str, marks: dict[str, int], comment: str) -> None:
        """Write what the juror thinks of one proposal."""
        self.marks = {**(self.marks or {}), letter: marks}
        self.comments = {**(self.comments or {}), letter: comment}

    def lacks(self, letters: list[str]) -> list[str]:
        """The letters that are not judged yet."""
        return [each for each in letters if each not in (self.marks or {})]
