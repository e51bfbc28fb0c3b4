"""The second factor: time-based codes (RFC 6238) of an app on the telephone."""

import re

from market.accounts import permissions
from market.accounts.passwords import matches
from market.accounts.rules import LEAST_ALONE, plain_password
from market.accounts.service.people import own
from market.accounts.service.sessions import taken_step
from market.db import Work
from market.kernel.errors import Invalid, Malformed, Refusal

SECRET = re.compile("[A-Z2-7]{32}")  # base32 of 160 bits (RFC 4226 section 4, R6)


def set_second_factor(work: Work, *, secret: str, code: str) -> None:
    """Take up a second factor, proved by a first code. Refuses `accounts.wrong_code`,
    `accounts.second_factor_set`.
    """
    permissions.require(work.actor, "account.own")
    person = own(work)
    if person.totp_secret:
        raise Refusal("accounts.second_factor_set")
    if SECRET.fullmatch(secret) is None:  # No form of ours sends another.
        raise Malformed("accounts.wrong_code")
    person.totp_step = taken_step(secret, code, work.now, None)
    person.totp_secret = secret


def drop_second_factor(work: Work, *, password: str, code: str) -> None:
    """Give the second factor up, by password and a last code.

    Refuses `accounts.wrong_password`, `accounts.wrong_code`, and `accounts.password_short` for a
    password that is too short to stand alone.
    """
    permissions.require(work.actor, "account.own")
    person = own(work)
    if not person.totp_secret:
        return
    if not matches(person.password_hash, password):
        raise Invalid("accounts.wrong_password", field="password")
    if len(plain_password(password)) < LEAST_ALONE:
        raise Invalid(
            "accounts.password_short",
            field="password",
            least=LEAST_ALONE,
            count=len(plain_password(password)),
        )
    taken_step(person.totp_secret, code, work.now, person.totp_step)
    person.totp_secret = person.totp_step = None
