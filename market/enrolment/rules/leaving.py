"""Leaving the marketplace: of one's own will (退出), or by a decision (清退) after which one may
come back. Pure.
"""

import datetime as dt
import enum

from market.kernel.errors import Invalid, Refusal


class Leave(enum.StrEnum):
    """How an agency leaves."""

    EXIT = "exit"
    REMOVAL = "removal"


class End(enum.StrEnum):
    """How a procedure of leaving ended."""

    LEFT = "left"
    STAYED = "stayed"


def check_barred_until(day: dt.date, today: dt.date, cap_days: int) -> None:
    """The last day without a new application lies ahead, at most the calendar days that the article
    allows. Refuses `agency.barred_until` (field).
    """
    if not 0 < (day - today).days <= cap_days:
        last = today + dt.timedelta(days=cap_days)
        raise Invalid("agency.barred_until", field="barred_until", last=last.isoformat())


def check_may_return(barred_until: dt.date | None, today: dt.date) -> None:
    """After a removal a new application waits for its day. Refuses `agency.barred`."""
    if barred_until is not None and today <= barred_until:
        raise Refusal("agency.barred", until=barred_until)


def is_still_suspended(
    suspended_at: dt.datetime | None, until: dt.date | None, today: dt.date
) -> bool:
    """Whether a suspension from before the procedure goes on after it (its last day included)."""
    return suspended_at is not None and (until is None or today <= until)
