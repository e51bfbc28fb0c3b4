"""Reading along the log: which entries of some types come next, the first and the newest of some
subjects. The statements are prepared: a page of open data asks several of them.
"""

import datetime as dt
import functools
from collections.abc import Collection

from sqlalchemy import ColumnElement, bindparam, func, literal, select

from market.db import Work
from market.ledger.models import LogLeaf
from market.ledger.queries import COLUMNS, Entry
from market.prepared import Many, Prepared


def of_types(
    work: Work, types: Collection[str], first: int, end: int, limit: int = 500
) -> list[Entry]:
    """Entries of these types with `first` <= index < `end`, oldest first."""
    rows = _of_types(tuple(types)).rows(work, first=first, end=end, most=limit)
    return [Entry(*row) for row in rows]


@functools.cache
def _of_types(types: tuple[str, ...]) -> Prepared:
    return Prepared(
        select(*COLUMNS)
        .where(
            _is_one_of(types),
            LogLeaf.idx >= bindparam("first"),
            LogLeaf.idx < bindparam("end"),
        )
        .order_by(LogLeaf.idx)
        .limit(bindparam("most"))
    )


def closed_between(
    work: Work, types: Collection[str], since: dt.datetime, until: dt.datetime
) -> list[tuple[int, str, str, dt.datetime]]:
    """Index, type, subject and instant of the entries of these types with since <= instant < until,
    oldest first.
    """
    rows = work.session.execute(
        select(LogLeaf.idx, LogLeaf.type, LogLeaf.subject, LogLeaf.at)
        .where(LogLeaf.type.in_(types), LogLeaf.at >= since, LogLeaf.at < until)
        .order_by(LogLeaf.idx)
    )
    return [(row.idx, row.type, row.subject, row.at) for row in rows]


def _is_one_of(types: tuple[str, ...]) -> ColumnElement[bool]:
    return LogLeaf.type.in_([literal(each) for each in types])


def about(work: Work, subjects: Collection[str], types: Collection[str]) -> list[Entry]:
    """Every entry of these types about these subjects, oldest first."""
    asked = (
        select(*COLUMNS)
        .where(LogLeaf.subject.in_(subjects), LogLeaf.type.in_(types))
        .order_by(LogLeaf.idx)
    )
    return [Entry(*row) for row in work.session.execute(asked)]


def first_of(work: Work, types: Collection[str], subjects: Collection[str]) -> dict[str, int]:
    """The index of the first entry of these types about each of these subjects."""
    found = _first_of(tuple(types)).rows(work, subjects)
    return {subject: index for subject, index in found if index is not None}


@functools.cache
def _first_of(types: tuple[str, ...]) -> Many:
    # the type is no condition of the search: SQLite would read every entry of the type for it
    first = func.min(LogLeaf.idx).filter(_is_one_of(types))
    return Many(
        lambda asked: (
            select(LogLeaf.subject, first)
            .where(LogLeaf.subject.in_(asked))
            .group_by(LogLeaf.subject)
        )
    )


NEWEST = Many(
    lambda asked: (
        select(LogLeaf.subject, func.max(LogLeaf.at))
        .where(LogLeaf.subject.in_(asked), LogLeaf.idx < bindparam("end"))
        .group_by(LogLeaf.subject)
    )
)


def newest_of(work: Work, subjects: Collection[str], end: int) -> dict[str, dt.datetime]:
    """When the last entry below index `end` about each of these subjects was made."""
    return dict(NEWEST.rows(work, subjects, end=end))
