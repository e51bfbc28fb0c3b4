"""Reading who acts for which organisation, with which duties."""

import dataclasses
import datetime as dt
from typing import Any

from sqlalchemy import select

from market.accounts.models import (
    Membership,
    Organisation,
    Person,
)
from market.accounts.queries.people import PersonCard, person_card
from market.accounts.rules import Kind
from market.db import Work
from market.kernel.errors import NotFound


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
