"""Tables of complaints. What complainants write and who they are stays here and is nowhere on the
log.
"""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from market.complaints.rules import (
    About,
    CallbackResult,
    Channel,
    Complainant,
    ErasureGround,
    Outcome,
    ProposalKind,
    ProposalState,
    Reason,
    Respondent,
    State,
    Violation,
)
from market.db import NEVER_AGAIN, Model, enum_type

IS_HANDLED = "state IN ('filed','completing','transferred','accepted','paused','escalated')"
IS_WAITING = "state = 'proposed'"
IS_STANDING = "state IN ('proposed','signed')"


def both(what: str) -> CheckConstraint:
    """Each who has its when."""
    return CheckConstraint(
        f"({what}_at IS NULL) = ({what}_by IS NULL)", name=f"{what}_has_who_and_when"
    )


class Complaint(Model):
    """One complaint about one notice, its selection or its result."""

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint("(number IS NULL) = (state = 'draft')", name="number_from_filing_on"),
        CheckConstraint("(filed_at IS NULL) = (state = 'draft')", name="filed_when"),
        CheckConstraint(
            "complainant_kind = 'organisation' OR complainant_organisation_id IS NULL",
            name="for_whom",
        ),
        CheckConstraint("(notice_number IS NULL) = (about = 'conduct')", name="about_a_notice"),
        both("accepted"),
        both("published"),
        both("registered"),
        Index(
            "ix_complaint_handled",
            "notice_number",
            sqlite_where=text(IS_HANDLED),
            postgresql_where=text(IS_HANDLED),
        ),
        Index("ix_complaint_register", "filed_at", "id"),
        Index("ix_complaint_body", "body_id", "state"),
        Index("ix_complaint_mine", "complainant_person_id", "id"),
        Index("ix_complaint_ours", "complainant_organisation_id", "id"),
        Index("ix_complaint_respondent", "respondent_id", "id"),
        Index("ix_complaint_facts", "notice_number", "facts"),
        UniqueConstraint("channel", "external_number", name="own_number_once"),
        NEVER_AGAIN,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    discarded_at: Mapped[dt.datetime | None]  # of a draft: it goes when its days are over
    division: Mapped[str]
    number: Mapped[str | None] = mapped_column(unique=True)  # TS-360481-2026-00003, given at filing
    submission_key: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[State] = mapped_column(enum_type(State))
    # what it is about
    notice_number: Mapped[str | None]  # None: a complaint about conduct
    notice_title: Mapped[
        str
    ]  # as it was at filing, for the register's search; of a conduct complaint what it is about
    act_on: Mapped[dt.date | None]  # the day of the act complained of
    about: Mapped[About] = mapped_column(enum_type(About))
    respondent: Mapped[Respondent] = mapped_column(enum_type(Respondent))
    respondent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    matters: Mapped[str]
    request: Mapped[str]
    facts: Mapped[str]  # digest of matters and request: the same facts are not heard twice
    has_new_evidence: Mapped[bool] = mapped_column(default=False)
    salt: Mapped[str | None]  # hex of 16 bytes; with the content it opens the commitment on the log
    commit_digest: Mapped[str | None]
    # who complains
    complainant_kind: Mapped[Complainant] = mapped_column(enum_type(Complainant))
    complainant_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    complainant_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    complainant_name: Mapped[str]
    complainant_phone: Mapped[str]
    hides_complainant: Mapped[bool] = mapped_column(
        default=True
    )  # from the respondent; natural persons always
    # how it came
    channel: Mapped[Channel] = mapped_column(enum_type(Channel))
    external_number: Mapped[str | None]  # of the 12345 work order
    posted_on: Mapped[dt.date | None]
    drafted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    registered_at: Mapped[dt.datetime | None]
    registered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    received_at: Mapped[dt.datetime | None]
    filed_at: Mapped[dt.datetime | None]
    rulebook: Mapped[int | None]  # the version whose days were counted
    # who handles it
    chosen_body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # the course it took
    completion_asked_at: Mapped[dt.datetime | None]
    completion_request: Mapped[str] = mapped_column(default="")
    completion: Mapped[str] = mapped_column(default="")
    accepted_at: Mapped[dt.datetime | None]
    accepted_by: Mapped[int | None]
    reason: Mapped[Reason | None] = mapped_column(enum_type(Reason))
    answer_asked_at: Mapped[dt.datetime | None]
    answered_at: Mapped[dt.datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    acceptance_overdue_at: Mapped[dt.datetime | None]
    decision_overdue_at: Mapped[dt.datetime | None]
    escalated_at: Mapped[dt.datetime | None]
    hold_began_at: Mapped[dt.datetime | None]  # in public; no letter leaves from the filing on
    hold_ended_at: Mapped[dt.datetime | None]
    hold_continued_at: Mapped[dt.datetime | None]
    hold_reasons: Mapped[str] = mapped_column(default="")
    outcome: Mapped[Outcome | None] = mapped_column(enum_type(Outcome))
    is_fabricated: Mapped[bool] = mapped_column(default=False)
    relist_waits_since: Mapped[
        dt.datetime | None
    ]  # decided while the selection is drawn: carried out when its result is out
    withdrawn_at: Mapped[
        dt.datetime | None
    ]  # the complainant is out; where a Finding stands the case goes on all the same
    ended_at: Mapped[
        dt.datetime | None
    ]  # not accepted, withdrawn or decided: no longer in anybody's way
    published_at: Mapped[dt.datetime | None]
    published_by: Mapped[int | None]
    public_text: Mapped[str] = mapped_column(default="")
    remedied_at: Mapped[dt.datetime | None]
    remedy_report: Mapped[str] = mapped_column(default="")
    callback_result: Mapped[CallbackResult | None] = mapped_column(enum_type(CallbackResult))
    callback_note: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[dt.datetime | None]
    rating: Mapped[int | None]
    rating_text: Mapped[str] = mapped_column(default="")
    rated_at: Mapped[dt.datetime | None]


class Proposal(Model):
    """What an officer proposes and a second person signs: acceptance, non-acceptance, decision,
    withdrawal.
    """

    __tablename__ = "complaint_proposal"
    __table_args__ = (
        both("settled"),
        CheckConstraint(
            "settled_by IS NULL OR state <> 'signed' OR settled_by <> proposed_by",
            name="two_persons",
        ),
        CheckConstraint("(settled_at IS NULL) = (state = 'proposed')", name="settled_when"),
        Index(
            "one_proposal_waits",
            "complaint_id",
            unique=True,
            sqlite_where=text(IS_WAITING),
            postgresql_where=text(IS_WAITING),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    kind: Mapped[ProposalKind] = mapped_column(enum_type(ProposalKind))
    state: Mapped[ProposalState] = mapped_column(
        enum_type(ProposalState), default=ProposalState.PROPOSED
    )
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    reason: Mapped[Reason | None] = mapped_column(enum_type(Reason))
    outcome: Mapped[Outcome | None] = mapped_column(enum_type(Outcome))
    remedies: Mapped[str] = mapped_column(default="")  # codes joined by spaces
    agency_ref: Mapped[str] = mapped_column(
        default=""
    )  # who is to be disqualified, or whose result annulled
    corrections: Mapped[dict[str, list[object]]] = mapped_column(
        JSON, default=dict
    )  # field of the notice: before, after
    is_fabricated: Mapped[bool] = mapped_column(default=False)
    reasons: Mapped[str]
    legal_basis: Mapped[str]
    remedy_note: Mapped[str]  # where and within how many days one may turn against it (decision 20)
    proposed_at: Mapped[dt.datetime]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[dt.datetime | None]
    settled_by: Mapped[int | None]
    return_note: Mapped[str] = mapped_column(default="")


class Finding(Model):
    """That the investigation met a serious violation: from then on a withdrawal does not end the
    case (docs/rules.md#investigation).
    """

    __tablename__ = "complaint_finding"
    complaint_id: Mapped[int] = mapped_column(
        ForeignKey("complaint.id"), primary_key=True, autoincrement=False
    )
    violation: Mapped[Violation] = mapped_column(enum_type(Violation))
    reasons: Mapped[str]
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    found_at: Mapped[dt.datetime]
    found_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Evidence(Model):
    """A file that belongs to a complaint. `part`: complaint, completion, answer, decision."""

    __tablename__ = "complaint_evidence"
    __table_args__ = (UniqueConstraint("complaint_id", "file_id"), NEVER_AGAIN)
    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(
        ForeignKey("complaint.id", ondelete="CASCADE"), index=True
    )
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"))
    name: Mapped[str]
    part: Mapped[str]
    added_at: Mapped[dt.datetime]
    added_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Interest(Model):
    """A member of staff who said that he has an interest and keeps out (申请回避)."""

    __tablename__ = "complaint_interest"
    __table_args__ = (UniqueConstraint("complaint_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str]
    declared_at: Mapped[dt.datetime]


class Assistant(Model):
    """A body that assists the one that leads (联合办理)."""

    __tablename__ = "complaint_assistant"
    __table_args__ = (UniqueConstraint("complaint_id", "organisation_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    opinion: Mapped[str] = mapped_column(default="")
    since: Mapped[dt.datetime]


class Act(Model):
    """The clock log that the bodies and the inspector read: who did what, with the words that are
    not public.
    """

    __tablename__ = "complaint_act"
    __table_args__ = (Index("ix_complaint_act_matter", "complaint_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    act: Mapped[str]  # the event's kind
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: the clock
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[dt.datetime]


class Tip(Model):
    """A tip (举报线索): may be anonymous, holds nothing up."""

    __tablename__ = "tip"
    __table_args__ = (
        both("looked"),
        both("closed"),
        CheckConstraint("closed_by <> looked_by", name="two_persons"),
        Index("ix_tip_body", "body_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)
    submission_key: Mapped[str | None] = mapped_column(unique=True)
    notice_number: Mapped[str | None]
    complaint_number: Mapped[str | None]  # where it was a complaint that could not be accepted
    content: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")
    salt: Mapped[str]
    received_at: Mapped[dt.datetime]
    looked_at: Mapped[dt.datetime | None]
    looked_by: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    body_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id")
    )  # who reads it; None where nobody is left who is not concerned
    concerned: Mapped[list[int]] = mapped_column(
        JSON, default=list, server_default="[]"
    )  # the public bodies that it is about
    closed_at: Mapped[dt.datetime | None]
    closed_by: Mapped[int | None]


class TipFile(Model):
    """A file of a tip: for the body that reads it, for nobody else."""

    __tablename__ = "tip_file"
    __table_args__ = (UniqueConstraint("tip_id", "file_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    tip_id: Mapped[int] = mapped_column(ForeignKey("tip.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"))
    name: Mapped[str]
    added_at: Mapped[dt.datetime]


class TipHandOver(Model):
    """A tip that goes to a discipline body on paper (问题线索移交单). Its days are the sender's; the
    receiver has none (docs/rules.md#separation-11).
    """

    __tablename__ = "tip_hand_over"
    __table_args__ = (
        both("begun"),
        both("handed_over"),
        both("asked"),
        CheckConstraint(
            "(receipt_file_id IS NULL) = (handed_over_at IS NULL)", name="receipt_when_handed_over"
        ),
        CheckConstraint("is_sealed = (begun_by IS NULL)", name="sealed_by_nobody"),
        Index("ix_tip_hand_over_sender", "sender_id", "id"),
        Index("ix_tip_hand_over_receiver", "receiver_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    tip_id: Mapped[int] = mapped_column(ForeignKey("tip.id"), unique=True)
    sender_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    is_sealed: Mapped[bool]  # the sender carries it and never reads it
    reason: Mapped[str] = mapped_column(default="")  # why it is for that body
    since: Mapped[dt.datetime]
    begun_at: Mapped[dt.datetime | None]  # None: its way led there by itself
    begun_by: Mapped[int | None]
    signed_on: Mapped[dt.date | None]  # the day on the receipt
    receipt_file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    handed_over_at: Mapped[dt.datetime | None]
    handed_over_by: Mapped[int | None]
    ask_due_at: Mapped[dt.datetime | None]  # from when on it may be asked after
    asked_at: Mapped[dt.datetime | None]
    asked_by: Mapped[int | None]
    answer: Mapped[str] = mapped_column(default="")


class Erasure(Model):
    """That what a complaint or a tip says be deleted: an officer proposes, another person of the
    same body signs.

    Once signed it is what is left to say so. `log_index` is the entry whose salted digest lost its
    payload.
    """

    __tablename__ = "complaint_erasure"
    __table_args__ = (
        both("settled"),
        CheckConstraint(
            "settled_by IS NULL OR state <> 'signed' OR settled_by <> proposed_by",
            name="two_persons",
        ),
        CheckConstraint("(settled_at IS NULL) = (state = 'proposed')", name="settled_when"),
        Index(
            "one_erasure_each",
            "subject",
            unique=True,
            sqlite_where=text(IS_STANDING),
            postgresql_where=text(IS_STANDING),
        ),
        Index("ix_complaint_erasure_body", "body_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    log_index: Mapped[int]
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    ground: Mapped[ErasureGround] = mapped_column(enum_type(ErasureGround))
    basis: Mapped[str]  # how it was asked for, without names
    state: Mapped[ProposalState] = mapped_column(
        enum_type(ProposalState), default=ProposalState.PROPOSED
    )
    proposed_at: Mapped[dt.datetime]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[dt.datetime | None]
    settled_by: Mapped[int | None]
    return_note: Mapped[str] = mapped_column(default="")
