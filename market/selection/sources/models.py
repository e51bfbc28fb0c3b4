"""Chains, draws with the plan of their sources, values and losses; the database refuses two draws of one notice."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.kernel.plain import Json
from market.selection.sources.rules.states import DrawState


class NoticeLot(Model):
    """A lot of a notice, for what its `label` says. `draw_at` is T: it moves once, by rule, when the seal
    was witnessed late. A query of one kind of lots passes the other kind over.
    """

    __tablename__ = "draw"
    __table_args__ = (
        UniqueConstraint("notice_id", "label", name="one_lot_a_label"),
        CheckConstraint("(sealed_at IS NULL) = (seal_leaf IS NULL)", name="seal_has_when"),
        CheckConstraint("(drawn_at IS NULL) = (seed IS NULL)", name="draw_has_when"),
        Index("ix_draw_list", "draw_at", "id"),
        Index("ix_draw_state", "state", "draw_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default="draw")
    number: Mapped[str] = mapped_column(unique=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    label: Mapped[str] = mapped_column(default="ticket")  # what it is drawn for: LotUse
    state: Mapped[DrawState] = mapped_column(
        enum_type(DrawState, "draw"), default=DrawState.SCHEDULED
    )
    level: Mapped[str]  # as promised at publication
    reached: Mapped[
        str | None
    ]  # as drawn, where a lost source or a second witness has made it another
    fallback: Mapped[list[Json]] = mapped_column(JSON, default=list)  # as the notice's leaf has it
    winners: Mapped[int] = mapped_column(default=1)
    reserves: Mapped[int] = mapped_column(default=2)
    draw_at: Mapped[dt.datetime]
    postponed_at: Mapped[dt.datetime | None]
    notice_leaf: Mapped[str]
    seal_leaf: Mapped[str | None]
    sealed_at: Mapped[dt.datetime | None]
    entrants: Mapped[int | None]
    seed: Mapped[str | None]
    drawn_at: Mapped[dt.datetime | None]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}


class Draw(NoticeLot):
    """The one draw that a notice promises with its publication."""

    __tablename__ = None  # type: ignore[assignment]  # in the table of all lots
    __mapper_args__ = {"polymorphic_identity": "draw"}


class FixedLot(NoticeLot):
    """A lot that is fixed later, once its list is known (ADR 0067): `seal_leaf` is the leaf that fixed it."""

    __tablename__ = None  # type: ignore[assignment]  # in the table of all lots
    __mapper_args__ = {"polymorphic_identity": "fixed"}


class DrawSource(Model):
    """One source of the plan in force, in its order; `slot` is a chain's slot, drand's round or the
    lottery's day.

    `failed_leaf` is the hash (hex) of the leaf that declared it lost or failed; fallbacks in use
    stand behind the plan.
    """

    __tablename__ = "draw_source"
    __table_args__ = (Index("ix_draw_source_slot", "source", "slot"),)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    kind: Mapped[str]
    slot: Mapped[int]
    failed_leaf: Mapped[str | None]
    is_fallback: Mapped[bool] = mapped_column(default=False)


class Lot(Model):
    """A lot with a list of its own, which no notice promises: a sample's (ADR 0072). `subject` is the
    number of what it is drawn for, `promise_leaf` the hash (hex) of the leaf that promised it.

    `draw_at` is T: it moves once, by rule, when the fixed list was witnessed late, and the slots of
    `sources` with it.
    """

    __tablename__ = "lot"
    __table_args__ = (CheckConstraint("(drawn_at IS NULL) = (seed IS NULL)", name="lot_has_when"),)
    name: Mapped[str] = mapped_column(primary_key=True)  # CY-360481-2026-00001/review
    subject: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    promise_leaf: Mapped[str]
    list_sha256: Mapped[str]
    fixed_leaf: Mapped[str]
    fixed_at: Mapped[dt.datetime]
    level: Mapped[str]
    draw_at: Mapped[dt.datetime]
    postponed_at: Mapped[dt.datetime | None]
    sources: Mapped[list[Json]] = mapped_column(JSON)
    seed: Mapped[str | None]
    drawn_at: Mapped[dt.datetime | None]


class SourceValue(Model):
    """One value that a source has revealed: shared by every draw of that slot, on the log once."""

    __tablename__ = "source_value"
    source: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[str]
    signature: Mapped[str | None]
    revealed_at: Mapped[dt.datetime]


class SourceFailure(Model):
    """That a chain was declared lost from a slot on, or that a beacon's round never came. Of a
    chain the first is final.
    """

    __tablename__ = "source_failure"
    source: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    leaf: Mapped[str]
    failed_at: Mapped[dt.datetime]


class WitnessList(Model):
    """The witness's numbered list of cosignatures over a draw that was postponed or went by a failure:
    JSON as the witness signed it, handed on with the evidence (rule 2).
    """

    __tablename__ = "witness_list"
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), primary_key=True)
    text: Mapped[str]
    kept_at: Mapped[dt.datetime]


class LotteryReport(Model):
    """A 快乐8 issue as one officer has read it from the public result, until another confirms it;
    `day` an ordinal.
    """

    __tablename__ = "lottery_report"
    __table_args__ = (
        CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed_has_who_and_when"
        ),
        CheckConstraint("confirmed_by <> proposed_by", name="two_people"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    issue: Mapped[str]
    day: Mapped[int]
    value: Mapped[str]
    proposed_at: Mapped[dt.datetime]
    proposed_by: Mapped[int]
    confirmed_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[int | None]


class ChainAnchor(Model):
    """The public end of a chain of values, logged before any notice names it."""

    __tablename__ = "chain_anchor"
    source: Mapped[str] = mapped_column(primary_key=True)
    anchor: Mapped[str] = mapped_column(unique=True)
    genesis: Mapped[int]
    period: Mapped[int]
    n: Mapped[int]
    owner_id: Mapped[int | None]
    anchored_at: Mapped[dt.datetime]
