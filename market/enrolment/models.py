"""Tables of enrolment: each application, what was corrected, deferred and objected, each departure."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from market.db import NEVER_AGAIN, Model, enum_type
from market.enrolment.rules import End, Leave, Outcome, Section


class Enrolment(Model):
    """One application: from its submission to the decision. Round 2 is the correction."""

    __tablename__ = "enrolment"
    __table_args__ = (
        CheckConstraint("round IN (1, 2)", name="one_correction"),
        CheckConstraint(
            "(returned_at IS NULL) = (returned_by IS NULL)", name="returned_has_who_and_when"
        ),
        CheckConstraint(
            "(proposed_at IS NULL) = (proposed_by IS NULL)", name="proposed_has_who_and_when"
        ),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name="decided_has_who_and_when"
        ),
        CheckConstraint(
            "proposed_at IS NULL OR (reasons IS NOT NULL AND basis IS NOT NULL AND remedy IS NOT NULL)",
            name="refusal_is_reasoned",
        ),
        CheckConstraint("decided_by <> proposed_by", name="two_persons_refuse"),
        Index("ix_enrolment_agency", "agency_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    number: Mapped[str] = mapped_column(unique=True)
    round: Mapped[int] = mapped_column(default=1)
    submitted_at: Mapped[dt.datetime]  # of the first round
    submitted_by: Mapped[int]
    submission_key: Mapped[str] = mapped_column(unique=True)
    resubmitted_at: Mapped[dt.datetime | None]
    returned_at: Mapped[dt.datetime | None]
    returned_by: Mapped[int | None]
    proposed_at: Mapped[dt.datetime | None]  # refusal proposed
    proposed_by: Mapped[int | None]
    reasons: Mapped[str | None]
    basis: Mapped[str | None]
    remedy: Mapped[str | None]
    statement: Mapped[str | None]  # what the agency says to the proposal
    stated_at: Mapped[dt.datetime | None]
    passed_at: Mapped[dt.datetime | None]
    lapsed_at: Mapped[dt.datetime | None]  # not corrected in time
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None]
    proposed_days: Mapped[
        int | None
    ]  # working days: to keep the agency with a new due; None: to revoke or refuse


class Correction(Model):
    """One line of the one correction list (一次性告知)."""

    __tablename__ = "enrolment_correction"
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    section: Mapped[Section] = mapped_column(enum_type(Section))
    field: Mapped[str | None]  # of the section; None: the section as a whole
    text: Mapped[str]
    mended_at: Mapped[dt.datetime | None]  # when the agency changed what it is about
    answer: Mapped[str | None]  # why it was left as it was


class RepresentativeChange(Model):
    """Who an enrolled agency says its legal representative is now: looked at by the office, then
    written to the agency's row, or returned.
    """

    __tablename__ = "agency_representative"
    __table_args__ = (
        CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed_has_who_and_when"
        ),
        CheckConstraint(
            "(returned_at IS NULL) = (returned_by IS NULL) AND (returned_at IS NULL) = (reason IS NULL)",
            name="returned_has_who_when_why",
        ),
        CheckConstraint("confirmed_at IS NULL OR returned_at IS NULL", name="one_answer"),
        CheckConstraint("confirmed_by <> told_by", name="two_persons_change"),
        Index(
            "one_representative_at_a_time",
            "agency_id",
            unique=True,
            sqlite_where=text("confirmed_at IS NULL AND returned_at IS NULL"),
            postgresql_where=text("confirmed_at IS NULL AND returned_at IS NULL"),
        ),
        Index("ix_agency_representative", "agency_id", "id"),
        NEVER_AGAIN,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str]
    digest: Mapped[str]  # keyed, of his identity number, which itself is kept nowhere
    told_at: Mapped[dt.datetime]
    told_by: Mapped[int]
    confirmed_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[int | None]
    returned_at: Mapped[dt.datetime | None]
    returned_by: Mapped[int | None]
    reason: Mapped[str | None]


class AgencyDocument(Model):
    """A document of the published list (容缺材料清单) that an agency owes: handed in, or promised
    for later.

    A row without a submission is a promise until the application has passed, and outstanding from
    `owed_at` on.
    """

    __tablename__ = "agency_document"
    __table_args__ = (
        UniqueConstraint("agency_id", "name", name="one_of_each_document"),
        CheckConstraint("days >= 1", name="at_least_a_day"),
        CheckConstraint(
            "(submitted_at IS NULL) = (submitted_by IS NULL)", name="submitted_has_who_and_when"
        ),
        CheckConstraint("submitted_at IS NULL OR file_id IS NOT NULL", name="submitted_is_there"),
        CheckConstraint(
            "(returned_at IS NULL) = (returned_by IS NULL) AND (returned_at IS NULL) = (reason IS NULL)",
            name="returned_has_who_when_why",
        ),
        CheckConstraint(
            "(accepted_at IS NULL) = (accepted_by IS NULL)", name="accepted_has_who_and_when"
        ),
        CheckConstraint(
            "accepted_at IS NULL OR submitted_at IS NOT NULL", name="accepted_was_submitted"
        ),
        NEVER_AGAIN,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str]
    days: Mapped[int]  # working days, as the list said when the agency promised it
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    submitted_at: Mapped[
        dt.datetime | None
    ]  # of what the office has now; None again after a return
    submitted_by: Mapped[int | None]
    owed_at: Mapped[
        dt.datetime | None
    ]  # since when its days are counted; None when it came with the application
    returned_at: Mapped[dt.datetime | None]  # of the last return
    returned_by: Mapped[int | None]
    reason: Mapped[str | None]
    accepted_at: Mapped[dt.datetime | None]
    accepted_by: Mapped[int | None]


class Objection(Model):
    """What someone of known identity holds against an enrolment in publicity."""

    __tablename__ = "agency_objection"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "person_id", name="one_objection_each"),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name="decided_has_who_and_when"
        ),
        CheckConstraint(
            "(decided_at IS NULL) = (outcome IS NULL) AND (decided_at IS NULL) = (answer IS NULL)",
            name="decided_has_outcome",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[int]
    reason: Mapped[str]
    filed_at: Mapped[dt.datetime]
    submission_key: Mapped[str] = mapped_column(unique=True)
    outcome: Mapped[Outcome | None] = mapped_column(enum_type(Outcome))
    answer: Mapped[str | None]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None]


class Departure(Model):
    """One procedure of leaving: an exit that the agency asked for, or a removal that two persons
    decide.
    """

    __tablename__ = "agency_departure"
    __table_args__ = (
        CheckConstraint(
            "kind = 'exit' OR (reasons IS NOT NULL AND basis IS NOT NULL AND remedy IS NOT NULL"
            " AND barred_until IS NOT NULL)",
            name="removal_is_reasoned",
        ),
        CheckConstraint("(stated_at IS NULL) = (statement IS NULL)", name="stated_has_when"),
        CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (outcome IS NULL)",
            name="ended_has_who_when_how",
        ),
        CheckConstraint("ended_by <> opened_by OR outcome = 'stayed'", name="two_persons_let_go"),
        Index(
            "one_departure_at_a_time",
            "agency_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_agency_departure", "agency_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    kind: Mapped[Leave] = mapped_column(enum_type(Leave))
    reasons: Mapped[str | None]
    basis: Mapped[str | None]
    remedy: Mapped[str | None]
    record: Mapped[str | None]  # the record JF-… on which a removal stands
    barred_until: Mapped[dt.date | None]
    opened_at: Mapped[dt.datetime]
    opened_by: Mapped[int]
    statement: Mapped[str | None]
    stated_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[int | None]
    outcome: Mapped[End | None] = mapped_column(enum_type(End))
