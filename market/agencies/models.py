"""Tables of agencies. An agency is one row for good."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.agencies.rules import Fact, LineState, State, Type
from market.db import NEVER_AGAIN, Model, enum_type


class Agency(Model):
    """One agency. `ref` (A000017) is given on passing and stands for it in the log and the draws
    for ever.
    """

    __tablename__ = "agency"
    __table_args__ = (
        CheckConstraint("(enrolled_at IS NULL) = (ref IS NULL)", name="enrolled_has_ref"),
        CheckConstraint(
            "(suspended_at IS NULL) = (suspended_by IS NULL)", name="suspended_has_who_and_when"
        ),
        CheckConstraint(
            "(proposed_at IS NULL) = (proposed_by IS NULL)",
            name="standing_proposed_has_who_and_when",
        ),
        CheckConstraint(
            "(committed_at IS NULL) = (committed_by IS NULL)", name="committed_has_who_and_when"
        ),
        Index("ix_agency_directory", "enrolled_at", "id"),
        Index("ix_agency_place", "state", "region", "enrolled_at"),  # holds all that counting needs
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), unique=True)
    ref: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[State] = mapped_column(enum_type(State), default=State.DRAFT)
    uscc: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    type: Mapped[Type | None] = mapped_column(enum_type(Type))
    region: Mapped[str | None]  # division code of the place of registration
    region_name: Mapped[str | None]
    legal_representative: Mapped[str | None]
    representative_digest: Mapped[
        str | None
    ]  # keyed digest of his identity number, which itself is kept nowhere
    capital_fen: Mapped[int | None]
    established_on: Mapped[dt.date | None]
    address: Mapped[str | None]
    contact_person: Mapped[str | None]
    contact_phone: Mapped[str | None]
    contact_email: Mapped[str | None]
    shows_contact: Mapped[bool] = mapped_column(
        default=False
    )  # whether the public sees the contact
    intro: Mapped[str | None]
    commitment: Mapped[str | None]  # the text as signed
    committed_at: Mapped[dt.datetime | None]
    committed_by: Mapped[int | None]
    answer: Mapped[str | None]  # why the last addition to an enrolment was returned
    started_at: Mapped[dt.datetime]
    started_by: Mapped[int]
    submission_key: Mapped[str] = mapped_column(unique=True)
    enrolled_at: Mapped[dt.datetime | None]
    suspended_at: Mapped[dt.datetime | None]
    suspended_by: Mapped[int | None]
    suspended_until: Mapped[dt.date | None]  # the last day, None until a decision
    suspension_reason: Mapped[str | None]
    suspension_fact: Mapped[Fact | None] = mapped_column(enum_type(Fact, "suspension_fact"))
    proposes_suspension: Mapped[
        bool | None
    ]  # True: to suspend, False: to reinstate; waits for the signature
    proposed_at: Mapped[dt.datetime | None]
    proposed_by: Mapped[int | None]
    proposed_until: Mapped[dt.date | None]
    proposed_reason: Mapped[str | None]
    proposed_fact: Mapped[Fact | None] = mapped_column(enum_type(Fact, "proposed_fact"))
    proposed_ground: Mapped[
        str | None
    ]  # the decision that it follows from, TS-...: then the agency is heard first
    proposed_statement: Mapped[str | None]
    barred_until: Mapped[dt.date | None]  # the last day without a new application, after a removal


class ServiceLine(Model):
    """An item that an agency offers. `valid_to`: the last day that its qualifications cover, None
    for without end.
    """

    __tablename__ = "service_line"
    __table_args__ = (
        UniqueConstraint("agency_id", "item_code", name="line_once"),
        Index("ix_service_line_item", "item_code", "state", "agency_id"),
        NEVER_AGAIN,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    item_code: Mapped[str]
    state: Mapped[LineState] = mapped_column(enum_type(LineState), default=LineState.PENDING)
    valid_to: Mapped[dt.date | None]


class Qualification(Model):
    """A certificate or filing that an agency holds."""

    __tablename__ = "qualification"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="ends_after_it_begins"),
        NEVER_AGAIN,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    name: Mapped[str]
    grade: Mapped[str | None]
    specialities: Mapped[str] = mapped_column(default="")  # one a line
    number: Mapped[str]
    issuer: Mapped[str]
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))  # the scan
    checked_at: Mapped[
        dt.datetime | None
    ]  # by the office; until then it opens no line and nobody outside sees it
    warned_days: Mapped[int | None]  # the last of the announcements of its end that was made
    submission_key: Mapped[str] = mapped_column(unique=True)
