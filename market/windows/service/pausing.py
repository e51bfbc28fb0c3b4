"""Windows whose counting stands still (docs/rules.md#r8)."""

import datetime as dt

from market.db import Work
from market.ledger.service import record
from market.windows import queries, rules
from market.windows.events import (
    WindowPaused,
    WindowResumed,
)
from market.windows.models import Window
from market.windows.queries import Due
from market.windows.rules import Kind, State
from market.windows.service.opening import _next_reminder
from market.workdays import queries as workdays
from market.workdays.rules import Deadline


def pause(work: Work, kind: Kind, matter: str, *, since: dt.datetime | None = None) -> bool:
    """Stop the clock of a counted window (R8) as of `since` (now); False when none is open. An
    absolute instant never stops.

    What was received before the due was in time, though the sweep noted the duty overdue while the
    form was on its way.
    """
    window = queries.live_row(work, kind.name, matter)
    if window is None or window.state is not State.OPEN or window.unit is None:
        return False
    window.state = rules.move_state(window.state, State.PAUSED)
    window.paused_at = since or work.now
    if window.paused_at < window.due_at:
        window.overdue_at = None
    record(work, WindowPaused(subject=window.subject, window=window.kind))
    return True


def resume_counting(
    work: Work, kind: Kind, matter: str, *, since: dt.datetime | None = None
) -> Due | None:
    """Let a stopped clock go on: days counted before the stop stay, counting resumes the day after
    `since` (R8; now).

    A window that was over before it was stopped gains nothing: its due stays. None when there is no
    stopped one.
    """
    window = queries.live_row(work, kind.name, matter)
    if window is None or window.state is not State.PAUSED or window.paused_at is None:
        return None
    window.stops = [*window.stops, rules.kept((window.paused_at, since or work.now))]
    window.state = rules.move_state(window.state, State.OPEN)
    window.paused_at = None
    if counted := rules.recounted(queries.counted(window), workdays.calendar(work)):
        _take(work, window, counted)
    window.remind_at = _next_reminder(work, window)
    record(
        work,
        WindowResumed(
            subject=window.subject, window=window.kind, due=window.due_at, last_day=window.last_day
        ),
    )
    return queries.due_of(window)


def _take(work: Work, window: Window, counted: Deadline) -> None:
    window.due_at = counted.due_at
    window.last_day = counted.last_day
    window.certainty = counted.certainty.value
    window.arrangements = ",".join(counted.arrangements)
