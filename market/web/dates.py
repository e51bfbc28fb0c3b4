"""Days and instants as people type them."""

import datetime as dt
import re
from collections.abc import Iterable

from market.kernel.clock import CHINA

DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
CLOCK = re.compile(r"(\d{1,2})[:时点](\d{1,2})?(?:[:分](\d{2})秒?|分)?")


def read_date(typed: str) -> dt.date | None:
    """The day that a text means, or None."""
    found = DATE.fullmatch(typed) or COMPACT_DATE.fullmatch(typed)
    return _day(found.groups()) if found else None


def _day(parts: Iterable[str]) -> dt.date | None:
    year, month, day = (int(part) for part in parts)
    try:
        return dt.date(year, month, day) if 1900 <= year <= 2200 else None
    except ValueError:
        return None


def read_instant(typed: str) -> dt.datetime | None:
    """The aware UTC instant that a text of Beijing time means, or None."""
    found = re.fullmatch(r"(\S+?日?)(?:[T\s]+|(?<=日))(\S+)", typed)
    day = read_date(found[1]) if found else None
    time = CLOCK.fullmatch(found[2]) if found else None
    if day is None or time is None:
        return None
    hour, minute, second = (int(part or 0) for part in time.groups())
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    midnight = dt.datetime.combine(day, dt.time(), CHINA)
    return (midnight + dt.timedelta(hours=hour, minutes=minute, seconds=second)).astimezone(dt.UTC)
