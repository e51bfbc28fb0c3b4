"""What selection keeps, and what the database itself refuses: two live entries of one agency, two
draws of one notice.
"""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from market.catalogue.rules import Items, Joined
from market.db import NEVER_AGAIN, Model, enum_type
from market.kernel.plain import Json
from market.selection.kinds import Fund, Method
from market.selection.notices.rules.attachments import Finding, Side, Why
from market.selection.notices.rules.changes import ChangeState
from market.selection.notices.rules.states import NoticeState
from market.selection.notices.rules.terms import items_of
from verify.zjcs import draw as protocol

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
WHEN 'choosing' THEN 'soon' WHEN 'offered' THEN 'soon'
WHEN 'shortlisted' THEN 'soon'
WHEN 'auction_ready' THEN 'soon' WHEN 'auction_running' THEN 'soon' WHEN 'auction_frozen' THEN 'soon'
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
        CheckConstraint(
            "(joined IS NULL) = (CAST(further AS TEXT) = '[]')", name="joined_where_several"
        ),
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
        NEVER_AGAIN,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    discarded_at: Mapped[dt.datetime | None]  # of a draft: it goes when its days are over
    division: Mapped[str]
    number: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[NoticeState] = mapped_column(
        enum_type(NoticeState, "notice"), default=NoticeState.DRAFT
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
    further: Mapped[list[list[object]]] = mapped_column(
        JSON, default=list, server_default=text("'[]'")
    )  # [[code, version], ...] of items bought together with the first
    joined: Mapped[Joined | None] = mapped_column(enum_type(Joined))
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
    way: Mapped[Json] = mapped_column(
        JSON, default=dict, server_default=text("'{}'")
    )  # what the owner chose of the way's own terms
    contact_phone: Mapped[str]
    complaint_phone: Mapped[str]
    project_code: Mapped[str]
    plea: Mapped[str]
    override_reason: Mapped[str | None]

    alg: Mapped[str] = mapped_column(
        default=protocol.PROTOCOL, server_default=protocol.PROTOCOL
    )  # the protocol of all its leaves (ADR 0018)
    quote_rule: Mapped[Json | None] = mapped_column(
        JSON
    )  # where quotes are sealed: kind, floor and ceiling as the first leaf promised them
    entries_closed_at: Mapped[dt.datetime | None]  # since zjcs-draw/2: nothing is entered behind it
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

    @property
    def items(self) -> Items:
        """Everything that it buys."""
        return items_of(self.item_code, [str(code) for code, _ in self.further], self.joined)


class NoticeItem(Model):
    """An item that a notice buys besides its first (多测合一…), for whoever looks for notices by item or
    by the body that oversees it; what the notice says of it stands in `Notice.further`.
    """

    __tablename__ = "notice_item"
    __table_args__ = (
        Index("ix_notice_item_code", "item_code", "notice_id"),
        Index("ix_notice_item_regulator", "regulator_id", "notice_id"),
    )
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    item_code: Mapped[str] = mapped_column(primary_key=True)
    regulator_id: Mapped[int | None]


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
    changes: Mapped[dict[str, list[object]]] = mapped_column(JSON, default=dict)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int]


class NoticeAttachment(Model):
    """A file that belongs to a notice's text. Its name, size and digest stay when it is withdrawn;
    then `file_id` names nothing any more. `change_id` is the change that brings it, which nobody but
    owner and office reads before it is made; since `superseded_at` an amended text is without it.
    """

    __tablename__ = "notice_attachment"
    __table_args__ = (
        UniqueConstraint("notice_id", "sha256", name="one_a_file"),
        *(
            CheckConstraint(
                f"({act}_at IS NULL) = ({act}_by IS NULL)", name=f"{act}_has_who_and_when"
            )
            for act in ("accused", "withdrawn")
        ),
        CheckConstraint(
            "withdrawn_at IS NULL OR (accused_at IS NOT NULL AND accused_by <> withdrawn_by)",
            name="withdrawn_by_two",
        ),
        CheckConstraint("(accused_at IS NULL) = (why IS NULL)", name="accused_with_a_reason"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (file_id IS NOT NULL)", name="withdrawn_without_bytes"
        ),
        CheckConstraint(
            "superseded_at IS NULL OR published_at IS NOT NULL", name="superseded_once_public"
        ),
        NEVER_AGAIN,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True)
    name: Mapped[str]
    mime: Mapped[str]
    size: Mapped[int]  # bytes
    sha256: Mapped[str]
    added_at: Mapped[dt.datetime]
    added_by: Mapped[int]
    change_id: Mapped[int | None] = mapped_column(ForeignKey("notice_change.id"), index=True)
    published_at: Mapped[dt.datetime | None]
    superseded_at: Mapped[dt.datetime | None]
    accused_at: Mapped[dt.datetime | None]  # one person has asked that it be withdrawn
    accused_by: Mapped[int | None]
    why: Mapped[Why | None] = mapped_column(enum_type(Why))
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[int | None]


class NoticeScreening(Model):
    """One review for secrecy (保密审查) of a notice's texts and attachments: by whom, when, with what
    result. `covers` is the SHA-256 (hex) of what was looked at.
    """

    __tablename__ = "notice_screening"
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    side: Mapped[Side] = mapped_column(enum_type(Side))
    finding: Mapped[Finding] = mapped_column(enum_type(Finding))
    covers: Mapped[str]
    note: Mapped[str]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int]
    published_at: Mapped[dt.datetime | None]  # what it covers became public


class NoticeQuestion(Model):
    """A question about an open notice and its answer. Whose it is stays inside; both texts are
    public once the answer is. `no` counts from 1 within the notice.
    """

    __tablename__ = "notice_question"
    __table_args__ = (
        UniqueConstraint("notice_id", "no", name="one_a_number"),
        *(
            CheckConstraint(
                f"({act}_at IS NULL) = ({act}_by IS NULL)", name=f"{act}_has_who_and_when"
            )
            for act in ("drafted", "answered")
        ),
        CheckConstraint(
            "answered_at IS NULL OR drafted_at IS NOT NULL", name="answered_after_a_draft"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    no: Mapped[int]
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    question: Mapped[str]
    asked_at: Mapped[dt.datetime]
    asked_by: Mapped[int]
    answer: Mapped[str]
    drafted_at: Mapped[dt.datetime | None]
    drafted_by: Mapped[int | None]
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[int | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)


class NoticeChange(Model):
    """A change of an open notice that its owner asks for. `changes` maps a field to what the notice
    says and what it is to say, `drops` names attachments that the new text is without; `entry_close` is
    the later close asked for, None where the rulebook alone moves it; `note` is the office's reason for
    refusing.
    """

    __tablename__ = "notice_change"
    __table_args__ = tuple(
        CheckConstraint(f"({act}_at IS NULL) = ({act}_by IS NULL)", name=f"{act}_has_who_and_when")
        for act in ("signed", "decided")
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    state: Mapped[ChangeState] = mapped_column(enum_type(ChangeState))
    changes: Mapped[dict[str, list[object]]] = mapped_column(JSON)
    drops: Mapped[list[int]] = mapped_column(JSON, default=list, server_default=text("'[]'"))
    entry_close: Mapped[dt.datetime | None]
    reason: Mapped[str]
    note: Mapped[str]
    proposed_at: Mapped[dt.datetime]
    proposed_by: Mapped[int]
    signed_at: Mapped[dt.datetime | None]
    signed_by: Mapped[int | None]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None]
