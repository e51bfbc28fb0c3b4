"""Tables of people, their organisations and their sessions."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column

from market.accounts.rules import CheckReason, CheckState, Kind, Purpose
from market.db import Model, enum_type

CHECKED = "verified_at IS NOT NULL"
WAITING = "state = 'waiting'"


class Person(Model):
    """A person with an account. Personal data live here and nowhere on the log."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint(
            "(verified_at IS NULL) = (verified_by IS NULL)", name="verified_has_who_and_when"
        ),
        Index("ix_person_id_number", "id_number"),
        # Whoever types a number first does not occupy it: it is his whose claim was checked.
        Index(
            "one_checked_number",
            "id_number",
            unique=True,
            sqlite_where=text(CHECKED),
            postgresql_where=text(CHECKED),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    submission_key: Mapped[str | None] = mapped_column(unique=True)
    login: Mapped[str] = mapped_column(unique=True)  # e-mail address, lower case
    name: Mapped[str]
    id_number: Mapped[str | None]  # 公民身份号码; shown to nobody
    phone: Mapped[str | None]
    password_hash: Mapped[str]
    totp_secret: Mapped[str | None]
    totp_step: Mapped[int | None]  # the step of the last code that was taken: none is taken twice
    language: Mapped[str] = mapped_column(default="zh")
    created_at: Mapped[dt.datetime]
    activated_at: Mapped[dt.datetime | None]
    claimed_at: Mapped[dt.datetime | None]  # said who he is, which nobody has checked yet
    verified_at: Mapped[dt.datetime | None]  # the claim was checked
    verified_by: Mapped[str | None]  # how: 'staff:<person id>', 'register', 'setup', 'demo'
    register_asked_at: Mapped[dt.datetime | None]  # when a register was asked about the claim
    disabled_at: Mapped[dt.datetime | None]


class IdentityCheck(Model):
    """That somebody's claim is to be checked (实名核验): by whom, since when, what came of it. The
    scan goes when it is settled.
    """

    __tablename__ = "identity_check"
    __table_args__ = (
        CheckConstraint("(settled_at IS NULL) = (state = 'waiting')", name="settled_when"),
        CheckConstraint("(reason IS NULL) = (state <> 'refused')", name="refused_why"),
        Index(
            "one_check_waits",
            "person_id",
            unique=True,
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
        Index("ix_identity_check_desk", "organisation_id", "state", "id"),
        Index("ix_identity_check_person", "person_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)  # HY-360481-2026-00003
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))  # who checks
    state: Mapped[CheckState] = mapped_column(enum_type(CheckState), default=CheckState.WAITING)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    asked_at: Mapped[dt.datetime]
    overdue_at: Mapped[dt.datetime | None]
    settled_at: Mapped[dt.datetime | None]
    checker_id: Mapped[int | None]  # None: the clock, by a register or another's check
    how: Mapped[str] = mapped_column(default="")
    reason: Mapped[CheckReason | None] = mapped_column(enum_type(CheckReason))
    note: Mapped[str] = mapped_column(default="")


class Link(Model):
    """A link that was sent to a person and works once: the mail holds the token, this row its
    SHA-256.
    """

    __tablename__ = "account_link"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose))
    sent_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class Organisation(Model):
    """An agency, owner, office, regulator, authority or inspection body. A natural person as owner
    is one too.
    """

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("kind", "uscc", name="one_of_a_kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    kind: Mapped[Kind] = mapped_column(enum_type(Kind))
    name: Mapped[str]
    uscc: Mapped[str | None]  # 统一社会信用代码
    phone: Mapped[str | None]
    superior_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    created_at: Mapped[dt.datetime]
    disabled_at: Mapped[dt.datetime | None]


class Membership(Model):
    """A person in an organisation, with the duties that were given to him there."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id", name="once_in_each"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    duties: Mapped[str]  # duty names, sorted, joined by spaces
    since: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


class SignIn(Model):
    """A session on the server: it can be listed and revoked. The cookie holds the token, this row
    its SHA-256.
    """

    __tablename__ = "sign_in"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))
    device: Mapped[str | None]  # what the browser called itself, for the list that the person reads
    address: Mapped[str | None]
    began_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]


class WrongAnswer(Model):
    """A try at a password or code, counted for a quarter of an hour: wrong, or still under way. The
    login is kept as its SHA-256; `address` is that of a known device where there is one.
    """

    __tablename__ = "wrong_answer"
    __table_args__ = (
        Index("ix_wrong_answer_login", "login_hash", "at"),
        Index("ix_wrong_answer_address", "address", "at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    login_hash: Mapped[str]
    address: Mapped[str]
    at: Mapped[dt.datetime] = mapped_column(index=True)
    is_wrong: Mapped[bool] = mapped_column(default=True, server_default=true())


class OutgoingMail(Model):
    """A mail that waits for, or has had, its way out. The text goes when it was sent: it may hold a
    link.
    """

    __tablename__ = "outgoing_mail"
    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[dt.datetime]
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[dt.datetime | None] = mapped_column(index=True)  # None: sent, or given up
    sent_at: Mapped[dt.datetime | None]
