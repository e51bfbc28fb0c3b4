"""Opening and closing of windows."""

import datetime as dt

from sqlalchemy import update

from market.db import Work
from market.ledger.service import record
from market.windows import queries, rules
from market.windows.events import (
    WindowClosed,
    WindowOpened,
    WindowPaused,
)
from market.windows.models import Window
from market.windows.queries import Due
from market.windows.rules import Kind, Nature, State
from market.workdays import queries as workdays
from market.workdays.rules import Unit, deadline


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
    amount, unit = span
    counted = deadline(trigger_at, amount, Unit(unit), workdays.calendar(work))
    window = _new(work, kind, subject, matter, responsible_id, person_id)
    window.rulebook = rulebook
    window.trigger_at = trigger_at
    window.n = amount
    window.unit = unit
    window.due_at = counted.due_at
    window.last_day = counted.last_day
    window.certainty = counted.certainty.value
    window.arrangements = ",".join(counted.arrangements)
    window.remind_before = list(kind.remind_before) if kind.remind_before else None
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
    window = _new(work, kind, subject, matter, responsible_id, person_id)
    window.trigger_at = work.now
    window.due_at = due_at
    return _opened(work, window)


def _new(
    work: Work,
    kind: Kind,
    subject: str,
    matter: str | None,
    responsible_id: int | None,
    person_id: int | None,
) -> Window:
    """A window without its times."""
    return Window(
        division=work.division,
        kind=kind.name,
        nature=kind.nature,
        subject=subject,
        matter=matter or subject,
        state=State.OPEN,
        stops=[],
        responsible_id=responsible_id,
        person_id=person_id,
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
