"""Reading people, and the mail that waits for its way out."""

import dataclasses
import datetime as dt

from sqlalchemy import func, select

from market.accounts.models import Link, OutgoingMail, Person
from market.accounts.rules import Level, level_of
from market.db import Work
from market.kernel.errors import NotFound


@dataclasses.dataclass(frozen=True)
class PersonCard:
    """A person as other rooms see him; the ID number is shown to nobody."""

    id: int
    login: str
    name: str
    phone: str | None
    language: str
    level: Level

    @property
    def is_named(self) -> bool:
        """Whether he has said who he is, claimed or checked."""
        return self.level is not Level.NONE

    @property
    def is_checked(self) -> bool:
        """Whether that was checked."""
        return self.level is Level.CHECKED


def person(work: Work, person_id: int) -> PersonCard:
    """One person. Refuses `accounts.no_person`."""
    row = work.session.get(Person, person_id)
    if row is None:
        raise NotFound("accounts.no_person")
    return person_card(row)


def person_card(row: Person) -> PersonCard:
    """The card of a row."""
    return PersonCard(
        row.id,
        row.login,
        row.name,
        row.phone,
        row.language,
        level_of(row.claimed_at, row.verified_at),
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
