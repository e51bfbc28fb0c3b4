"""Reading organisations."""

import dataclasses

from sqlalchemy import Select, select

from market.accounts.models import (
    Organisation,
)
from market.accounts.rules import Kind
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.visible import folded


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
