"""What happens beside the course of a case: who it is assigned to, orders from above (督办), joint
meetings (联席会议), and its way to bodies outside the platform and back (工单互转). Pure.

Source: docs/rules.md#ratings.
"""

import datetime as dt
import enum

from market.cases.rules import CaseState
from market.kernel.errors import Invalid, Refusal

MOST_DAYS = 30  # working days that an order from above may give
AGES = (5, 15, 30)
"""Working days since a case was opened at which the ageing list parts."""


class Elsewhere(enum.StrEnum):
    """A body outside the platform that a case is passed on to."""

    HOTLINE = "hotline"
    POLICE = "police"
    OTHER = "other"


class Back(enum.StrEnum):
    """How a case comes back from there."""

    ANSWERED = "answered"  # they have dealt with it: it is called back as what is rectified
    RETURNED = "returned"  # it is not theirs: it goes on here


def after_coming_back(back: Back, *, was_contacted: bool) -> CaseState:
    """Where a case stands that has come back: what is not theirs goes on where it was."""
    if back is Back.ANSWERED:
        return CaseState.RECTIFIED
    return CaseState.CONTACTED if was_contacted else CaseState.OPEN


def check_days(days: int) -> int:
    """The working days that an order from above gives. Refuses `case.days`."""
    if not 1 <= days <= MOST_DAYS:
        raise Invalid("case.days", field="days", most=MOST_DAYS)
    return days


def check_held(held_on: dt.date, today: dt.date) -> dt.date:
    """The day of a meeting that was held. Refuses `case.meeting_ahead`."""
    if held_on > today:
        raise Invalid("case.meeting_ahead", field="held_on")
    return held_on


def check_goes_on(state: CaseState) -> None:
    """Refuses `case.is_closed` for what has ended."""
    if state is CaseState.CLOSED:
        raise Refusal("case.is_closed")


def age_of(days: int) -> int:
    """Which part of the ageing list a case of so many working days belongs to: 0 is the youngest."""
    return sum(days > each for each in AGES)
