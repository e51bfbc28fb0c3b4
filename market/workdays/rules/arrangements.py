"""An arrangement of days off and make-up working days (放假调休安排): its form, its faults, what it
changes.

The form is the widely mirrored JSON `{year, papers[], days: [{name, date, isOffDay}]}`: exceptions
only.
"""

import dataclasses
import datetime as dt
import enum
import json
import re
from collections import Counter

from market.kernel.errors import Invalid
from market.kernel.states import move
from market.workdays.rules.statutory import FIRST_YEAR, LAST_YEAR, statutory_days

COUNTRY = "CN"
DOCUMENT_NUMBER = re.compile(r"\S+〔\d{4}〕\d+号")
WEEKEND = 5
LONGEST_NAME = 20
MOST_FINDINGS = 50  # of a file that is something else altogether
YEAR = re.compile(r"[12][0-9]{3}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SOURCE = re.compile(r"(https?://[!-~]+)?")
# A notice for a year may change the last days of the year before (it did in 2008, 2012, 2019), from
# 29 December on.
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
    """One version of a region's arrangement for a year, whole: a correction is a new version with
    every day again.
    """

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
    """The text of an uploaded file, UTF-8 with or without its mark. Refused: `workdays.not_text`,
    saying at which byte.
    """
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Invalid("workdays.not_text", field="file", at=fault.start + 1) from fault


def parse(text: str) -> Parsed:
    """Read the mirrored JSON form. Refused: `workdays.not_json`, saying in which line and column;
    `workdays.not_an_arrangement`; `workdays.faulty` with every field that cannot be read, each
    named with its item.
    """
    body = _object(text)
    if not isinstance(body, dict):
        raise Invalid("workdays.not_an_arrangement", field="file")
    year = body.get("year")
    papers = body.get("papers", [])
    items = body.get("days")
    found = [] if YEAR.fullmatch(str(year)) else [Finding("workdays.file_year", "year")]
    if not (isinstance(papers, list) and all(str(paper).isprintable() for paper in papers)):
        found.append(Finding("workdays.file_papers", "papers"))
    if not isinstance(items, list):
        found.append(Finding("workdays.file_days", "days"))
    numbered = list(enumerate(items if isinstance(items, list) else (), 1))
    found += [Finding(code, str(place)) for place, item in numbered for code in _unreadable(item)]
    if found:
        raise Faulty(tuple(found[:MOST_FINDINGS]))
    days = (
        Day(dt.date.fromisoformat(item["date"]), not item["isOffDay"], item["name"])
        for _, item in numbered
    )
    return Parsed(
        int(str(year)), tuple(map(str, papers)), tuple(sorted(days, key=lambda day: day.date))
    )


def _object(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        raise Invalid(
            "workdays.not_json", field="file", line=fault.lineno, column=fault.colno
        ) from fault
    except (
        ValueError,
        RecursionError,
    ) as fault:  # a number of thousands of digits, brackets thousands deep
        raise Invalid("workdays.not_an_arrangement", field="file") from fault


def _unreadable(item: object) -> list[str]:
    """Which fields of one day cannot be read, as codes of findings."""
    if not isinstance(item, dict):
        return ["workdays.item_form"]
    return [
        code
        for code, is_fine in (
            ("workdays.item_name", _is_name(item.get("name"))),
            ("workdays.item_date", _is_date(item.get("date"))),
            ("workdays.item_off", isinstance(item.get("isOffDay"), bool)),
        )
        if not is_fine
    ]


def _is_name(said: object) -> bool:
    return isinstance(said, str) and 1 <= len(said) <= LONGEST_NAME and said.isprintable()


def _is_date(said: object) -> bool:
    if not isinstance(said, str) or DATE.fullmatch(said) is None:
        return False
    try:
        dt.date.fromisoformat(said)
    except ValueError:
        return False
    return True


def first_touched(year: int) -> dt.date:
    """The first day that an arrangement for the year may speak of: 29 December of the year before."""
    return dt.date(year - 1, *LAST_UNTOUCHED) + dt.timedelta(days=1)


def faults(arrangement: Arrangement) -> tuple[Finding, ...]:
    """Everything wrong with an arrangement, told at once (一次性告知); empty when it may be
    approved.

    A national one must have every statutory day (13 from 2025, 11 before) present and off; make-up
    days fall on weekends; each holiday is one unbroken stretch; no day twice; no day outside the
    year; a document number; a source that is a web address or empty.
    """
    if not FIRST_YEAR <= arrangement.year <= LAST_YEAR:
        return (Finding("workdays.year_not_covered", str(arrangement.year)),)
    return (
        *_document_faults(arrangement),
        *_statutory_faults(arrangement),
        *_day_faults(arrangement),
        *_stretch_faults(arrangement),
    )


def _document_faults(arrangement: Arrangement) -> list[Finding]:
    number = arrangement.document_number
    source = arrangement.source_url
    found = (
        []
        if DOCUMENT_NUMBER.fullmatch(number)
        else [Finding("workdays.no_document_number", number)]
    )
    return (
        found if SOURCE.fullmatch(source) else [*found, Finding("workdays.no_web_address", source)]
    )


def _statutory_faults(arrangement: Arrangement) -> list[Finding]:
    if arrangement.region != COUNTRY:
        return []
    off = {day.date for day in arrangement.days if not day.is_working}
    missing = (day for day in statutory_days(arrangement.year) if day not in off)
    return [Finding("workdays.statutory_day_missing", day.isoformat()) for day in missing]


def _day_faults(arrangement: Arrangement) -> list[Finding]:
    first = first_touched(arrangement.year)
    last = dt.date(arrangement.year, 12, 31)
    times = Counter(day.date for day in arrangement.days)
    twice = [
        Finding("workdays.day_twice", day.isoformat()) for day, count in times.items() if count > 1
    ]
    outside = [
        Finding("workdays.day_outside_year", day.isoformat())
        for day in times
        if not first <= day <= last
    ]
    weekdays = [
        Finding("workdays.make_up_on_weekday", day.date.isoformat())
        for day in arrangement.days
        if day.is_working and day.date.weekday() < WEEKEND and not _resumes(day.date, arrangement)
    ]
    return twice + outside + weekdays


def _resumes(day: dt.date, arrangement: Arrangement) -> bool:
    """Whether work begins again on that day: a notice may say so of a weekday, as that of 2020 does
    of Monday 3 February (国办发明电〔2020〕1号: 2月3日（星期一）起正常上班).
    """
    before = day - dt.timedelta(days=1)
    return any(each.date == before and not each.is_working for each in arrangement.days)


def _stretch_faults(arrangement: Arrangement) -> list[Finding]:
    """Between the first and the last day of one holiday nobody works: a weekend in between need not
    be listed.
    """
    off = {day.date for day in arrangement.days if not day.is_working}
    working = {day.date for day in arrangement.days if day.is_working}
    found = []
    for name in dict.fromkeys(day.name for day in arrangement.days if not day.is_working):
        dates = [day.date for day in arrangement.days if day.name == name and not day.is_working]
        between = (
            min(dates) + dt.timedelta(days=offset)
            for offset in range((max(dates) - min(dates)).days)
        )
        if any(day in working or (day not in off and day.weekday() < WEEKEND) for day in between):
            found.append(Finding("workdays.holiday_broken", name))
    return found
