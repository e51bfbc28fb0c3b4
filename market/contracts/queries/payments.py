"""An owner's payments by the matters of this platform, for its public page."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from market.contracts.models import Contract, ContractPayment
from market.contracts.rules.matter import COUNTED, PAY, PaymentState
from market.contracts.rules.payment import Money, Paying, days_late, interest_fen, paying
from market.db import Work
from market.windows import queries as windows_queries
from market.windows.queries import Due


@dataclasses.dataclass(frozen=True)
class Owed:
    """One matter of public money whose payment has begun to run. Money in fen."""

    matter: str
    title: str
    amount_fen: int
    paid_fen: int
    last_day: dt.date
    paid_on: dt.date | None
    state: Paying


@dataclasses.dataclass(frozen=True)
class Payments:
    """An owner's matters with money due, newest first, and how many there are of each state."""

    rows: tuple[Owed, ...]
    counts: Counter[Paying]


def payments_of(work: Work, organisation_id: int, limit: int = 500) -> Payments:
    """The payments of an owner by its matters of public money; social funds are not public."""
    rows = work.session.scalars(
        select(Contract)
        .where(
            Contract.owner_organisation_id == organisation_id,
            Contract.is_public_money.is_(True),
            Contract.accepted_at.is_not(None),
        )
        .order_by(Contract.id.desc())
        .limit(limit)
    )
    found = [_owed(work, row) for row in rows]
    return Payments(tuple(found), Counter(each.state for each in found))


def late_interest(work: Work, number: str) -> tuple[int, int] | None:
    """Days that the unpaid amount of a matter is late, and what they cost in fen where the contract
    names no rate; None while nothing is late.
    """
    row = work.session.scalar(
        select(Contract).where(Contract.number == number).order_by(Contract.id.desc()).limit(1)
    )
    if row is None or row.accepted_at is None:
        return None
    owed = _owed(work, row)
    days = days_late(owed.last_day, work.today)
    left_fen = owed.amount_fen - owed.paid_fen
    if days == 0 or left_fen == 0:
        return None
    return days, interest_fen(left_fen, days)


def _owed(work: Work, row: Contract) -> Owed:
    payments = list(
        work.session.scalars(select(ContractPayment).where(ContractPayment.contract_id == row.id))
    )
    counted = [each for each in payments if each.state in COUNTED]
    paid_fen = sum(each.amount_fen for each in counted)
    money = Money(
        last_day=_last_day(windows_queries.of_kind(work, PAY, {row.number})),
        paid_on=max((each.paid_on for each in counted), default=None),
        is_whole=paid_fen == row.amount_fen,
        is_denied=any(each.state is PaymentState.DENIED for each in payments),
    )
    return Owed(
        matter=row.number,
        title=row.title,
        amount_fen=row.amount_fen,
        paid_fen=paid_fen,
        last_day=money.last_day,
        paid_on=money.paid_on,
        state=paying(money, work.today),
    )


def _last_day(dues: Sequence[Due]) -> dt.date:
    """The last day of the newest window for paying: it stands still while a payment is looked at, and
    the day that was announced is the one that counts.
    """
    last = dues[-1].last_day
    if last is None:
        raise AssertionError("unreachable")
    return last
