"""Opening, closing, pausing and firing of windows. Rooms call it; it knows no room."""

import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select, update

from market.db import Work
from market.kernel.errors import NotFound
from market.ledger.service import move_bookmark, record
from market.windows import permissions, queries, rules
from market.windows.events import (
    WindowClosed,
    WindowConfirmed,
    WindowDoubted,
    WindowHeld,
    WindowMoved,
    WindowOpened,
    WindowOverdue,
    WindowPaused,
    WindowReminded,
    WindowResumed,
    WindowSettled,
)
from market.windows.models import Doubt, Feed, Window
from market.windows.queries import Due
from market.windows.rules import Changed, Kind, Nature, State
from market.workdays import queries as workdays
from market.workdays.rules import Certainty, Deadline, Unit, deadline

log = logging.getLogger(__name__)
Handler = Callable[[Work, Due], None]
TOGETHER = 5  # windows read by one statement; between two such parts the time is looked at


def open_counted(
    work: Work,
    kind: Kind,
    *,
    subject: str,
    span: tuple[int, str],
    trigger_at: dt.datetime | None = None,
    matter: str | None = None,
    rulebook: int | None = None,
    responsible_id: int | None = None,
    person_id: int | None = None,
) -> Due:
    """Open a window of `span` (n, unit) from the real event that triggers it (R7); its due.

    `subject` is the public number it is shown under, `matter` the key its handler finds its row by
    (default: subject). A live window of the same kind and matter is the caller's fault (index).
    """
    trigger_at = trigger_at or work.now
    n, unit = span
    counted = deadline(trigger_at, n, Unit(unit), workdays.calendar(work))
    window = Window(
        division=work.division,
        kind=kind.name,
        nature=kind.nature,
        subject=subject,
        matter=matter or subject,
        state=State.OPEN,
        stops=[],
        rulebook=rulebook,
        trigger_at=trigger_at,
        n=n,
        unit=unit,
        due_at=counted.due_at,
        last_day=counted.last_day,
        certainty=counted.certainty.value,
        arrangements=",".join(counted.arrangements),
        remind_before=list(kind.remind_before) if kind.remind_before else None,
        responsible_id=responsible_id,
        person_id=person_id,
    )
    return _opened(work, window)


def open_at(
    work: Work,
    kind: Kind,
    *,
    subject: str,
    due_at: dt.datetime,
    matter: str | None = None,
    responsible_id: int | None = None,
    person_id: int | None = None,
) -> Due:
    """Open a window that ends at an absolute instant: an entry close, a draw. Never provisional."""
    return _opened(
        work,
        Window(
            division=work.division,
            kind=kind.name,
            nature=kind.nature,
            subject=subject,
            matter=matter or subject,
            state=State.OPEN,
            stops=[],
            trigger_at=work.now,
            due_at=due_at,
            responsible_id=responsible_id,
            person_id=person_id,
        ),
    )


def _opened(work: Work, window: Window) -> Due:
    window.remind_at = _next_reminder(work, window)
    work.session.add(window)
    work.session.flush()  # The unique index speaks here, not at the commit.
    record(
        work,
        WindowOpened(
            subject=window.subject,
            window=window.kind,
            due=window.due_at,
            last_day=window.last_day,
            certainty=window.certainty or "confirmed",
        ),
    )
    return queries.due_of(window)


def close(work: Work, kind: Kind, matter: str, *, state: State = State.MET) -> bool:
    """Close the live window of a kind and matter as met (default) or cancelled; False when there is
    none.
    """
    window = queries.live_row(work, kind.name, matter)
    if window is None:
        return False
    _end(work, window, state)
    return True


def _end(work: Work, window: Window, state: State) -> None:
    window.state = rules.move_state(window.state, state)
    window.closed_at = work.now
    record(work, WindowClosed(subject=window.subject, window=window.kind, state=state.value))


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


def hand_over(work: Work, kind: Kind, matter: str, *, responsible_id: int) -> bool:
    """Make another body answer for a live duty: its window goes on as it stands, stopped if it was
    stopped.

    The former body's row ends as cancelled, so that each body's days stay apart. False where none
    is live, and for one that is overdue: that stays the fault of the body whose it was.
    """
    former = queries.live_row(work, kind.name, matter)
    if former is None or former.overdue_at is not None:
        return False
    own = {"id", "responsible_id", "closed_at"}
    window = Window(
        responsible_id=responsible_id,
        **{
            column.key: getattr(former, column.key)
            for column in Window.__table__.columns
            if column.key not in own
        },
    )
    _end(work, former, State.CANCELLED)
    work.session.flush()  # One live window of a kind: the old one first.
    _opened(work, window)
    if window.state is State.PAUSED:
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


def _next_reminder(work: Work, window: Window) -> dt.datetime | None:
    """Duties are reminded until they are noted overdue; so are rights whose kind has reminders of
    its own.
    """
    if window.overdue_at is not None or (
        window.nature is not Nature.DUTY and window.remind_before is None
    ):
        return None
    unit = Unit(window.unit or Unit.WORKING_DAY)
    return rules.next_reminder(
        window.trigger_at,
        window.due_at,
        unit,
        workdays.calendar(work),
        work.now,
        window.remind_before,
    )


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


# --- a new or corrected calendar (docs/rules.md#calendar) --------------------------------------


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


# --- a person's own calendar program ------------------------------------------------------


def renew_feed(work: Work) -> int:
    """Give the actor an address of his deadlines; the former one ends. Returns its serial."""
    permissions.require(work.actor, "windows.feed")
    row = work.session.get(Feed, work.actor.person_id, with_for_update=True)
    if row is None:
        row = Feed(person_id=work.actor.person_id, serial=0)
        work.session.add(row)
    row.serial = row.serial + 1
    row.made_at = work.now
    row.ended_at = None
    return row.serial


def end_feed(work: Work) -> None:
    """End the actor's address, if he has one."""
    permissions.require(work.actor, "windows.feed")
    row = work.session.get(Feed, work.actor.person_id, with_for_update=True)
    if row is not None and row.ended_at is None:
        row.ended_at = work.now


# --- what is left of a person -------------------------------------------------------------


def forget_people(work: Work, *, subject: str) -> None:
    """Take the people off the closed windows of a matter whose personal data are erased; the dates
    stay.
    """
    work.session.execute(
        update(Window)
        .where(
            Window.subject == subject, Window.closed_at.is_not(None), Window.person_id.is_not(None)
        )
        .values(person_id=None)
    )
