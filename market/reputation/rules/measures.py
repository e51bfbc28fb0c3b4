"""A suspension of entries (暂停报名) or a removal (清退) that follows from a record: on its article,
within its cap. Pure.

Source: docs/rules.md#credit; 《优化营商环境条例》第六十四条. 提醒 follows of itself from every record.
"""

import datetime as dt
import enum
from collections.abc import Mapping

from market.kernel.errors import Invalid, Refusal
from market.kernel.states import move
from market.reputation.rules.events import CreditState
from market.windows import rules as windows


class MeasureKind(enum.StrEnum):
    """What an agency's conduct may lead to where an article in law says so."""

    SUSPENSION = "suspension"
    REMOVAL = "removal"


SAID: Mapping[MeasureKind, tuple[str, ...]] = {
    MeasureKind.SUSPENSION: ("暂停报名", "清退"),
    MeasureKind.REMOVAL: ("清退",),
}
"""What the measure of a line says where such a one may follow from it; the graver holds the milder."""


class MeasureState(enum.StrEnum):
    """Where a suspension stands."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    DROPPED = "dropped"
    ENDED = "ended"


MEASURE_NEXT: dict[MeasureState, frozenset[MeasureState]] = {
    MeasureState.PROPOSED: frozenset({MeasureState.IN_FORCE, MeasureState.DROPPED}),
    MeasureState.IN_FORCE: frozenset({MeasureState.ENDED}),
}
MEASURE_STATEMENT = windows.Kind(
    "credit.measure_statement", windows.Nature.RIGHT, "拟暂停报名的陈述申辩"
)
SUSPENDED = windows.Kind("credit.suspended", windows.Nature.ACT, "暂停报名到期恢复")


def move_measure(old: MeasureState, new: MeasureState) -> MeasureState:
    """The step, or the refusal `credit.measure_state`."""
    return move(MEASURE_NEXT, old, new, "credit.measure_state")


def may_follow(
    kind: MeasureKind, state: CreditState, measure: str, article: str, cap_days: int | None
) -> bool:
    """Whether a measure may follow from a record at all: it stands, its line says so, and an article
    in law with a cap is named.
    """
    return (
        state is CreditState.IN_FORCE
        and any(word in measure for word in SAID[kind])
        and bool(article)
        and cap_days is not None
    )


def check_days(days: int | None, cap_days: int) -> int:
    """The calendar days of a suspension, at most those of its article. Refuses `credit.days`."""
    if days is None or not 1 <= days <= cap_days:
        raise Invalid("credit.days", field="days", most=cap_days)
    return days


def check_may_follow(
    kind: MeasureKind, state: CreditState, measure: str, article: str, cap_days: int | None
) -> int:
    """The cap of the record's article, in calendar days. Refuses `credit.no_measure`."""
    if cap_days is None or not may_follow(kind, state, measure, article, cap_days):
        raise Refusal("credit.no_measure")
    return cap_days


def last_day(today: dt.date, days: int) -> dt.date:
    """The last day of a suspension that begins today: today is not counted."""
    return today + dt.timedelta(days=days)
