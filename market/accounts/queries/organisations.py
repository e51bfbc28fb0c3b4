"""Reading organisations and who acts in them."""

import dataclasses
import datetime as dt
from collections.abc import Collection
from typing import cast

from sqlalchemy import ColumnElement, Row, Select, Table, select

from market.accounts.models import Membership, Organisation, Person
from market.accounts.queries.people import PersonCard, person_card
from market.accounts.rules import Kind
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.visible import folded

NAMES = cast(Table, Organisation.__table__)
"""Organisations as a table, for lists that show each row's name in one statement: join on `id`, read `name`."""


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


def ids_by_uscc(work: Work, kind: str, usccs: Collection[str]) -> dict[str, int]:
    """The organisations of a kind by their 统一社会信用代码; those that are unknown are left out."""
    asked = _of_kind(kind).where(Organisation.uscc.in_(usccs))
    return {str(row.uscc): row.id for row in work.session.scalars(asked)}


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


def _members(work: Work, organisation_id: int) -> list[Row[Person, Membership]]:
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


def _live() -> tuple[ColumnElement[bool], ...]:
    return Membership.ended_at.is_(None), Organisation.disabled_at.is_(None)
