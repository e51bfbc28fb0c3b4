"""The working days of a region, indexed so that a deadline is two list look-ups."""

import dataclasses
import datetime as dt
import enum
import re
from collections.abc import Iterable
from itertools import accumulate, compress

from market.kernel.errors import Invalid, Refusal
from market.workdays.rules.arrangements import (
    COUNTRY,
    LAST_UNTOUCHED,
    WEEKEND,
    Arrangement,
    Change,
    Day,
    first_touched,
)
from market.workdays.rules.statutory import FIRST_YEAR, LAST_YEAR, statutory_days

REGION = re.compile(r"CN|\d{2}|\d{4}|\d{6}")
FIRST = dt.date(FIRST_YEAR, 1, 1)
LAST = dt.date(LAST_YEAR, 12, 31)
BASE = FIRST.toordinal()
WEEK = b"\1\1\1\1\1\0\0"  # FIRST, 1 January 2018, is a Monday.


class DayKind(enum.StrEnum):
    """What a day is to the public."""

    WORKING = "working"
    REST = "rest"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"


@dataclasses.dataclass(frozen=True)
class Stretch:
    """One holiday of a year: its days off from first to last, and the weekends worked for it."""

    name: str
    first: dt.date
    last: dt.date
    made_up: tuple[dt.date, ...]


def chain(region: str) -> tuple[str, ...]:
    """The regions whose arrangements hold in a region, farthest first: 360481 gives CN, 36, 3604,
    360481.

    Refused: `workdays.unknown_region` for anything but CN or a division code of 2, 4 or 6 digits.
    """
    if REGION.fullmatch(region) is None:
        raise Invalid("workdays.unknown_region", field="region", region=region)
    own = (
        ()
        if region == COUNTRY
        else tuple(region[:length] for length in range(2, len(region) + 1, 2))
    )
    return (COUNTRY, *own)


