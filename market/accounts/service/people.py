"""People: opening an account, proving who one is, passwords."""

import dataclasses
import datetime as dt
import hashlib

from sqlalchemy import select, update
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from market.accounts import permissions, queries, rules
from market.accounts.events import (
    AccessRestored,
    AccountClaimed,
    AccountDisabled,
    AccountEnabled,
    AccountOpened,
)
from market.accounts.models import Link, Person, SignIn
from market.accounts.passwords import Hashed, hashed, matches
from market.accounts.rules import Purpose
from market.accounts.service.mail import queue_mail
from market.adapters.addresses import is_address
from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal, all_told
from market.kernel.visible import bare, named
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.submissions import sent

LOGIN_LENGTH = 200  # signs, as the forms have it


@dataclasses.dataclass(frozen=True)
class Letter:
    """A mail with a link in it: the token is in the body, and its SHA-256 is kept."""

    token: str = dataclasses.field(repr=False)
    subject: str
    body: str = dataclasses.field(repr=False)


def digest(text: str) -> str:
    """SHA-256 in lower-case hex: how tokens and counted logins are kept."""
    return hashlib.sha256(text.encode()).hexdigest()


# --- opening an account -------------------------------------------------------------------


def register(
    work: Work,
    *,
    login: str,
    password: str | Hashed,
    name: str,
    id_number: str | None,
    phone: str | None,
    submission_key: str | None = None,
) -> int:
    """Open an account and return the person's id. Nothing is claimed yet: the mail's link does that.
    Several may type one number: it is his whose claim is checked (`accounts.id_taken` from then on).

    Views hash the password before the transaction. Refuses `accounts.login_malformed` for what no
    mail can be sent to, by whichever door it comes, `accounts.id_number`,
    `accounts.login_taken`, `accounts.id_taken`, `accounts.password_*`, `text.turned`. The same
    submission key again gives the same person.
    """
    typed = (login, name, id_number, phone)
    once = sent(work, submission_key, "account.open", *typed, whose="nobody")
    if once.again and (known := _submitted(work, once.key, password)):
        return known
    return _register(work, login, password, name, id_number, phone, once.key)


def _register(
    work: Work,
    login: str,
    password: str | Hashed,
    name: str,
    id_number: str | None,
    phone: str | None,
    key: str,
) -> int:
    login = login.strip().casefold()
    if len(login) > LOGIN_LENGTH or not is_address(login):
        raise Invalid("accounts.login_malformed", field="login")
    number = checked_id_number(id_number, work.today) if id_number else None
    all_told(
        lambda: _check_login(work, login),
        lambda: _check_number(work, number),
    )
    secret = password if isinstance(password, Hashed) else hashed(password, login=login)
    person = Person(
        login=login,
        name=named(name, field="name"),
        id_number=number,
        phone=phone,
        password_hash=secret.text,
        submission_key=key,
        created_at=work.now,
    )
    work.session.add(person)
    work.session.flush()  # The id below.
    record(work, AccountOpened())
    return person.id


def check_free(work: Work, *, login: str, id_number: str) -> None:
    """Whether an account could be opened with these. Refuses, both at once, `accounts.login_taken`,
    `accounts.id_taken`.
    """
    number = bare(id_number)
    all_told(
        lambda: _check_login(work, login.strip().casefold()),
        lambda: _check_number(work, number),
    )


def _check_login(work: Work, login: str) -> None:
    if work.session.scalar(select(Person.id).where(Person.login == login)):
        raise Invalid("accounts.login_taken", field="login")


def _check_number(work: Work, number: str | None) -> None:
    if number and is_checked_number(work, number):
        raise Invalid("accounts.id_taken", field="id_number")


def _submitted(work: Work, key: str, password: str | Hashed) -> int | None:
    """Who was registered by the same form; with another password it is not the same (409)."""
    person = work.session.scalar(select(Person).where(Person.submission_key == key))
    typed = password.plain if isinstance(password, Hashed) else password
    if person is not None and not matches(person.password_hash, typed):
        raise Refusal("once.changed")
    return person.id if person else None


