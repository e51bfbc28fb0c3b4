"""Tables of people, their organisations and their sessions."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from market.accounts.rules import Kind, Purpose
from market.db import Model, enum_type


class Person(Model):
    """A person with an account. Personal data live here and nowhere on the log."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint(
            "(verified_at IS NULL) = (verified_by IS NULL)", name="verified_has_who_and_when"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    submission_key: Mapped[str | None] = mapped_column(unique=True)
    login: Mapped[str] = mapped_column(unique=True)  # e-mail address, lower case
    name: Mapped[str]
    id_number: Mapped[str | None] = mapped_column(unique=True)  # 公民身份号码; shown to nobody
    phone: Mapped[str | None]
    password_hash: Mapped[str]
    totp_secret: Mapped[str | None]
    totp_step: Mapped[int | None]  # the step of the last code that was taken: none is taken twice
    language: Mapped[str] = mapped_column(default="zh")
    created_at: Mapped[dt.datetime]
    activated_at: Mapped[dt.datetime | None]
    verified_at: Mapped[dt.datetime | None]
    verified_by: Mapped[str | None]  # how: 'email+id', 'staff:<person id>', 'setup', 'demo'
    disabled_at: Mapped[dt.datetime | None]


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
