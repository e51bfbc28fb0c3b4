"""An owner's payments by the matters of this platform, for its public page."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, or_, select

from market.contracts.models import Contract, ContractPayment
from market.contracts.queries.books import loose, payers, spans, unregistered_of
from market.contracts.rules.books import DAY, Entry, Loose, is_covered
from market.contracts.rules.matter import COUNTED, PAY, SETTLED, ContractState, PaymentState
from market.contracts.rules.payment import Booked, Money, Paying, days_late, interest_fen, paying
from market.db import Work
from market.kernel.clock import local_date
from market.owners import queries as owners
from market.owners.rules import Kind as OwnerKind
from market.windows import queries as windows_queries
from market.windows.queries import Due

PUBLIC = (
    Contract.is_public_money.is_(True),
    or_(
        Contract.accepted_at.is_not(None),
        and_(Contract.state == ContractState.ENDED, Contract.amount_fen > 0),
    ),
)
"""Matters whose payments everybody may read: public money that is owed, for work that was accepted or
for what was done before an end.
"""


@dataclasses.dataclass(frozen=True)
class Owed:
    """One matter of public money whose payment has begun to run. Money in fen."""

    matter: str
    title: str
    amount_fen: int
    paid_fen: int
    disputed_fen: int
    waived_fen: int
    last_day: dt.date
    paid_on: dt.date | None
    state: Paying


@dataclasses.dataclass(frozen=True)
class Payments:
    """An owner's matters with money due, newest first, and how many there are of each state."""

    rows: tuple[Owed, ...]
    counts: Counter[Paying]


@dataclasses.dataclass(frozen=True)
class _Books:
    """What the finance office's books say: payments that are not registered, by contract; the days that
    they cover; the public bodies whose payments they have; the payments that no contract has.
    """

    missing: Mapping[int, Sequence[Entry]]
    spans: Sequence[tuple[dt.date, dt.date]]
    owners: Collection[int]
    loose: Sequence[Loose] = ()

    def of(self, row: Contract, due_fen: int, last_day: dt.date) -> Booked:
        """What they say of a matter with so much due (fen)."""
        found_fen = sum(entry.amount_fen for entry in self.missing.get(row.id, ()))
        if found_fen >= due_fen > 0:
            return Booked.PAID
        if row.accepted_at is None or row.owner_organisation_id not in self.owners:
            return Booked.SILENT
        since = min(row.signed_on, local_date(row.registered_at))
        parties = (row.owner_organisation_id, row.agency_organisation_id)
        if any(each.may_pay(row.award_number, *parties, since) for each in self.loose):
            return Booked.SILENT
        has_all = is_covered(self.spans, since, last_day + DAY)
        return Booked.UNPAID if has_all else Booked.SILENT


@dataclasses.dataclass(frozen=True)
class OfOwner:
    """One such matter, and the organisation that owes."""

    owner_id: int
    owed: Owed


def settled_payments(
    work: Work, numbers: Collection[str]
) -> dict[tuple[str, str, int], tuple[dt.date, int]]:
    """The payments of public money that stand, of contracts HT-...: by contract, winner and number, the
    day and the amount (fen).
    """
    asked = (
        select(
            Contract.number,
            Contract.winner,
            ContractPayment.no,
            ContractPayment.paid_on,
            ContractPayment.amount_fen,
        )
        .join(ContractPayment, ContractPayment.contract_id == Contract.id)
        .where(Contract.number.in_(numbers), ContractPayment.state.in_(tuple(SETTLED)), *PUBLIC)
    )
    return {
        (number, winner, no): (on, fen)
        for number, winner, no, on, fen in work.session.execute(asked)
    }


def payments_of(work: Work, organisation_id: int, limit: int = 500) -> Payments:
    """The payments of an owner by its matters of public money; social funds are not public."""
    rows = work.session.scalars(
        select(Contract)
        .where(
            Contract.owner_organisation_id == organisation_id,
            *PUBLIC,
        )
        .order_by(Contract.id.desc())
        .limit(limit)
    )
    found = _owed(work, rows.all())
    return Payments(tuple(found), Counter(each.state for each in found))


