"""Calendar months. Pure."""

import calendar
import datetime as dt


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of the month where that month has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year = index // 12
    month = index % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, min(day.day, last))
