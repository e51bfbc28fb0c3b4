"""What selection keeps, and what the database itself refuses: two live entries of one agency, two
draws of one notice.
"""

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.selection.rules import states
from market.selection.rules.terms import Fund, Method

WHO_WHEN = (
    "drafted",
    "signed",
    "submitted",
    "reviewed",
    "published",
    "overridden",
    "amended",
    "cancelled",
)
TABS = """CASE state WHEN 'entry_open' THEN 'open' WHEN 'paused' THEN 'open'
WHEN 'sealed' THEN 'soon' WHEN 'waiting_value' THEN 'soon' WHEN 'scoring' THEN 'soon'
WHEN 'announced' THEN 'announced' WHEN 'held' THEN 'announced'
WHEN 'awarded' THEN 'awarded' WHEN 'contracted' THEN 'awarded' WHEN 'in_service' THEN 'awarded'
WHEN 'delivered' THEN 'awarded' WHEN 'closed' THEN 'awarded'
WHEN 'failed' THEN 'failed' WHEN 'cancelled' THEN 'failed' WHEN 'annulled' THEN 'failed'
WHEN 'terminated' THEN 'failed' WHEN 'relisted' THEN 'failed' END"""


class Notice(Model):
    """One selection notice (选取公告), from its owner's draft to the end. `number` is given at
    publication.
    """

    __tablename__ = "notice"
    __table_args__ = (
        *(
            CheckConstraint(
                f"({act}_at IS NULL) = ({act}_by IS NULL)", name=f"{act}_has_who_and_when"
            )
            for act in WHO_WHEN
        ),
        CheckConstraint("(number IS NULL) = (published_at IS NULL)", name="number_at_publication"),
        CheckConstraint("fiscal_percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("entries_live BETWEEN 0 AND entries_given", name="entries"),
        Index("ix_notice_list", "published_at", "id"),
        Index("ix_notice_list_tab", "tab", "published_at", "id"),
        Index("ix_notice_list_tab_category", "tab", "category", "published_at", "id"),
        Index("ix_notice_list_category_fund", "category", "fund", "published_at", "id"),
        Index("ix_notice_list_tab_category_fund", "tab", "category", "fund", "published_at", "id"),
        Index("ix_notice_list_tab_fund", "tab", "fund", "published_at", "id"),
        Index("ix_notice_list_owner", "owner_id", "published_at", "id"),
        Index("ix_notice_results", "announced_at", "id"),
        Index("ix_notice_closing", "state", "entry_close", "id"),
        Index("ix_notice_item", "owner_id", "item_code", "published_at"),
        Index("ix_notice_predecessor", "predecessor"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[states.Notice] = mapped_column(
        enum_type(states.Notice), default=states.Notice.DRAFT
    )
    tab: Mapped[str | None] = mapped_column(
        Computed(TABS, persisted=True)
    )  # under which heading the public list has it
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    listing: Mapped[int] = mapped_column(default=1)
    predecessor: Mapped[str | None]
    rulebook: Mapped[int]

    item_code: Mapped[str]
    item_version: Mapped[int | None]
    category: Mapped[str]
    regulator_id: Mapped[int | None]
    title: Mapped[str]
    fund: Mapped[Fund] = mapped_column(enum_type(Fund))
    fiscal_percent: Mapped[int]
    method: Mapped[Method] = mapped_column(enum_type(Method))
    ceiling_fen: Mapped[int | None]
    price_note: Mapped[str]
    scale: Mapped[str]
    location: Mapped[str]
    content: Mapped[str]
    service_days: Mapped[int | None]
    requirement: Mapped[str]
    exclusions: Mapped[list[list[str]]] = mapped_column(
        JSON
    )  # [[credit code, published reason], ...]
    urgent: Mapped[bool]
    urgent_reason: Mapped[str]
    entry_close: Mapped[dt.datetime | None]
    draw_at: Mapped[dt.datetime | None]
    beacon: Mapped[bool]
    contact_phone: Mapped[str]
    complaint_phone: Mapped[str]
    project_code: Mapped[str]
    plea: Mapped[str]
    override_reason: Mapped[str | None]

    document: Mapped[
        str | None
    ]  # the published text in canonical JSON, whose SHA-256 stands in the log
    entries_given: Mapped[int] = mapped_column(default=0)
    entries_live: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None]
    cancel_reason: Mapped[str | None]
    announced_at: Mapped[dt.datetime | None]

    drafted_at: Mapped[dt.datetime]
    drafted_by: Mapped[int]
    signed_at: Mapped[dt.datetime | None]
    signed_by: Mapped[int | None]
    submitted_at: Mapped[dt.datetime | None]
    submitted_by: Mapped[int | None]
    reviewed_at: Mapped[dt.datetime | None]
    reviewed_by: Mapped[int | None]
    published_at: Mapped[dt.datetime | None]
    published_by: Mapped[int | None]
    overridden_at: Mapped[dt.datetime | None]
    overridden_by: Mapped[int | None]
    amended_at: Mapped[dt.datetime | None]
    amended_by: Mapped[int | None]
    cancelled_at: Mapped[dt.datetime | None]
    cancelled_by: Mapped[int | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)


class NoticeReview(Model):
    """One return or refusal of a notice, with every reason at once (一次性告知)."""

    __tablename__ = "notice_review"
    __table_args__ = (UniqueConstraint("notice_id", "round", name="one_a_round"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    round: Mapped[int]
    outcome: Mapped[str]  # returned, times (a return that does not count), proposed, refused
    reasons: Mapped[str]
    channel: Mapped[str | None]  # the right channel, of a refused one
    given_at: Mapped[dt.datetime]
    given_by: Mapped[int]


class NoticeAmendment(Model):
    """One change before the close: of times, always to later, and by a decision on a complaint of
    what the notice says.

    `changes` maps a field to what it said before and says after.
    """

    __tablename__ = "notice_amendment"
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    old_close: Mapped[dt.datetime]
    new_close: Mapped[dt.datetime]
    old_draw: Mapped[dt.datetime]
    new_draw: Mapped[dt.datetime]
    reason: Mapped[str]
    changes: Mapped[dict[str, list[Any]]] = mapped_column(JSON, default=dict)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int]


class Entry(Model):
    """One entry (报名). Until the seal nobody but the clock can read `sealed`; `no` is its place in
    the log.
    """

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("notice_id", "no", name="one_number_each"),
        Index(
            "one_live_entry",
            "notice_id",
            "agency_id",
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index("ix_entry_agency", "agency_id", "id"),
        Index("ix_entry_representative", "notice_id", "representative"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (state <> 'withdrawn')", name="withdrawn_has_when"
        ),
        CheckConstraint("(reason IS NULL) = (state <> 'ineligible')", name="ineligible_has_reason"),
        CheckConstraint(
            "(quote_fen IS NULL) = (state IN ('received', 'withdrawn'))", name="opened_at_the_seal"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    ref: Mapped[str]
    representative: Mapped[str]  # the legal representative's name at entry
    representative_digest: Mapped[
        str | None
    ]  # and the keyed digest of his number: one person may stand behind one entry only
    no: Mapped[int]
    receipt: Mapped[str] = mapped_column(unique=True)
    commit: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[dt.datetime]
    entered_by: Mapped[int]
    state: Mapped[states.Entry] = mapped_column(
        enum_type(states.Entry), default=states.Entry.RECEIVED
    )
    reason: Mapped[str | None]
    quote_fen: Mapped[int | None]
    withdrawn_at: Mapped[dt.datetime | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)


class LateEntry(Model):
    """That an agency's entry came after the close; what was in it is not kept."""

    __tablename__ = "late_entry"
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    received_at: Mapped[dt.datetime]


class Draw(Model):
    """The one draw of a notice. `draw_at` is T: it moves once, by rule, when the seal was witnessed
    late.
    """

    __tablename__ = "draw"
    __table_args__ = (
        CheckConstraint("(sealed_at IS NULL) = (seal_leaf IS NULL)", name="seal_has_when"),
        CheckConstraint("(drawn_at IS NULL) = (seed IS NULL)", name="draw_has_when"),
        Index("ix_draw_list", "draw_at", "id"),
        Index("ix_draw_state", "state", "draw_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), unique=True)
    state: Mapped[states.Draw] = mapped_column(
        enum_type(states.Draw), default=states.Draw.SCHEDULED
    )
    level: Mapped[str]  # as promised at publication
    reached: Mapped[
        str | None
    ]  # as drawn, where a lost source or a second witness has made it another
    fallback: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, default=list
    )  # as the notice's leaf has it
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


class Ranking(Model):
    """One place of the published order, and what has become of it."""

    __tablename__ = "ranking"
    __table_args__ = (UniqueConstraint("draw_id", "entry_id", name="one_rank_each"),)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    ref: Mapped[str]
    ticket: Mapped[str]
    state: Mapped[states.Rank] = mapped_column(enum_type(states.Rank))
    reason: Mapped[str | None]


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
