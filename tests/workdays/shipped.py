"""The arrangements that the product ships, read as the product reads them."""

import datetime as dt
import functools
from zoneinfo import ZoneInfo

from market.workdays.rules import Arrangement, WorkCalendar
from market.workdays.shipped import arrangements

CHINA = ZoneInfo("Asia/Shanghai")


@functools.cache
def shipped() -> tuple[Arrangement, ...]:
    """Every version that is in the box, corrections too."""
    return arrangements()


@functools.cache
def official() -> WorkCalendar:
    """The country's calendar of 2018-2026."""
    return WorkCalendar("CN", shipped())


def local(text: str) -> dt.datetime:
    """The instant of a wall-clock time in China, e.g. `2026-03-11 10:00`."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=CHINA)


def arranged(year: int, version: int = 1) -> Arrangement:
    """One shipped arrangement."""
    return next(one for one in shipped() if (one.year, one.version) == (year, version))
