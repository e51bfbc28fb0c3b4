"""What happens when windows fall due, and before."""

import logging
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select

from market.db import Work
from market.ledger.service import record
from market.windows import queries, rules
from market.windows.events import (
    WindowHeld,
    WindowOverdue,
    WindowReminded,
)
from market.windows.models import Window
from market.windows.queries import Due
from market.windows.rules import Nature, State
from market.windows.service.opening import _end, _next_reminder
from market.workdays.rules import Certainty

log = logging.getLogger(__name__)
Handler = Callable[[Work, Due], None]
TOGETHER = 5  # windows read by one statement; between two such parts the time is looked at


def fire_batch(
    work: Work, ids: Sequence[int], handlers: Mapping[str, Handler], out_of_time: Callable[[], bool]
) -> int:
    """Do what is due for some windows, each exactly once whoever else sweeps; returns how many ids
    were tried.

    Each handler runs behind a savepoint, so that one that fails does not stop the rest. Ends when
    `out_of_time` says that the lock was held long enough.
    """
    out_of_time()  # it starts here, where the lock is held
    for start in range(0, len(ids), TOGETHER):
        part = ids[start : start + TOGETHER]
        for window in queries.rows_of(work, part):
            _fire_behind_savepoint(work, window, handlers)
        if out_of_time():
            return start + len(part)
    return len(ids)


def _fire_behind_savepoint(work: Work, window: Window, handlers: Mapping[str, Handler]) -> None:
    queued = len(work.events)
    window_id = window.id
    if window.kind not in handlers:
        _fire(work, window)
        return
    try:
        with work.session.begin_nested():
            if _fire(work, window):
                work.session.flush()  # The handler may open the next window of the same kind.
                handlers[window.kind](work, queries.due_of(window))
    except Exception:  # whatever it is, the other windows' parties must not wait for it
        del work.events[queued:]
        log.exception("window %s failed and will be tried again", window_id)


def _fire(work: Work, window: Window) -> bool:
    """A right or an act expires, a duty is noted overdue and stays owed; whether its handler is to
    run.

    A provisional window is held instead: a right never ends on a guess. One that another's handler
    has closed since it was read is left alone.
    """
    if window.state is not State.OPEN or window.overdue_at is not None or window.due_at > work.now:
        return False
    if window.certainty == Certainty.PROVISIONAL:
        window.state = rules.move_state(window.state, State.HELD)
        record(work, WindowHeld(subject=window.subject, window=window.kind))
        return False
    if window.nature is Nature.DUTY:
        window.overdue_at = work.now
        window.remind_at = None
        record(work, WindowOverdue(subject=window.subject, window=window.kind, due=window.due_at))
    else:
        _end(work, window, State.EXPIRED)
    return True


def remind(work: Work, window_id: int) -> None:
    """Put a reminder of a duty on the log (letters follow from it): at half time, then one working
    day before.
    """
    window = work.session.scalar(
        select(Window)
        .where(Window.id == window_id, *queries.is_to_remind(work.now))
        .with_for_update(skip_locked=True)
    )
    if window is None:
        return
    window.remind_at = _next_reminder(work, window)
    record(work, WindowReminded(subject=window.subject, window=window.kind, due=window.due_at))