def checked_id_number(typed: str, today: dt.date) -> str:
    """公民身份号码 in its 18 signs. Refuses `accounts.id_number` for a wrong length, check sign or
    birth date.

    The place code is not asked for: it is that of the first registration, which stdnum compares
    with the year of birth.
    """
    number = bare(typed)
    try:
        if len(number) != 18 or not number[:17].isascii() or not number[:17].isdigit():
            raise Invalid("accounts.id_number", field="id_number")
        if (
            number[17] != ric.calc_check_digit(number)
            or not dt.date(1880, 1, 1) < ric.get_birth_date(number) <= today
        ):
            raise Invalid("accounts.id_number", field="id_number")
    except ValidationError as error:
        raise Invalid("accounts.id_number", field="id_number") from error
    return number


def open_account(
    work: Work,
    *,
    letter: Letter,
    login: str,
    password: Hashed,
    name: str,
    id_number: str,
    phone: str,
    submission_key: str,
) -> int:
    """Register and send the activation mail in one: what the registration page does. Refuses as
    `register` does.
    """
    typed = (login, name, id_number, phone)
    once = sent(work, submission_key, "account.open", *typed, whose="nobody")
    if once.again and (known := _submitted(work, once.key, password)):
        return known
    person_id = _register(work, login, password, name, id_number, phone, once.key)
    _send(work, person_id, login.strip().casefold(), Purpose.ACTIVATE, letter)
    return person_id


def send_link(work: Work, *, login: str, purpose: str, letter: Letter) -> bool:
    """Mail a fresh link to activate an account or to set a new password.

    False, and no mail, when there is no such account or nothing to do, or when his mailbox has had
    five within the hour: the page says the same either way.
    """
    person = queries.row_by_login(work, login.strip().casefold())
    wanted = Purpose(purpose)
    if (
        person is None
        or person.disabled_at is not None
        or (wanted is Purpose.ACTIVATE and person.activated_at is not None)
    ):
        return False
    if queries.links_since(work, person.id, work.now - rules.LINKS_PER) >= rules.MOST_LINKS:
        return False
    _send(work, person.id, person.login, wanted, letter)
    return True


def _send(work: Work, person_id: int, to: str, purpose: Purpose, letter: Letter) -> None:
    keep_link(work, person_id, purpose, letter.token)
    queue_mail(work, to=to, subject=letter.subject, body=letter.body)


def keep_link(work: Work, person_id: int, purpose: Purpose, token: str) -> None:
    """Let a token work once within the rulebook's `activation_link_hours`; earlier ones of the
    purpose end.
    """
    work.session.execute(
        update(Link)
        .where(Link.person_id == person_id, Link.purpose == purpose, Link.used_at.is_(None))
        .values(used_at=work.now)
    )
    lasts = dt.timedelta(hours=rulebooks.in_force(work).activation_link_hours)
    work.session.add(
        Link(
            token_hash=digest(token),
            person_id=person_id,
            purpose=purpose,
            sent_at=work.now,
            ends_at=work.now + lasts,
        )
    )


def _use_link(work: Work, token: str, purpose: Purpose) -> Person:
    """The person whose link it is, the link used up. Refuses `accounts.link_over` for any other
    token.
    """
    link = work.session.scalar(
        select(Link)
        .where(Link.token_hash == digest(token), Link.purpose == purpose)
        .with_for_update()
    )
    person = work.session.get(Person, link.person_id) if link else None
    if (
        link is None
        or person is None
        or link.used_at
        or work.now >= link.ends_at
        or person.disabled_at
    ):
        raise Refusal("accounts.link_over")
    link.used_at = work.now
    return person


def activate(work: Work, *, token: str) -> int:
    """Open the link of the activation mail: with it the identity number is claimed, not checked;
    returns the person's id.

    Refuses `accounts.link_over`.
    """
    person = _use_link(work, token, Purpose.ACTIVATE)
    person.activated_at = person.activated_at or work.now
    if person.id_number and is_checked_number(work, person.id_number):
        person.id_number = None  # since he typed it, it was checked to be another's
    elif person.id_number:
        claim(work, person)
    return person.id


