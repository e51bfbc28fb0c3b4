"""What is past its due and still owed, for those who oversee."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, case, func, select

from market.db import Work
from market.windows.models import Window
from market.windows.rules import Nature, State


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


def ended_for(work: Work, since: dt.datetime, until: dt.datetime) -> dict[int, tuple[int, int]]:
    """For each organisation how many duties it had that fell due in a span (the end excluded), and
    how many of them were late.
    """
    late = func.sum(case((Window.overdue_at.is_not(None), 1), else_=0))
    asked = (
        select(Window.responsible_id, func.count(), late)
        .where(
            Window.responsible_id.is_not(None),
            Window.nature == Nature.DUTY,
            Window.state != State.CANCELLED,
            Window.due_at >= since,
            Window.due_at < until,
        )
        .group_by(Window.responsible_id)
    )
    return {int(row[0]): (row[1], row[2]) for row in work.session.execute(asked)}


def ended_of(work: Work, since: dt.datetime, until: dt.datetime) -> dict[str, tuple[int, int]]:
    """For each kind of duty how many fell due in a span (the end excluded), and how many of them were
    late.
    """
    late = func.sum(case((Window.overdue_at.is_not(None), 1), else_=0))
    asked = (
        select(Window.kind, func.count(), late)
        .where(
            Window.nature == Nature.DUTY,
            Window.state != State.CANCELLED,
            Window.due_at >= since,
            Window.due_at < until,
        )
        .group_by(Window.kind)
    )
    return {row[0]: (row[1], row[2]) for row in work.session.execute(asked)}


def _is_overdue() -> tuple[ColumnElement[bool], ...]:
    return Window.overdue_at.is_not(None), Window.closed_at.is_(None)
