"""What is past its due and still owed, for those who oversee."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, func, select

from market.db import Work
from market.windows.models import Window


def overdue_subjects() -> Select[str]:
    """A statement that gives the public numbers with a duty past its due that is still owed."""
    return select(Window.subject).where(*_is_overdue())


def count_overdue(work: Work, subjects: Collection[str]) -> dict[str, int]:
    """How many duties of each of some public numbers are past their due and still owed."""
    asked = (
        select(Window.subject, func.count())
        .where(Window.subject.in_(subjects), *_is_overdue())
        .group_by(Window.subject)
    )
    return {row[0]: row[1] for row in work.session.execute(asked)}


def _is_overdue() -> tuple[ColumnElement[bool], ...]:
    return Window.overdue_at.is_not(None), Window.closed_at.is_(None)
