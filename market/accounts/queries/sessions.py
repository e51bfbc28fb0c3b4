"""Reading sessions, and the tries at passwords."""

import dataclasses
import datetime as dt

from sqlalchemy import bindparam, func, or_, select

from market.accounts import rules
from market.accounts.models import Membership, Organisation, Person, SignIn, WrongAnswer
from market.accounts.rules import Level, level_of
from market.db import Work
from market.kernel.actor import Actor
from market.kernel.errors import NotFound
from market.prepared import Prepared


@dataclasses.dataclass(frozen=True)
class SessionCard:
    """A session that could still be used. `key` names it to the person whose it is."""

    key: str
    device: str | None
    address: str | None
    began_at: dt.datetime
    seen_at: dt.datetime


@dataclasses.dataclass(frozen=True)
class SessionEnds:
    """When a session ends unless it is used, and when it ends however much it is used."""

    over_at: dt.datetime
    last_at: dt.datetime


@dataclasses.dataclass(frozen=True)
class Session:
    """Whose request this is: what one look at a session's row gives."""

    actor: Actor
    name: str
    login: str
    organisation_name: str | None
    membership_id: int | None
    has_second_factor: bool
    needs_second_factor: bool
    token_hash: str
    is_to_touch: bool
    ends: SessionEnds


SESSION = Prepared(
    select(
        SignIn.seen_at,
        SignIn.ends_at,
        Person.id,
        Person.name,
        Person.login,
        Person.claimed_at,
        Person.verified_at,
        Person.totp_secret,
        Membership.id,
        Membership.duties,
        Organisation.id,
        Organisation.name,
        Organisation.kind,
    )
    .join_from(SignIn, Person, Person.id == SignIn.person_id)
    .outerjoin(Membership, (Membership.id == SignIn.membership_id) & Membership.ended_at.is_(None))
    .outerjoin(
        Organisation,
        (Organisation.id == Membership.organisation_id) & Organisation.disabled_at.is_(None),
    )
    .where(
        SignIn.token_hash == bindparam("token"),
        SignIn.revoked_at.is_(None),
        Person.disabled_at.is_(None),
    )
)


def session(work: Work, token_hash: str) -> Session | None:
    """Whose session this is, or None when it was ended, revoked or never was. One look at the
    database.

    Of a membership that has ended meanwhile only the person remains.
    """
    row = SESSION.first(work, token=token_hash)
    if row is None:
        return None
    (
        seen_at,
        ends_at,
        person_id,
        name,
        login,
        claimed_at,
        verified_at,
        secret,
        in_,
        duties,
        of,
        organisation_name,
        kind,
    ) = row
    if rules.is_over(work.now, seen_at, ends_at, kind):
        return None
    named = level_of(claimed_at, verified_at) is not Level.NONE
    held = frozenset(duties.split()) if of else frozenset()
    return Session(
        Actor(person_id, of, kind.value if kind else None, held, named),
        name,
        login,
        organisation_name,
        in_ if of else None,
        secret is not None,
        rules.needs_second_factor(kind, held),
        token_hash,
        work.now - seen_at >= rules.TOUCH_EVERY,
        SessionEnds(min(seen_at + rules.idle(kind), ends_at), ends_at),
    )


def session_ends(work: Work, token_hash: str) -> SessionEnds:
    """When a session that stands ends. Refuses `accounts.no_session`."""
    row = work.session.execute(
        select(SignIn.seen_at, SignIn.ends_at, Organisation.kind)
        .outerjoin(Membership, Membership.id == SignIn.membership_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(SignIn.token_hash == token_hash)
    ).first()
    if row is None:
        raise NotFound("accounts.no_session")
    return SessionEnds(min(row[0] + rules.idle(row[2]), row[1]), row[1])


def sessions(work: Work, person_id: int) -> list[SessionCard]:
    """A person's sessions that were not ended, the last used first."""
    rows = work.session.scalars(
        select(SignIn)
        .where(
            SignIn.person_id == person_id,
            SignIn.revoked_at.is_(None),
            SignIn.ends_at > work.now,
            SignIn.seen_at >= work.now - rules.IDLE,
        )
        .order_by(SignIn.seen_at.desc())
    )
    return [
        SessionCard(row.token_hash, row.device, row.address, row.began_at, row.seen_at)
        for row in rows
    ]


def wrong_answers(work: Work, login_hash: str, address: str) -> dict[str, int]:
    """How many wrong answers there were lately: of this login from this address, of the login, from
    the address. Tries under way count for the login; an address that many share is not held to
    those who sign in there at this moment.
    """
    login = WrongAnswer.login_hash == login_hash
    place = WrongAnswer.address == address
    row = work.session.execute(
        select(
            func.count().filter(login & place),
            func.count().filter(login),
            func.count().filter(place & WrongAnswer.is_wrong),
        ).where(or_(login, place), WrongAnswer.at > work.now - rules.TRYING)
    ).one()
    return dict(zip(("pair", "login", "address"), row, strict=True))
