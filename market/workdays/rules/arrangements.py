"""An arrangement of days off and make-up working days (放假调休安排): its form, its faults, what it changes.

The form is the widely mirrored JSON `{year, papers[], days: [{name, date, isOffDay}]}`: exceptions only.
"""
import dataclasses
import datetime as dt
import enum
import json
import re
from collections import Counter
from typing import Any

from market.kernel.errors import Invalid
from market.kernel.states import move
from market.workdays.rules.statutory import FIRST_YEAR, LAST_YEAR, statutory_days

COUNTRY = "CN"
DOCUMENT_NUMBER = re.compile(r"\S+〔\d{4}〕\d+号")
WEEKEND = 5
LONGEST_NAME = 20
SOURCE = re.compile(r"(https?://[!-~]+)?")
# A notice for a year may change the last days of the year before (it did in 2008, 2012, 2019), from 29 December on.
LAST_UNTOUCHED = (12, 28)


class State(enum.StrEnum):
    """An imported arrangement counts for nothing until a second person approves it."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


NEXT = {State.PROPOSED: {State.APPROVED, State.REJECTED}}


def move_state(old: State, new: State) -> State:
    """The step, or the refusal `workdays.wrong_state`."""
    return move(NEXT, old, new, "workdays.wrong_state")


@dataclasses.dataclass(frozen=True)
class Day:
    """One exception to Monday-Friday."""

    date: dt.date
    is_working: bool
    name: str


@dataclasses.dataclass(frozen=True)
class Arrangement:
    """One version of a region's arrangement for a year, whole: a correction is a new version with every day again."""

    region: str
    year: int
    version: int
    document_number: str
    title: str
    source_url: str
    issued_on: dt.date
    days: tuple[Day, ...]

    @property
    def key(self) -> str:
        """How a deadline cites it: CN-2026-1."""
        return f"{self.region}-{self.year}-{self.version}"


@dataclasses.dataclass(frozen=True)
class Finding:
    """One fault of an arrangement: a code for the words, and the day, name or text at fault."""

    code: str
    at: str


@dataclasses.dataclass(frozen=True)
class Change:
    """A day that is working in one calendar and not in the other."""

    date: dt.date
    becomes_working: bool
    name: str


@dataclasses.dataclass(frozen=True)
class Parsed:
    """What an uploaded file says."""

    year: int
    papers: tuple[str, ...]
    days: tuple[Day, ...]


class Faulty(Invalid):
    """An arrangement that may not be imported, with everything that is wrong with it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("workdays.faulty", field="file")
        self.findings = findings


def decode(file: bytes) -> str:
    """The text of an uploaded file, UTF-8 with or without its mark. Refused: `workdays.unreadable_file`."""
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Invalid("workdays.unreadable_file", field="file", fault=str(fault)) from fault


def parse(text: str) -> Parsed:
    """Read the mirrored JSON form. Refused: `workdays.unreadable_file`, saying where."""
    try:
        body = json.loads(text)
        days = tuple(sorted((_day(item) for item in body["days"]), key=lambda day: day.date))
        return Parsed(int(body["year"]), tuple(str(paper) for paper in body.get("papers", ())), days)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as fault:
        raise Invalid("workdays.unreadable_file", field="file", fault=str(fault)) from fault


def _day(item: Any) -> Day:
    if not isinstance(item["isOffDay"], bool):
        raise ValueError(f"isOffDay: {item['isOffDay']!r}")
    name = str(item["name"])
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise ValueError(f"name: {name[:LONGEST_NAME]!r}")
    return Day(dt.date.fromisoformat(item["date"]), not item["isOffDay"], name)


def first_touched(year: int) -> dt.date:
    """The first day that an arrangement for the year may speak of: 29 December of the year before."""
    return dt.date(year - 1, *LAST_UNTOUCHED) + dt.timedelta(days=1)


def faults(arrangement: Arrangement) -> tuple[Finding, ...]:
    """Everything wrong with an arrangement, told at once (一次性告知); empty when it may be approved.

    A national one must have every statutory day (13 from 2025, 11 before) present and off; make-up days fall on
    weekends; each holiday is one unbroken stretch; no day twice; no day outside the year; a document number; a source
    that is a web address or empty.
    """
    if not FIRST_YEAR <= arrangement.year <= LAST_YEAR:
        return (Finding("workdays.year_not_covered", str(arrangement.year)),)
    return (*_document_faults(arrangement), *_statutory_faults(arrangement), *_day_faults(arrangement),
            *_stretch_faults(arrangement))


def _document_faults(arrangement: Arrangement) -> list[Finding]:
    number, source = arrangement.document_number, arrangement.source_url
    found = [] if DOCUMENT_NUMBER.fullmatch(number) else [Finding("workdays.no_document_number", number)]
    return found if SOURCE.fullmatch(source) else [*found, Finding("workdays.no_web_address", source)]


def _statutory_faults(arrangement: Arrangement) -> list[Finding]:
    if arrangement.region != COUNTRY:
        return []
    off = {day.date for day in arrangement.days if not day.is_working}
    missing = (day for day in statutory_days(arrangement.year) if day not in off)
    return [Finding("workdays.statutory_day_missing", day.isoformat()) for day in missing]


def _day_faults(arrangement: Arrangement) -> list[Finding]:
    first, last = first_touched(arrangement.year), dt.date(arrangement.year, 12, 31)
    times = Counter(day.date for day in arrangement.days)
    twice = [Finding("workdays.day_twice", day.isoformat()) for day, count in times.items() if count > 1]
    outside = [Finding("workdays.day_outside_year", day.isoformat()) for day in times if not first <= day <= last]
    weekdays = [Finding("workdays.make_up_on_weekday", day.date.isoformat()) for day in arrangement.days
                if day.is_working and day.date.weekday() < WEEKEND]
    return twice + outside + weekdays


def _stretch_faults(arrangement: Arrangement) -> list[Finding]:
    """Between the first and the last day of one holiday nobody works: a weekend in between need not be listed."""
    off = {day.date for day in arrangement.days if not day.is_working}
    working = {day.date for day in arrangement.days if day.is_working}
    found = []
    for name in dict.fromkeys(day.name for day in arrangement.days if not day.is_working):
        dates = [day.date for day in arrangement.days if day.name == name and not day.is_working]
        between = (min(dates) + dt.timedelta(days=offset) for offset in range((max(dates) - min(dates)).days))
        if any(day in working or (day not in off and day.weekday() < WEEKEND) for day in between):
            found.append(Finding("workdays.holiday_broken", name))
    return found