def claim(work: Work, person: Person) -> None:
    """Part of a use case: he has said who he is. Nothing where he has, or where it was checked."""
    if person.claimed_at is None and person.verified_at is None:
        person.claimed_at = work.now
        record(work, AccountClaimed())


def is_checked_number(work: Work, number: str) -> bool:
    """Whether a number is somebody's by a check: nobody else can claim it."""
    asked = select(Person.id).where(Person.id_number == number, Person.verified_at.is_not(None))
    return work.session.scalar(asked.limit(1)) is not None


def person_row(work: Work, person_id: int) -> Person:
    """The row of a person. Refuses `accounts.no_person`."""
    person = work.session.get(Person, person_id)
    if person is None:
        raise NotFound("accounts.no_person")
    return person


# --- passwords and standing ---------------------------------------------------------------


def change_password(work: Work, *, old: str, new: str, keep: str | None = None) -> None:
    """Change one's own password; every other session than the token `keep` ends.

    Refuses `accounts.wrong_password` and `accounts.password_*`.
    """
    permissions.require(work.actor, "account.own")
    person = own(work)
    if not matches(person.password_hash, old):
        raise Invalid("accounts.wrong_password", field="old")
    person.password_hash = hashed(
        new, login=person.login, second_factor=person.totp_secret is not None
    ).text
    end_sessions(work, person.id, keep)


def reset_password(work: Work, *, token: str, password: str) -> None:
    """Set a new password by the link of a mail; every session ends. The address is proved by it.

    Refuses `accounts.link_over`, `accounts.password_*`.
    """
    person = _use_link(work, token, Purpose.RESET)
    person.password_hash = hashed(
        password, login=person.login, second_factor=person.totp_secret is not None
    ).text
    end_sessions(work, person.id)
    record(work, AccessRestored(how="email"))


def restore(work: Work, *, login: str, token: str) -> None:
    """From the terminal: let a token set a new password, give up the second factor, end every
    session.

    Refuses `accounts.no_login`.
    """
    permissions.require(work.actor, "person.restore")
    person = queries.row_by_login(work, login.strip().casefold())
    if person is None:
        raise Invalid("accounts.no_login", field="login")
    person.totp_secret = person.totp_step = None
    end_sessions(work, person.id)
    keep_link(work, person.id, Purpose.RESET, token)
    record(work, AccessRestored(how="setup"))


def end_sessions(work: Work, person_id: int, keep: str | None = None) -> None:
    """End a person's sessions, but the one of the token `keep`."""
    work.session.execute(
        update(SignIn)
        .where(
            SignIn.person_id == person_id,
            SignIn.revoked_at.is_(None),
            SignIn.token_hash != (digest(keep) if keep else ""),
        )
        .values(revoked_at=work.now)
    )


def own(work: Work) -> Person:
    """The row of the one who acts."""
    return person_row(work, work.actor.person_id or 0)


def set_language(work: Work, *, language: str) -> None:
    """Letters and pages in zh or en. Refuses `accounts.language`."""
    permissions.require(work.actor, "account.own")
    if language not in ("zh", "en"):
        raise Invalid("accounts.language", field="language")
    own(work).language = language


def disable(work: Work, *, person_id: int) -> None:
    """Close an account: its sessions end at once. Refuses `accounts.no_person`,
    `accounts.own_account`.
    """
    permissions.require(work.actor, "person.disable")
    person = person_row(work, person_id)
    if person.id == work.actor.person_id:
        raise Refusal("accounts.own_account")
    if person.disabled_at is None:
        person.disabled_at = work.now
        end_sessions(work, person.id)
        record(work, AccountDisabled())


def enable(work: Work, *, person_id: int) -> None:
    """Open a closed account again. Refuses `accounts.no_person`."""
    permissions.require(work.actor, "person.disable")
    person = person_row(work, person_id)
    if person.disabled_at is not None:
        person.disabled_at = None
        record(work, AccountEnabled())
