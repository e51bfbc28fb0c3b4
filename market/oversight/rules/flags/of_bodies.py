"""Flags about bodies and about the system itself, over one month. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from market.kernel.clock import CHINA
from market.oversight.rules.flags.facts import Facts
from market.oversight.rules.flags.table import Flag, Numbers, Raised

OFTEN_LATE = "RF-33"
FAULTS = "RF-37"
SYSTEM = "system"
Month = tuple[dt.datetime, dt.datetime]


def month_before(now: dt.datetime) -> tuple[str, Month]:
    """The last whole month in China before an instant: 2026-02, with its instants (the end excluded)."""
    this = now.astimezone(CHINA).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    last = (this - dt.timedelta(days=1)).replace(day=1)
    return f"{last:%Y-%m}", (last, this)


def often_late(flag: Flag, ended: int, late: int) -> Numbers | None:
    """RF-33: of the duties of a body that fell due in a month, too many were late."""
    if ended < flag.least or late / ended <= flag.limits["share"]:
        return None
    return {"ended": ended, "late": late}


def faults(flag: Flag, draws: int, aborted: int, after_a_value: int) -> Numbers | None:
    """RF-37: too many draws of a month were aborted, or one after a value was out."""
    is_often = draws >= flag.least and aborted / draws > flag.limits["share"]
    if not is_often and not after_a_value:
        return None
    return {"draws": draws, "aborted": aborted, "after_a_value": after_a_value}


def of_bodies(
    flags: Mapping[str, Flag], ended: Mapping[int, tuple[int, int]], period: str
) -> Iterator[Raised]:
    """What a month's duties say of bodies; `ended` as `windows.queries.ended_for` gives it."""
    flag = flags.get(OFTEN_LATE)
    for body, (many, late) in sorted(ended.items()):
        if flag and (numbers := often_late(flag, many, late)):
            yield Raised(
                code=flag.code,
                subject=f"body:{body}",
                numbers=numbers,
                level=flag.level,
                period=period,
            )


def of_system(
    flags: Mapping[str, Flag], of_month: Iterable[Facts], period: str
) -> Iterator[Raised]:
    """What a month's draws say of the system; given are the selections that closed in it."""
    flag = flags.get(FAULTS)
    draws = [each.of for each in of_month if each.of.sealed_at is not None]
    aborted = [each for each in draws if each.is_aborted]
    after = sum(each.had_a_value for each in aborted)
    if flag and (numbers := faults(flag, len(draws), len(aborted), after)):
        yield Raised(
            code=flag.code, subject=SYSTEM, numbers=numbers, level=flag.level, period=period
        )
