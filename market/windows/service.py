"""Opening, closing, pausing and firing of windows. Rooms call it; it knows no room."""
import datetime as dt
import logging
from collections.abc import Callable, Mapping

from sqlalchemy import select

from market.db import Work
from market.ledger.service import record
from market.windows import queries, rules
from market.windows.events import (WindowClosed, WindowHeld, WindowOpened, WindowOverdue, WindowPaused, WindowReminded,
                                   WindowResumed)
from market.windows.models import Window
from market.windows.queries import Due
from market.windows.rules import Kind, Nature, State
from market.workdays import queries as workdays
from market.workdays.rules import Unit, deadline, resume

log = logging.getLogger(__name__)
Handler = Callable[[Work, Due], None]


def open_counted(work: Work, kind: Kind, *, subject: str, span: tuple[int, str], trigger_at: dt.datetime | None = None,
                 matter: str | None = None, rulebook: int | None = None, responsible_id: int | None = None,
                 person_id: int | None = None) -> Due:
    """Open a window of `span` (n, unit) from the real event that triggers it (R7), and return its due.

    `subject` is the public number it is shown under, `matter` the key its handler finds its row by (default: subject).
    A live window of the same kind and matter is a fault of the caller (unique index).
    """
    trigger_at = trigger_at or work.now
    n, unit = span
    counted = deadline(trigger_at, n, Unit(unit), workdays.calendar(work))
    window = Window(
        division=work.division, kind=kind.name, nature=kind.nature, subject=subject, matter=matter or subject,
        rulebook=rulebook, trigger_at=trigger_at, n=n, unit=unit, due_at=counted.due_at, last_day=counted.last_day,
        certainty=str(counted.certainty), arrangements=",".join(str(part) for part in counted.arrangements),
        responsible_id=responsible_id, person_id=person_id)
    return _opened(work, window)


def open_at(work: Work, kind: Kind, *, subject: str, due_at: dt.datetime, matter: str | None = None,
            responsible_id: int | None = None, person_id: int | None = None) -> Due:
    """Open a window that ends at an absolute instant: an entry close, a draw. Never provisional."""
    return _opened(work, Window(
        division=work.division, kind=kind.name, nature=kind.nature, subject=subject, matter=matter or subject,
        trigger_at=work.now, due_at=due_at, responsible_id=responsible_id, person_id=person_id))


def _opened(work: Work, window: Window) -> Due:
    if window.nature is Nature.DUTY:
        window.remind_at = rules.next_reminder(window.trigger_at, window.due_at, work.now)
    window.state = State.OPEN
    work.session.add(window)
    work.session.flush()  # The unique index speaks here, not at the commit.
    record(work, WindowOpened(subject=window.subject, window=window.kind, due=window.due_at, last_day=window.last_day,
                              certainty=window.certainty or "confirmed"))
    return queries.due_of(window)


def close(work: Work, kind: Kind, matter: str, *, state: State = State.MET) -> bool:
    """Close the live window of a kind and matter as met (default) or cancelled; False when there is none."""
    window = work.session.scalar(select(Window).where(
        Window.kind == kind.name, Window.matter == matter, Window.state.in_(rules.LIVE)).with_for_update())
    if window is None:
        return False
    _end(work, window, state)
    return True


def _end(work: Work, window: Window, state: State) -> None:
    window.state = rules.move_state(window.state, state)
    window.closed_at = work.now
    record(work, WindowClosed(subject=window.subject, window=window.kind, state=state.value))


def pause(work: Work, kind: Kind, matter: str) -> bool:
    """Stop the clock of a counted window (R8); False when none is open."""
    window = queries.live_row(work, kind.name, matter)
    if window is None or window.state is not State.OPEN:
        return False
    window.state, window.paused_at = rules.move_state(window.state, State.PAUSED), work.now
    record(work, WindowPaused(subject=window.subject, window=window.kind))
    return True


def resume_counting(work: Work, kind: Kind, matter: str) -> Due | None:
    """Let a stopped clock go on: days counted before the stop stay, counting resumes the day after today (R8)."""
    window = queries.live_row(work, kind.name, matter)
    if window is None or window.state is not State.PAUSED or window.paused_at is None:
        return None
    counted = resume(window.trigger_at, window.n, Unit(window.unit), workdays.calendar(work),
                     stopped_at=window.paused_at, resumed_at=work.now)
    window.state, window.paused_at = rules.move_state(window.state, State.OPEN), None
    window.due_at, window.last_day, window.certainty = counted.due_at, counted.last_day, str(counted.certainty)
    record(work, WindowResumed(subject=window.subject, window=window.kind, due=window.due_at, last_day=window.last_day))
    return queries.due_of(window)


def fire(work: Work, window_id: int, handlers: Mapping[str, Handler]) -> bool:
    """Do what is due for one window, exactly once whoever else sweeps; False when another was first.

    A right or an act expires and its handler runs; a duty is noted overdue, stays owed, and its handler runs.
    A provisional window is held instead: a right never ends on a guess.
    """
    window = work.session.scalar(select(Window).where(Window.id == window_id, *queries.is_due(work.now))
                                 .with_for_update(skip_locked=True).execution_options(populate_existing=True))
    if window is None:
        return False
    if window.certainty == "provisional":
        window.state = rules.move_state(window.state, State.HELD)
        record(work, WindowHeld(subject=window.subject, window=window.kind))
        return True
    if window.nature is Nature.DUTY:
        window.overdue_at, window.remind_at = work.now, None
        record(work, WindowOverdue(subject=window.subject, window=window.kind, due=window.due_at))
    else:
        _end(work, window, State.EXPIRED)
    work.session.flush()  # The handler may open the next window of the same kind.
    if handler := handlers.get(window.kind):
        handler(work, queries.due_of(window))
    return True


def fire_batch(work: Work, ids: list[int], handlers: Mapping[str, Handler], out_of_time: Callable[[], bool]) -> int:
    """Fire windows one after another, each behind a savepoint so that one that fails does not stop the rest.

    Stops when `out_of_time` says that the lock was held long enough. Returns how many ids were tried.
    """
    for tried, window_id in enumerate(ids, start=1):
        queued = len(work.events)
        try:
            with work.session.begin_nested():
                fire(work, window_id, handlers)
        except Exception:  # whatever it is, the other windows' parties must not wait for it
            del work.events[queued:]
            log.exception("window %s failed and will be tried again", window_id)
        if out_of_time():
            return tried
    return len(ids)


def remind(work: Work, window_id: int) -> None:
    """Put a reminder of a duty on the log (letters follow from it): at half time, then one working day before."""
    window = work.session.scalar(select(Window).where(Window.id == window_id, *queries.is_to_remind(work.now))
                                 .with_for_update(skip_locked=True))
    if window is None:
        return
    window.remind_at = rules.next_reminder(window.trigger_at, window.due_at, work.now)
    record(work, WindowReminded(subject=window.subject, window=window.kind, due=window.due_at))
