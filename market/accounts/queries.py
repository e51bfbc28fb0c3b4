"""Reading people, organisations, memberships and sessions."""

import dataclasses
import datetime as dt
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from market.accounts import rules
from market.accounts.models import (
    Link,
    Membership,
    Organisation,
    OutgoingMail,
    Person,
    SignIn,
    WrongAnswer,
)
from market.accounts.rules import Kind
from market.db import Work
from market.kernel.actor import Actor
from market.kernel.errors import NotFound
from market.kernel.visible import folded
from market.prepared import Prepared


@dataclasses.dataclass(frozen=True)
class PersonCard:
    """A person as other rooms see him; the ID number is shown to nobody."""

    id: int
    login: str
    name: str
    phone: str | None
    language: str
    is_verified: bool


@dataclasses.dataclass(frozen=True)
class OrganisationCard:
    """An organisation as other rooms see it."""

    id: int
    kind: Kind
    name: str
    uscc: str | None
    phone: str | None
    division: str
    superior_id: int | None


@dataclasses.dataclass(frozen=True)
class MembershipCard:
    """One identity a person may act under."""

    id: int
    person_id: int
    organisation_id: int
    organisation_name: str
    kind: Kind
    duties: frozenset[str]
    since: dt.datetime


@dataclasses.dataclass(frozen=True)
class MemberCard:
    """A member of an organisation as its members' page shows him."""

    id: int
    person_id: int
    login: str
    name: str
    duties: frozenset[str]
    since: dt.datetime


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


# --- people -------------------------------------------------------------------------------


def person(work: Work, person_id: int) -> PersonCard:
    """One person. Refuses `accounts.no_person`."""
    row = work.session.get(Person, person_id)
    if row is None:
        raise NotFound("accounts.no_person")
    return person_card(row)


def person_card(row: Person) -> PersonCard:
    """The card of a row."""
    return PersonCard(
        row.id, row.login, row.name, row.phone, row.language, row.verified_at is not None
    )


def by_login(work: Work, login: str) -> PersonCard | None:
    """The person with this login (e-mail address, any case)."""
    row = work.session.scalar(select(Person).where(Person.login == login.strip().casefold()))
    return person_card(row) if row else None


def links_since(work: Work, person_id: int, since: dt.datetime) -> int:
    """How many links were sent to a person since an instant."""
    asked = (
        select(func.count())
        .select_from(Link)
        .where(Link.person_id == person_id, Link.sent_at > since)
    )
    return work.session.scalar(asked) or 0


def is_disabled(work: Work, person_id: int) -> bool:
    """Whether an account is closed."""
    return work.session.scalar(select(Person.disabled_at).where(Person.id == person_id)) is not None


def row_by_login(work: Work, login: str) -> Person | None:
    """The row of a login, for the room's own services."""
    return work.session.scalar(select(Person).where(Person.login == login))


def unverified(work: Work, limit: int = 200) -> list[PersonCard]:
    """Accounts that wait for a look at the identity card, newest first."""
    rows = work.session.scalars(
        select(Person)
        .where(Person.verified_at.is_(None), Person.disabled_at.is_(None))
        .order_by(Person.id.desc())
        .limit(limit)
    )
    return [person_card(row) for row in rows]


# --- organisations ------------------------------------------------------------------------


def organisation(work: Work, organisation_id: int) -> OrganisationCard:
    """One organisation. Refuses `accounts.no_organisation`."""
    row = work.session.get(Organisation, organisation_id)
    if row is None:
        raise NotFound("accounts.no_organisation")
    return organisation_card(row)


def organisation_card(row: Organisation) -> OrganisationCard:
    """The card of a row."""
    return OrganisationCard(
        row.id, row.kind, row.name, row.uscc, row.phone, row.division, row.superior_id
    )


def organisations(work: Work, kind: str) -> list[OrganisationCard]:
    """Organisations of a kind, oldest first."""
    rows = work.session.scalars(_of_kind(kind).order_by(Organisation.id))
    return [organisation_card(row) for row in rows]


def by_uscc(work: Work, kind: str, uscc: str) -> OrganisationCard | None:
    """The organisation of a kind with this 统一社会信用代码."""
    row = work.session.scalar(_of_kind(kind).where(Organisation.uscc == uscc))
    return organisation_card(row) if row else None


def regulator(work: Work, name: str) -> OrganisationCard | None:
    """The sector regulator with this name."""
    return named(work, Kind.REGULATOR, name)


