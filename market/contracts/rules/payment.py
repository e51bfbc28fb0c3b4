"""Money that is due: who is late by what, and what a day of lateness costs (docs/rules.md#payment). Pure.

Source: 《保障中小企业款项支付条例》（国令第802号）第九条、第十五条、第十七条.
"""

import dataclasses
import datetime as dt
import enum

from market.windows.rules import Kind, Nature

REMIND = Kind("contracts.pay_remind", Nature.ACT, "付款提醒")
REMIND_AFTER = (15, 30)
"""Calendar days after the due at which the owner is reminded once more; at the due it is told that it is late."""
PAYMENT_WINDOWS = {REMIND.name: REMIND}
DAILY = 5
"""Ten-thousandths a day, where the contract says nothing (article 17)."""
TEN_THOUSAND = 10_000


class Paying(enum.StrEnum):
    """How a matter stands with its money. After the due nobody is called late while only the book may
    be behind: late is what the agency says has not come.
    """

    NOT_DUE = "not_due"
    PAID = "paid"
    PAID_LATE = "paid_late"
    UNREGISTERED = "unregistered"
    OVERDUE = "overdue"
    DISPUTED = "disputed"  # all that is not disputed is paid


class Booked(enum.StrEnum):
    """What the finance office's books say of what is not registered."""

    SILENT = "silent"  # they do not have all its days
    PAID = "paid"
    UNPAID = "unpaid"  # they have every day to behind the due, and no such payment


@dataclasses.dataclass(frozen=True, kw_only=True)
class Money:
    """What is known of a matter's money: the last day for paying, the day of the last payment that
    counts, whether all that is not disputed was registered, whether a part is disputed, whether the agency
    denied a payment, what the finance office's books say.
    """

    last_day: dt.date
    paid_on: dt.date | None
    is_whole: bool
    is_denied: bool
    is_disputed: bool = False
    books: Booked = Booked.SILENT


def paying(money: Money, today: dt.date) -> Paying:
    """How a matter stands with its money on a day."""
    if money.is_whole and money.is_disputed:
        return Paying.DISPUTED
    if money.is_whole:
        is_late = money.paid_on is not None and money.paid_on > money.last_day
        return Paying.PAID_LATE if is_late else Paying.PAID
    if today <= money.last_day:
        return Paying.NOT_DUE
    if money.books is Booked.PAID:
        return Paying.UNREGISTERED
    is_late = money.is_denied or money.books is Booked.UNPAID
    return Paying.OVERDUE if is_late else Paying.UNREGISTERED


def days_late(last_day: dt.date, paid_on: dt.date) -> int:
    """Calendar days after the last day; 0 in time."""
    return max((paid_on - last_day).days, 0)


def interest_fen(overdue_fen: int, days: int) -> int:
    """Interest for late payment where the contract names no rate: 0.05 % a day, half up to a fen.

    50,000.00 yuan twelve days late cost 300.00.
    """
    return (overdue_fen * DAILY * days + TEN_THOUSAND // 2) // TEN_THOUSAND
