"""Reading the checks of who somebody is."""

import dataclasses
import datetime as dt

from sqlalchemy import or_, select

from market.accounts.models import IdentityCheck, Person
from market.accounts.queries.people import PersonCard, person_card
from market.accounts.rules import IDENTITY, CheckReason, CheckState
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.shown import Parts
from market.windows import queries as windows_queries
from market.windows.queries import Due

AGAIN = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class CheckCard:
    """One check of one person's claim. `due` is there while it waits."""

    number: str
    person: PersonCard
    organisation_id: int
    state: CheckState
    file_id: int | None
    asked_at: dt.datetime
    overdue_at: dt.datetime | None
    settled_at: dt.datetime | None
    reason: CheckReason | None
    note: str
    due: Due | None


def check_by_number(work: Work, number: str) -> CheckCard:
    """The check with this number. Refuses `accounts.no_check`."""
    row = work.session.scalar(select(IdentityCheck).where(IdentityCheck.number == number))
    if row is None:
        raise NotFound("accounts.no_check")
    return _card(work, row)


def last_check(work: Work, person_id: int) -> CheckCard | None:
    """A person's newest check, waiting or settled."""
    row = work.session.scalar(
        select(IdentityCheck)
        .where(IdentityCheck.person_id == person_id)
        .order_by(IdentityCheck.id.desc())
        .limit(1)
    )
    return _card(work, row) if row else None


def waiting_check(work: Work, person_id: int) -> IdentityCheck | None:
    """The row of a person's check that waits, locked, for the room's own services."""
    return work.session.scalar(
        select(IdentityCheck)
        .where(IdentityCheck.person_id == person_id, IdentityCheck.state == CheckState.WAITING)
        .with_for_update()
    )


def checks_to_settle(work: Work, organisation_id: int, limit: int = 200) -> list[CheckCard]:
    """What waits for a body, the longest waiting first."""
    rows = work.session.scalars(
        select(IdentityCheck)
        .where(
            IdentityCheck.organisation_id == organisation_id,
            IdentityCheck.state == CheckState.WAITING,
        )
        .order_by(IdentityCheck.asked_at, IdentityCheck.id)
        .limit(limit)
    )
    return [_card(work, row) for row in rows]


def claimed_unasked(work: Work, limit: int = 200) -> list[tuple[PersonCard, str]]:
    """Who has only claimed, with his number, and was not looked up in a register for a day."""
    rows = work.session.scalars(
        select(Person)
        .where(
            Person.claimed_at.is_not(None),
            Person.verified_at.is_(None),
            Person.disabled_at.is_(None),
            Person.id_number.is_not(None),
            or_(Person.register_asked_at.is_(None), Person.register_asked_at < work.now - AGAIN),
        )
        .order_by(Person.id)
        .limit(limit)
    )
    return [(person_card(row), row.id_number or "") for row in rows]


def masked_number(work: Work, person_id: int) -> str:
    """What is enough to compare a card with: the first six and the last four signs."""
    number = work.session.scalar(select(Person.id_number).where(Person.id == person_id)) or ""
    return f"{number[:6]}********{number[-4:]}" if number else ""


def identity_shown(work: Work, person_id: int) -> Parts:
    """Whom a clerk has before him, with what was handed in. The number as he sees it: masked."""
    person = work.session.get(Person, person_id)
    if person is None:
        return {}
    check = last_check(work, person_id)
    return {
        "identity.name": person.name,
        "identity.number": masked_number(work, person_id),
        "identity.claimed_at": person.claimed_at,
        "identity.check": None if check is None else [check.number, check.asked_at],
        "identity.file": None if check is None else check.file_id,
    }


def _card(work: Work, row: IdentityCheck) -> CheckCard:
    return CheckCard(
        row.number,
        person_card(work.session.get_one(Person, row.person_id)),
        row.organisation_id,
        row.state,
        row.file_id,
        row.asked_at,
        row.overdue_at,
        row.settled_at,
        row.reason,
        row.note,
        windows_queries.live(work, IDENTITY, f"{row.number}:{row.person_id}"),
    )
