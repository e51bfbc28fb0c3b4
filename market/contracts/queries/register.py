"""The public register of contracts: what both sides have confirmed (docs/rules.md#after-the-award)."""

import dataclasses
import datetime as dt
from collections.abc import Collection

from sqlalchemy import func, select

from market.accounts import queries as accounts
from market.contracts.models import Contract, ContractChange
from market.contracts.rules.change import IN_FORCE
from market.contracts.rules.matter import BINDING, INSPECT, ContractState
from market.db import Work
from market.owners import queries as owners
from market.web.paging import Page, keyset
from market.windows import queries as windows_queries

PAGE = 20
CHANGES = (
    select(func.count())
    .select_from(ContractChange)
    .where(ContractChange.contract_id == Contract.id, ContractChange.state.in_(tuple(IN_FORCE)))
    .scalar_subquery()
)
"""How many changes of a contract count."""


@dataclasses.dataclass(frozen=True)
class Registered:
    """One line of the register. `owner` is None for a natural person, `amount_fen` None where private
    money pays; `days` are the calendar days of the contract, `changes` how many changes count.
    """

    number: str
    notice_number: str
    title: str
    item_name: str
    owner: str | None
    agency: str
    state: ContractState
    amount_fen: int | None
    signed_on: dt.date
    days: int | None
    changes: int


def register(
    work: Work,
    *,
    states: Collection[ContractState] = BINDING,
    after: str | None = None,
    limit: int = PAGE,
) -> Page[Registered]:
    """A page of the register, newest first, of those `states` that are public. Refuses `web.cursor`."""
    agency = accounts.NAMES
    asked = (
        select(Contract, agency.c.name, CHANGES)
        .join(agency, agency.c.id == Contract.agency_organisation_id)
        .where(Contract.state.in_(BINDING & frozenset(states)))
    )
    found = keyset(
        work.session, asked, [Contract.signed_on.desc(), Contract.id.desc()], after, limit
    )
    buyers = owners.public_buyers(work, {row[0].owner_organisation_id for row in found})
    return found.map(lambda row: _line((row[0], row[1], row[2]), buyers))


def _line(found: tuple[Contract, str, int], buyers: Collection[int]) -> Registered:
    row, agency, changes = found
    return Registered(
        number=row.number,
        notice_number=row.notice_number,
        title=row.title,
        item_name=row.item_name,
        owner=row.owner_name if row.owner_organisation_id in buyers else None,
        agency=agency,
        state=row.state,
        amount_fen=_public_fen(row),
        signed_on=row.signed_on,
        days=row.service_days,
        changes=changes,
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class PublicContract:
    """A contract that both sides have confirmed, for programs: the numbers of its parties in place of
    their names. `owner_id` is an organisation's; whether it may be named its reader decides.
    """

    number: str
    notice_number: str
    title: str
    item_code: str
    owner_id: int
    winner: str
    state: ContractState
    amount_fen: int | None
    signed_on: dt.date
    days: int | None
    changes: int


def public_contracts(work: Work, numbers: Collection[str]) -> dict[tuple[str, str], PublicContract]:
    """The register's contracts of these numbers, by number and the winner's platform number: the next
    rank has a contract of the same number.
    """
    asked = select(Contract, CHANGES).where(
        Contract.number.in_(numbers), Contract.state.in_(BINDING)
    )
    return {
        (row.number, row.winner): PublicContract(
            number=row.number,
            notice_number=row.notice_number,
            title=row.title,
            item_code=row.item_code,
            owner_id=row.owner_organisation_id,
            winner=row.winner,
            state=row.state,
            amount_fen=_public_fen(row),
            signed_on=row.signed_on,
            days=row.service_days,
            changes=changes,
        )
        for row, changes in work.session.execute(asked)
    }


@dataclasses.dataclass
class OwnerCounts:
    """How many contracts an owner has that both sides confirmed, and how far they came; `late`: how
    many inspections were ever overdue.
    """

    contracts: int = 0
    accepted: int = 0
    closed: int = 0
    changed: int = 0
    late: int = 0


def counts_of_owners(work: Work, organisations: Collection[int]) -> dict[int, OwnerCounts]:
    """The counts of these owners; who has no contract is left out."""
    asked = select(Contract, CHANGES).where(
        Contract.owner_organisation_id.in_(organisations), Contract.state.in_(BINDING)
    )
    rows = work.session.execute(asked).all()
    numbers = {row.number for row, _ in rows}
    late = {
        due.subject
        for due in windows_queries.of_kind(work, INSPECT, numbers)
        if due.overdue_at is not None
    }
    found: dict[int, OwnerCounts] = {}
    for row, changes in rows:
        of = found.setdefault(row.owner_organisation_id, OwnerCounts())
        of.contracts += 1
        of.accepted += row.accepted_at is not None
        of.closed += row.closed_at is not None
        of.changed += changes > 0
        of.late += row.number in late
    return found


def _public_fen(row: Contract) -> int | None:
    """The amount where public money pays; what private money pays is its parties' own."""
    return row.amount_fen if row.is_public_money else None
