"""Signing in and out; one row for each session.

The slow part (Argon2) is `prove`, which only reads: views call it before the transaction, so that
no lock waits for it.
"""

import dataclasses
import datetime as dt

import pyotp
from sqlalchemy import update

from market.accounts import permissions, queries, rules
from market.accounts.models import Membership, Person, SignIn
from market.accounts.passwords import matches
from market.accounts.service.people import digest
from market.accounts.service.tries import NOWHERE, Try, check_tries, waiting
from market.db import Work
from market.kernel.entropy import system_entropy
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.visible import bare

PROOF_LASTS = dt.timedelta(minutes=5)
DEVICE_LENGTH = 160


@dataclasses.dataclass(frozen=True)
class Proof:
    """The password was right, at this instant. `needs_code` when a second factor is still owed."""

    person_id: int
    login: str
    at: dt.datetime
    needs_code: bool


def prove(
    work: Work, *, login: str, password: str, address: str = NOWHERE, tried: Try | None = None
) -> Proof:
    """Check a password. Reads only; views have counted the try before (`tried`).

    Refuses `accounts.wait` after too many wrong answers and `accounts.wrong_credentials`, in the
    same words and time for an unknown login, a closed account and a wrong password.
    """
    login = login.strip().casefold()
    if tried is None:
        check_tries(work, login, address)
    person = queries.row_by_login(work, login)
    right = matches(person.password_hash if person else None, password)
    if person is None or not right or person.disabled_at is not None:
        if tried is not None and tried.past_address:  # What an account without a code is told.
            raise waiting()
        raise Invalid("accounts.wrong_credentials")
    return Proof(person.id, login, work.now, person.totp_secret is not None)


def begin(
    work: Work,
    *,
    proof: Proof,
    code: str | None = None,
    address: str = NOWHERE,
    device: str | None = None,
    tried: Try | None = None,
) -> str:
    """Begin a session on a fresh proof and return its token; the first membership is the identity
    it acts under.

    Refuses `accounts.proof_over` after five minutes, `accounts.code_needed`, `accounts.wrong_code`
    (also for a code that was used), `accounts.wait`.
    """
    person = work.session.get(Person, proof.person_id, with_for_update=True)
    if person is None or person.disabled_at or work.now - proof.at > PROOF_LASTS:
        raise Refusal("accounts.proof_over")
    if person.totp_secret:
        if tried is None:
            check_tries(work, person.login, address)
        _check_code(work, person, code)
    token = system_entropy(32).hex()
    cards = queries.memberships(work, person.id)
    work.session.add(
        SignIn(
            token_hash=digest(token),
            person_id=person.id,
            membership_id=cards[0].id if cards else None,
            device=(device or "")[:DEVICE_LENGTH] or None,
            address=address,
            began_at=work.now,
            seen_at=work.now,
            ends_at=work.now + rules.ABSOLUTE,
        )
    )
    return token


def _check_code(work: Work, person: Person, code: str | None) -> None:
    if not code:
        raise Invalid("accounts.code_needed", field="code")
    person.totp_step = taken_step(person.totp_secret or "", code, work.now, person.totp_step)


def taken_step(secret: str, code: str, now: dt.datetime, last: int | None) -> int:
    """The 30-second step of a right code: this one, the one before or the one after. Refuses
    `accounts.wrong_code`.

    A code of the last step taken, or of an earlier one, is refused: somebody may have looked over
    the shoulder.
    """
    try:
        step = pyotp.TOTP(secret).verify_and_get_timecode(bare(code), for_time=now, valid_window=1)
    except pyotp.exceptions.OTPVerificationError as error:
        raise Invalid("accounts.wrong_code", field="code") from error
    if step <= (last or 0):
        raise Invalid("accounts.wrong_code", field="code")
    return step


def sign_in(
    work: Work,
    *,
    login: str,
    password: str,
    code: str | None = None,
    address: str = NOWHERE,
    device: str | None = None,
) -> str:
    """Prove and begin in one: the token of the new session. Refuses as both do."""
    proof = prove(work, login=login, password=password, address=address)
    return begin(work, proof=proof, code=code, address=address, device=device)


def sign_out(work: Work, *, token: str) -> None:
    """End the session of a token; an unknown one changes nothing."""
    _revoke(work, digest(token))


def revoke(work: Work, *, key: str) -> None:
    """End one of one's own sessions by the key of its card. Refuses `accounts.no_session` for
    another's.
    """
    permissions.require(work.actor, "account.own")
    row = work.session.get(SignIn, key)
    if row is None or row.person_id != work.actor.person_id:
        raise NotFound("accounts.no_session")
    _revoke(work, key)


def _revoke(work: Work, token_hash: str) -> None:
    work.session.execute(
        update(SignIn)
        .where(SignIn.token_hash == token_hash, SignIn.revoked_at.is_(None))
        .values(revoked_at=work.now)
    )


def touch(work: Work, *, token_hash: str) -> None:
    """Note that a session is in use."""
    work.session.execute(
        update(SignIn).where(SignIn.token_hash == token_hash).values(seen_at=work.now)
    )


def switch(work: Work, *, token: str, membership_id: int) -> None:
    """Act under another of one's memberships in this session. Refuses `accounts.no_membership`."""
    session = _own_session(work, token)
    member = work.session.get(Membership, membership_id)
    if member is None or member.person_id != session.person_id or member.ended_at is not None:
        raise NotFound("accounts.no_membership")
    session.membership_id = member.id


def switch_to(work: Work, *, token: str, organisation_id: int) -> None:
    """Act for one of one's organisations in this session: after an enrolment or an owner's
    registration.

    Refuses `accounts.no_membership`.
    """
    session = _own_session(work, token)
    card = queries.membership(work, session.person_id, organisation_id)
    if card is None:
        raise NotFound("accounts.no_membership")
    session.membership_id = card.id


def _own_session(work: Work, token: str) -> SignIn:
    session = work.session.get(SignIn, digest(token))
    if session is None or session.revoked_at is not None:
        raise NotFound("accounts.no_session")
    return session
