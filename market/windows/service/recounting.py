"""A new or corrected calendar (docs/rules.md#calendar)."""

from collections.abc import Callable

from sqlalchemy import select

from market.db import Work
from market.kernel.errors import NotFound
from market.ledger.service import move_bookmark, record
from market.windows import permissions, queries, rules
from market.windows.events import (
    WindowConfirmed,
    WindowDoubted,
    WindowMoved,
    WindowSettled,
)
from market.windows.models import Doubt, Window
from market.windows.rules import Changed, State
from market.windows.service.opening import _next_reminder
from market.windows.service.pausing import _take
from market.workdays import queries as workdays
from market.workdays.rules import Certainty, Deadline


def recount(
    work: Work, *, after: int, changed: Changed | None, out_of_time: Callable[[], bool]
) -> int | None:
    """Count live windows again that are provisional or span a changed day, from the row behind
    `after` on.

    Stops when `out_of_time` says so; returns the last row's id to go on from, None at the end.
    Twice changes nothing.
    """
    out_of_time()  # it starts here, where the lock is held
    calendar = workdays.calendar(work)
    rows = list(work.session.scalars(queries.to_recount(after, changed).with_for_update()))
    for window in rows:
        after = window.id
        if new := rules.moved(queries.counted(window), calendar, work.now):
            _move(work, window, new)
        if out_of_time():
            break
    return after if rows else None


def _move(work: Work, window: Window, new: Deadline) -> None:
    old_due = window.due_at
    _take(work, window, new)
    if window.state is State.HELD and (
        window.certainty == Certainty.CONFIRMED or window.due_at > work.now
    ):
        window.state = rules.move_state(window.state, State.OPEN)
    window.remind_at = _next_reminder(work, window)
    if window.due_at == old_due:
        record(work, WindowConfirmed(subject=window.subject, window=window.kind, due=window.due_at))
    else:
        record(
            work,
            WindowMoved(
                subject=window.subject,
                window=window.kind,
                old_due=old_due,
                due=window.due_at,
                certainty=window.certainty,
            ),
        )


def doubt(
    work: Work, *, after: int, changed: Changed | None, out_of_time: Callable[[], bool]
) -> int | None:
    """List windows for a person that had ended, or were noted overdue, before a new calendar made
    them longer.

    Goes on in parts as `recount` does.
    """
    out_of_time()  # it starts here, where the lock is held
    calendar = workdays.calendar(work)
    rows = list(work.session.scalars(queries.to_doubt(after, changed)))
    for window in rows:
        after = window.id
        new = rules.recounted(queries.counted(window), calendar)
        if new is not None and new.due_at > window.due_at:
            work.session.add(Doubt(window_id=window.id, due_at=new.due_at, found_at=work.now))
            record(
                work,
                WindowDoubted(
                    subject=window.subject,
                    window=window.kind,
                    old_due=window.due_at,
                    due=new.due_at,
                ),
            )
        if out_of_time():
            break
    return after if rows else None


def calendar_followed(work: Work, *, position: int) -> None:
    """Note that every window is counted by the calendar as the log says it before `position`."""
    move_bookmark(work, queries.READER, position)


def settle(work: Work, *, doubt_id: int, finding: str) -> None:
    """Note what a person found about a window that ended too early. Refused: `windows.no_doubt`."""
    permissions.require(work.actor, "windows.settle")
    row = work.session.scalar(
        select(Doubt).where(Doubt.id == doubt_id, Doubt.settled_at.is_(None)).with_for_update()
    )
    if row is None:
        raise NotFound("windows.no_doubt")
    row.settled_at = work.now
    row.settled_by = work.actor.person_id
    row.finding = finding
    window = work.session.get_one(Window, row.window_id)
    record(work, WindowSettled(subject=window.subject, window=window.kind))
