"""Reading along the log: which entries of some types come next, the first and the newest of some
subjects.
"""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import func, select

from market.db import Work
from market.ledger.models import LogLeaf
from market.ledger.queries import COLUMNS, Entry


def of_types(
    work: Work, types: Collection[str], first: int, end: int, limit: int = 500
) -> list[Entry]:
    """Entries of these types with `first` <= index < `end`, oldest first."""
    asked = (
        select(*COLUMNS)
        .where(LogLeaf.type.in_(types), LogLeaf.idx >= first, LogLeaf.idx < end)
        .order_by(LogLeaf.idx)
        .limit(limit)
    )
    return [Entry(*row) for row in work.session.execute(asked)]


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
    asked = (
        select(LogLeaf.subject, func.min(LogLeaf.idx))
        .where(LogLeaf.subject.in_(subjects), LogLeaf.type.in_(types))
        .group_by(LogLeaf.subject)
    )
    return {row[0]: row[1] for row in work.session.execute(asked)}


def newest_of(work: Work, subjects: Collection[str], end: int) -> dict[str, dt.datetime]:
    """When the last entry below index `end` about each of these subjects was made."""
    asked = (
        select(LogLeaf.subject, func.max(LogLeaf.at))
        .where(LogLeaf.subject.in_(subjects), LogLeaf.idx < end)
        .group_by(LogLeaf.subject)
    )
    return {row[0]: row[1] for row in work.session.execute(asked)}
