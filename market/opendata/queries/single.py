"""One row by its key, and what has happened along the log: which rows to read anew, which are gone."""

import dataclasses
import re
from collections.abc import Collection

from market.db import Work
from market.ledger import queries as ledger
from market.ledger.queries import Entry, along
from market.opendata.queries.portions import SOURCES, FromLog, Row, finished, told
from market.opendata.rules import TABLES

KEY = re.compile(r"[0-9A-Za-z-]{1,60}", re.ASCII)
BY_SUBJECT = {
    "notices": re.compile(r"GG-.*"),
    "complaints": re.compile(r"TS-.*"),
    "credit_events_in_force": re.compile(r"JF-.*"),
    "owners": re.compile(r"YZ-.*"),
    "agencies": re.compile(r"A[0-9]{6,}"),
}
"""Tables whose key is the number under which the log speaks of the row."""
BY_COLUMN = ("items", "bodies")


def by_key() -> tuple[str, ...]:
    """The tables of which one row can be had by its key."""
    return (*BY_SUBJECT, *BY_COLUMN)


def one(work: Work, name: str, key: str) -> Row | None:
    """The row of a table with this key; None where there is none, or none any more."""
    if KEY.fullmatch(key) is None:
        return None
    size = ledger.size(work)
    source = SOURCES[name]
    if isinstance(source, FromLog):
        found = list(source.rows(work, _births(work, source, [key])))
    else:
        place = TABLES[name].names.index(TABLES[name].key[0])
        found = [each for each in source.rows(work) if each.values[place] == key]
    return finished(work, found, size)[0] if found else None


def was_there(work: Work, name: str, key: str) -> bool:
    """Whether the log has brought a row with this key."""
    source = SOURCES[name]
    if not isinstance(source, FromLog) or KEY.fullmatch(key) is None:
        return False
    return key in along.first_of(work, source.types, [key])


def _births(work: Work, source: FromLog, subjects: Collection[str]) -> list[Entry]:
    firsts = along.first_of(work, source.types, subjects)
    return [ledger.entry(work, index) for index in sorted(firsts.values())]


@dataclasses.dataclass(frozen=True)
class Change:
    """An entry of the log, and the row that it may have changed. `gone`: it is public no more."""

    log_index: int
    at: str
    type: str
    subject: str
    table: str | None
    url: str | None
    gone: bool


def changes(work: Work, first: int, end: int, limit: int) -> list[Change]:
    """What has happened from entry `first` on, below `end`; at most so many entries."""
    entries = ledger.after(work, first, min(limit, max(end - first, 0)))
    born: dict[str, str] = {}
    there: set[str] = set()
    for name, pattern in BY_SUBJECT.items():
        subjects = {each.subject for each in entries if pattern.fullmatch(each.subject)}
        source = SOURCES[name]
        if subjects and isinstance(source, FromLog):
            births = _births(work, source, subjects)
            born |= {birth.subject: name for birth in births}
            there |= {found.subject for found in source.rows(work, births)}
    return [_change(each, born.get(each.subject), each.subject in there) for each in entries]


def _change(entry: Entry, table: str | None, is_there: bool) -> Change:
    return Change(
        log_index=entry.index,
        at=told(entry.at),
        type=entry.type,
        subject=entry.subject,
        table=table,
        url=f"/api/v1/{table}/{entry.subject}" if table else None,
        gone=table is not None and not is_there,
    )
