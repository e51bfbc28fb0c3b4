"""The facts of matters, for the rooms that read what has become of them: numbers first
(docs/rules.md#after-the-award).
"""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable

from sqlalchemy import Select, select

from market.contracts.models import (
    Contract,
    ContractChange,
    ContractDelivery,
    ContractPayment,
    Unsigned,
)
from market.contracts.queries.changes import Changed, changes_of
from market.contracts.rules.change import ChangeState, Reason
from market.contracts.rules.matter import (
    BINDING,
    DELIVER,
    INSPECT,
    PAY,
    SETTLED,
    ContractState,
    Track,
)
from market.db import Work
from market.kernel.clock import local_date
from market.windows import queries as windows_queries
from market.workdays import queries as workdays
from market.workdays.rules import WorkCalendar


@dataclasses.dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one matter that both sides confirmed. `matter` is HT-..., money in fen,
    `promised_days` calendar days, `used_days` calendar and `used_working_days` working days from the
    start to the version that was accepted (None before). `granted_days` calendar days were added to
    the promised ones by extensions and stops; of these `own_days` for the agency's own delay.

    `late` names the windows that were overdue (contracts.deliver, contracts.inspect,
    contracts.pay), also when the duty was done since.
    """

    matter: str
    notice_number: str
    award_number: str
    state: ContractState
    track: Track
    is_public_money: bool
    owner_organisation_id: int
    agency_organisation_id: int
    winner: str
    item_code: str
    title: str
    amount_fen: int
    signed_on: dt.date
    started_on: dt.date | None
    delivered_at: dt.datetime | None
    accepted_at: dt.datetime | None
    accepted_by: int | None
    closed_at: dt.datetime | None
    promised_days: int | None
    granted_days: int
    own_days: int
    used_days: int | None
    used_working_days: int | None
    versions: int
    returns: int
    payments: int
    paid_fen: int
    late: frozenset[str]


def facts(work: Work, matters: Collection[str]) -> dict[str, Facts]:
    """The facts of matters by their numbers HT-...; what is not binding is left out."""
    return {
        each.matter: each for each in _facts(work, _binding().where(Contract.number.in_(matters)))
    }


def facts_of_agency(work: Work, organisation_id: int, limit: int = 200) -> list[Facts]:
    """The facts of an agency's matters, newest first."""
    asked = _binding().where(Contract.agency_organisation_id == organisation_id)
    return _facts(work, asked.order_by(Contract.id.desc()).limit(limit))


def facts_of_owner(work: Work, organisation_id: int, limit: int = 200) -> list[Facts]:
    """The facts of an owner's matters, newest first."""
    asked = _binding().where(Contract.owner_organisation_id == organisation_id)
    return _facts(work, asked.order_by(Contract.id.desc()).limit(limit))


def facts_about(work: Work, notice_numbers: Collection[str]) -> dict[str, Facts]:
    """The facts of the matters of notices, by notice; of several the newest."""
    asked = _binding().where(Contract.notice_number.in_(notice_numbers)).order_by(Contract.id)
    return {each.notice_number: each for each in _facts(work, asked)}


def with_new_amounts(work: Work, numbers: Collection[str]) -> set[str]:
    """Those of the matters HT-... whose amount both sides have agreed to change."""
    asked = (
        select(Contract.number)
        .join(ContractChange, ContractChange.contract_id == Contract.id)
        .where(
            Contract.number.in_(numbers),
            ContractChange.state == ChangeState.AGREED,
            ContractChange.amount_fen.is_not(None),
        )
    )
    return set(work.session.scalars(asked))


def _binding() -> Select[Contract]:
    return select(Contract).where(Contract.state.in_(BINDING))


def _facts(work: Work, asked: Select[Contract]) -> list[Facts]:
    rows = list(work.session.scalars(asked))
    ids = [row.id for row in rows]
    deliveries: dict[int, list[ContractDelivery]] = {}
    for delivery in work.session.scalars(
        select(ContractDelivery)
        .where(ContractDelivery.contract_id.in_(ids))
        .order_by(ContractDelivery.version)
    ):
        deliveries.setdefault(delivery.contract_id, []).append(delivery)
    payments: dict[int, list[ContractPayment]] = {}
    for payment in work.session.scalars(
        select(ContractPayment).where(
            ContractPayment.contract_id.in_(ids), ContractPayment.state.in_(tuple(SETTLED))
        )
    ):
        payments.setdefault(payment.contract_id, []).append(payment)
    changes = changes_of(work, ids)
    late = _late(work, {row.number for row in rows})
    calendar = workdays.calendar(work)
    return [
        _fact(
            row,
            deliveries.get(row.id, []),
            payments.get(row.id, []),
            changes.get(row.id, []),
            frozenset(late.get(row.number, ())),
            calendar,
        )
        for row in rows
    ]


def _late(work: Work, numbers: Collection[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind in (DELIVER, INSPECT, PAY):
        for due in windows_queries.of_kind(work, kind, numbers):
            if due.overdue_at is not None:
                found.setdefault(due.subject, set()).add(kind.name)
    return found


def _fact(
    row: Contract,
    deliveries: list[ContractDelivery],
    payments: Iterable[ContractPayment],
    changes: Iterable[Changed],
    late: frozenset[str],
    calendar: WorkCalendar,
) -> Facts:
    paid = list(payments)
    added = [each for each in changes if each.state is ChangeState.AGREED and each.days]
    last = deliveries[-1].delivered_at if deliveries else None
    used = None
    working = None
    if row.started_on is not None and row.accepted_at is not None and last is not None:
        used = (local_date(last) - row.started_on).days
        working = calendar.count(row.started_on, local_date(last))
    return Facts(
        **{name: getattr(row, name) for name in KEPT},
        matter=row.number,
        delivered_at=last,
        promised_days=row.service_days,
        granted_days=sum(each.days or 0 for each in added),
        own_days=sum(each.days or 0 for each in added if each.reason is Reason.OWN_DELAY),
        used_days=used,
        used_working_days=working,
        versions=len(deliveries),
        returns=sum(each.is_accepted is False for each in deliveries),
        payments=len(paid),
        paid_fen=sum(each.amount_fen for each in paid),
        late=late,
    )


KEPT = [
    field.name
    for field in dataclasses.fields(Facts)
    if field.name in {column.key for column in Contract.__table__.columns}
]


def hands(work: Work, notice_number: str) -> set[int]:
    """The people who registered, confirmed and accepted under a notice's award, or found why nobody
    signed it.
    """
    rows = [
        *work.session.execute(
            select(Contract.registered_by, Contract.confirmed_by, Contract.accepted_by).where(
                Contract.notice_number == notice_number
            )
        ),
        *work.session.execute(
            select(Unsigned.proposed_by, Unsigned.decided_by).where(
                Unsigned.notice_number == notice_number
            )
        ),
    ]
    return {person for row in rows for person in row if person is not None}


HANDS = {"contracts": hands}
"""Who worked on a matter, for whoever must not decide about what followed from it."""
