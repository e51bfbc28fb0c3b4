"""The public register of contracts: what both sides have confirmed (docs/rules.md#after-the-award)."""

import dataclasses
import datetime as dt
from collections.abc import Collection

from sqlalchemy import func, select

from market.accounts import queries as accounts
from market.contracts.models import Contract, ContractChange
from market.contracts.rules.change import ChangeState
from market.contracts.rules.matter import BINDING, ContractState
from market.db import Work
from market.owners import queries as owners
from market.web.paging import Page, keyset

PAGE = 20


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
    changes = (
        select(func.count())
        .select_from(ContractChange)
        .where(
            ContractChange.contract_id == Contract.id, ContractChange.state == ChangeState.AGREED
        )
        .scalar_subquery()
    )
    asked = (
        select(Contract, agency.c.name, changes)
        .join(agency, agency.c.id == Contract.agency_organisation_id)
        .where(Contract.state.in_(BINDING & frozenset(states)))
    )
    found = keyset(
        work.session, asked, [Contract.signed_on.desc(), Contract.id.desc()], after, limit
    )
    buyers = owners.public_buyers(work, {row[0].owner_organisation_id for row in found})
    return found.map(lambda row: _line(row.tuple()[:3], buyers))


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
        amount_fen=row.amount_fen if row.is_public_money else None,
        signed_on=row.signed_on,
        days=row.service_days,
        changes=changes,
    )