class WorkCalendar:
    """Which days of 2018-2050 are working days in a region. Immutable, cheap to ask, built in about
    a millisecond.

    Of each region and year the newest version holds, whole. The nearest region's word on a day
    wins; a day nobody speaks of is Monday-Friday. A year that the country has not arranged has its
    statutory days off and no make-up days (a Saturday or Sunday worked in exchange for a day off is
    an exception like the day off itself), and everything after `confirmed_through` is provisional:
    28 December of the last year before the first gap, because the next year's notice may still
    change the three days after it.
    """

    __slots__ = (
        "_exceptions",
        "_keys",
        "_upto",
        "_works",
        "arrangements",
        "confirmed_through",
        "deadlines",
        "region",
    )

    def __init__(self, region: str, arrangements: Iterable[Arrangement]) -> None:
        newest: dict[tuple[str, int], Arrangement] = {}
        for one in sorted(arrangements, key=lambda one: one.version):
            newest[one.region, one.year] = one
        regions = chain(region)
        self.region = region
        self.arrangements = tuple(
            sorted(
                (one for one in newest.values() if one.region in regions),
                key=lambda one: (len(one.region), one.region != COUNTRY, one.year),
            )
        )
        self._exceptions = _exceptions(self.arrangements)
        published = {one.year for one in self.arrangements if one.region == COUNTRY}
        self.confirmed_through = dt.date(_last_without_gap(published), *LAST_UNTOUCHED)
        self.deadlines: dict[tuple[object, ...], object] = {}  # what counting.py has counted
        self._index()

    def _index(self) -> None:
        """`_upto[i]` is the number of working days from FIRST to its i-th day; `_works` lists them
        as ordinals.
        """
        length = LAST.toordinal() - BASE + 1
        working = bytearray((WEEK * (length // 7 + 1))[:length])
        # Here a make-up Saturday becomes a working day, and with it one of every deadline's days.
        for day, exception in self._exceptions.items():
            if FIRST <= day <= LAST:
                working[day.toordinal() - BASE] = exception.is_working
        self._upto = list(accumulate(working))
        self._works = list(compress(range(BASE, BASE + length), working))
        self._keys = {
            year: tuple(one.key for one in self.arrangements if one.year == year)
            for year in range(FIRST_YEAR, LAST_YEAR + 2)
        }

    def is_working(self, day: dt.date) -> bool:
        """Whether offices work on that day. Refused: `workdays.outside_calendar` before 2018 and
        after 2050.
        """
        place = self._place(day)
        return self._upto[place] > (self._upto[place - 1] if place else 0)

    def is_confirmed(self, day: dt.date) -> bool:
        """Whether the arrangements that decide this day are all published."""
        return day <= self.confirmed_through

    def kind(self, day: dt.date) -> DayKind:
        """What the public calendar shows for the day."""
        at_weekend = day.weekday() >= WEEKEND
        if self.is_working(day):
            return DayKind.MAKE_UP if at_weekend else DayKind.WORKING
        return DayKind.HOLIDAY if day in self._exceptions else DayKind.REST

    def name(self, day: dt.date) -> str | None:
        """The holiday to which a day off or a make-up day belongs."""
        exception = self._exceptions.get(day)
        return exception.name if exception else None

    def nth_after(self, day: dt.date, n: int) -> dt.date:
        """The n-th working day after a day, which itself is never counted (R3); n is at least 1."""
        place = self._upto[self._place(day)] + n - 1
        if place >= len(self._works):
            raise Refusal("workdays.outside_calendar", field="trigger", first=FIRST, last=LAST)
        return dt.date.fromordinal(self._works[place])

    def nth_before(self, day: dt.date, n: int) -> dt.date:
        """The n-th working day before a day, which itself is not counted; n is at least 1."""
        place = self._upto[self._place(day)] - self.is_working(day) - n
        if place < 0:
            raise Refusal("workdays.outside_calendar", field="trigger", first=FIRST, last=LAST)
        return dt.date.fromordinal(self._works[place])

    def first_from(self, day: dt.date) -> dt.date:
        """The day itself when it is a working day, else the next one (R5)."""
        return day if self.is_working(day) else self.nth_after(day, 1)

    def count(self, after: dt.date, through: dt.date) -> int:
        """The number of working days after one day through another; negative when the second is
        earlier.
        """
        return self._upto[self._place(through)] - self._upto[self._place(after)]

    def keys(self, first: dt.date, last: dt.date) -> tuple[str, ...]:
        """The arrangements on which the days from one to another rest, as `Arrangement.key`."""
        through = last.year + ((last.month, last.day) > LAST_UNTOUCHED)
        if first.year == through:
            return self._keys[through]
        return tuple(key for year in range(first.year, through + 1) for key in self._keys[year])

    def changes(self, after: "WorkCalendar") -> tuple[Change, ...]:
        """The days on which this calendar and a later one disagree, in order."""
        days = sorted({*self._exceptions, *after._exceptions})
        return tuple(
            Change(day, after.is_working(day), after.name(day) or self.name(day) or "")
            for day in days
            if FIRST <= day <= LAST and self.is_working(day) != after.is_working(day)
        )

    def stretches(self, year: int) -> tuple[Stretch, ...]:
        """The holidays of a year in order, with those of its last days that began the year before."""
        days = [
            day
            for day in sorted(self._exceptions)
            if first_touched(year) <= day < first_touched(year + 1)
        ]
        names = dict.fromkeys(
            self._exceptions[day].name for day in days if not self._exceptions[day].is_working
        )
        found = []
        for name in names:
            own = [self._exceptions[day] for day in days if self._exceptions[day].name == name]
            off = [day.date for day in own if not day.is_working]
            found.append(
                Stretch(name, off[0], off[-1], tuple(day.date for day in own if day.is_working))
            )
        return tuple(found)

    def _place(self, day: dt.date) -> int:
        if not FIRST <= day <= LAST:
            raise Refusal("workdays.outside_calendar", field="trigger", first=FIRST, last=LAST)
        return day.toordinal() - BASE


def _last_without_gap(published: set[int]) -> int:
    """The last year up to which every year from the first one on is published."""
    year = FIRST_YEAR
    while year in published:
        year += 1
    return year - 1


def _exceptions(arrangements: tuple[Arrangement, ...]) -> dict[dt.date, Day]:
    """Every day that is not simply Monday-Friday; later layers, which are nearer, overwrite."""
    published = {one.year for one in arrangements if one.region == COUNTRY}
    by_law = [
        Day(day, is_working=False, name=name)
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
        if year not in published
        for day, name in statutory_days(year).items()
    ]
    return {day.date: day for day in (*by_law, *(day for one in arrangements for day in one.days))}