def owed_by_owners(work: Work, numbers: Collection[str]) -> dict[str, OfOwner]:
    """The matters HT-... of these numbers that pages of owners' payments have, by number."""
    asked = select(Contract).where(Contract.number.in_(numbers), *PUBLIC)
    rows = work.session.scalars(asked).all()
    return {
        row.number: OfOwner(row.owner_organisation_id, owed)
        for row, owed in zip(rows, _owed(work, rows), strict=True)
    }


def money_owed(work: Work, row: Contract) -> tuple[int, int]:
    """What of a matter is unpaid and not disputed (fen), and how many calendar days it is late; 0 and 0 before money is
    due.
    """
    if not windows_queries.of_kind(work, PAY, [row.number]):
        return 0, 0
    (owed,) = _owed(work, [row])
    left_fen = owed.amount_fen - owed.waived_fen - owed.disputed_fen - owed.paid_fen
    return left_fen, days_late(owed.last_day, work.today) if left_fen else 0


def late_interest(work: Work, number: str) -> tuple[int, int] | None:
    """Days that the unpaid amount of a matter is late, and what they cost in fen where the contract
    names no rate; None while nothing is late, and where the regulation of 2025 does not bind: an
    agency that did not declare itself a small or medium enterprise, private money.
    """
    row = work.session.scalar(
        select(Contract).where(Contract.number == number).order_by(Contract.id.desc()).limit(1)
    )
    if row is None or not bears_interest(row):
        return None
    left_fen, days = money_owed(work, row)
    if days == 0 or left_fen == 0:
        return None
    return days, interest_fen(left_fen, days)


def bears_interest(row: Contract) -> bool:
    """Whether lateness costs by the regulation; where nothing was declared at the signing it may."""
    return row.is_public_money and row.is_sme is not False


def _owed(work: Work, rows: Sequence[Contract]) -> list[Owed]:
    """How matters whose money is due stand with their money, in the order of `rows`."""
    payments: dict[int, list[ContractPayment]] = {row.id: [] for row in rows}
    asked = select(ContractPayment).where(ContractPayment.contract_id.in_(payments))
    for each in work.session.scalars(asked):
        payments[each.contract_id].append(each)
    dues: dict[str, list[Due]] = {row.number: [] for row in rows}
    for due in windows_queries.of_kind(work, PAY, dues):
        dues[due.subject].append(due)
    known = payers(work)
    held = [row for row in rows if row.owner_organisation_id in known]
    books = _Books(
        unregistered_of(work, payments),
        spans(work),
        {row.owner_organisation_id for row in held if _is_public_body(work, row)},
        loose(work),
    )
    return [_owed_one(row, payments[row.id], dues[row.number], books, work.today) for row in rows]


def _is_public_body(work: Work, row: Contract) -> bool:
    return owners.owner(work, row.owner_organisation_id).kind is OwnerKind.PUBLIC


def _owed_one(
    row: Contract,
    payments: Sequence[ContractPayment],
    dues: Sequence[Due],
    books: _Books,
    today: dt.date,
) -> Owed:
    counted = [each for each in payments if each.state in COUNTED]
    paid_fen = sum(each.amount_fen for each in counted)
    last_day = _last_day(dues)
    known = books.of(row, row.amount_fen - row.waived_fen - row.disputed_fen - paid_fen, last_day)
    money = Money(
        last_day=last_day,
        paid_on=max((each.paid_on for each in counted), default=None),
        is_whole=paid_fen == row.amount_fen - row.waived_fen - row.disputed_fen,
        is_disputed=row.disputed_fen > 0,
        books=known,
        is_denied=any(each.state is PaymentState.DENIED for each in payments),
    )
    return Owed(
        matter=row.number,
        title=row.title,
        amount_fen=row.amount_fen,
        paid_fen=paid_fen,
        disputed_fen=row.disputed_fen,
        waived_fen=row.waived_fen,
        last_day=money.last_day,
        paid_on=money.paid_on,
        state=paying(money, today),
    )


def _last_day(dues: Sequence[Due]) -> dt.date:
    """The last day of the newest window for paying: it stands still while a payment is looked at, and
    the day that was announced is the one that counts.
    """
    last = dues[-1].last_day
    if last is None:
        raise AssertionError("unreachable")
    return last