def named(work: Work, kind: str, name: str) -> OrganisationCard | None:
    """The first organisation of a kind with this name, whatever width it is written in."""
    asked = _of_kind(kind).order_by(Organisation.id)
    same = (row for row in work.session.scalars(asked) if folded(row.name) == folded(name))
    row = next(same, None)
    return organisation_card(row) if row else None


def subordinates(work: Work, organisation_id: int | None) -> set[int]:
    """The organisations right below one."""
    if organisation_id is None:
        return set()
    return set(
        work.session.scalars(
            select(Organisation.id).where(Organisation.superior_id == organisation_id)
        )
    )


def office(work: Work) -> OrganisationCard:
    """The operating office of this installation. Refuses `accounts.no_office` before the set-up."""
    row = work.session.scalar(
        _of_kind(Kind.OFFICE)
        .where(Organisation.division == work.division)
        .order_by(Organisation.id)
        .limit(1)
    )
    if row is None:
        raise NotFound("accounts.no_office")
    return organisation_card(row)


def _of_kind(kind: str) -> Select[Organisation]:
    return select(Organisation).where(
        Organisation.kind == Kind(kind), Organisation.disabled_at.is_(None)
    )


# --- memberships --------------------------------------------------------------------------


def memberships(work: Work, person_id: int) -> list[MembershipCard]:
    """The identities a person may act under now, oldest first."""
    rows = work.session.execute(
        select(Membership, Organisation)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person_id, *_live())
        .order_by(Membership.id)
    )
    return [
        MembershipCard(
            row.id, row.person_id, of.id, of.name, of.kind, frozenset(row.duties.split()), row.since
        )
        for row, of in rows
    ]


def membership(work: Work, person_id: int, organisation_id: int) -> MembershipCard | None:
    """The live membership of a person in an organisation."""
    return next(
        (card for card in memberships(work, person_id) if card.organisation_id == organisation_id),
        None,
    )


def members(work: Work, organisation_id: int, *duties: str) -> list[PersonCard]:
    """The people of an organisation who hold one of these duties (any, when none is named), oldest
    member first.
    """
    wanted = set(duties)
    return [
        person_card(row)
        for row, of in _members(work, organisation_id)
        if not wanted or not wanted.isdisjoint(of.duties.split())
    ]


def member_list(work: Work, organisation_id: int) -> list[MemberCard]:
    """The people of an organisation with their duties, oldest member first."""
    return [
        MemberCard(of.id, row.id, row.login, row.name, frozenset(of.duties.split()), of.since)
        for row, of in _members(work, organisation_id)
    ]


def member(work: Work, membership_id: int) -> tuple[int, MemberCard]:
    """A live membership with its organisation's id. Refuses `accounts.no_membership`."""
    row = work.session.get(Membership, membership_id)
    cards = member_list(work, row.organisation_id) if row else []
    card = next((card for card in cards if card.id == membership_id), None)
    if row is None or card is None:
        raise NotFound("accounts.no_membership")
    return row.organisation_id, card


def _members(work: Work, organisation_id: int) -> list[Any]:
    return list(
        work.session.execute(
            select(Person, Membership)
            .join(Membership, Membership.person_id == Person.id)
            .join(Organisation, Organisation.id == Membership.organisation_id)
            .where(
                Membership.organisation_id == organisation_id,
                Person.disabled_at.is_(None),
                *_live(),
            )
            .order_by(Membership.id)
        )
    )


def _live() -> tuple[Any, ...]:
    return Membership.ended_at.is_(None), Organisation.disabled_at.is_(None)


# --- sessions -----------------------------------------------------------------------------

SESSION = Prepared(
    select(
        SignIn.seen_at,
        SignIn.ends_at,
        Person.id,
        Person.name,
        Person.login,
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
    held = frozenset(duties.split()) if of else frozenset()
    return Session(
        Actor(person_id, of, kind.value if kind else None, held, verified_at is not None),
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


# --- mail ---------------------------------------------------------------------------------


def mail_to_send(work: Work, limit: int = 50) -> list[int]:
    """Ids of mails whose next try is due, oldest first."""
    return list(
        work.session.scalars(
            select(OutgoingMail.id)
            .where(OutgoingMail.next_try_at <= work.now)
            .order_by(OutgoingMail.next_try_at)
            .limit(limit)
        )
    )
