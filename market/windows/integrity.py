"""Which rows of deadlines stand on the log."""

from sqlalchemy import select

from market.ledger.queries.integrity import Held
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
from market.windows.rules import State

DOUBTED = select(Window.subject, Window.kind).join(Doubt, Doubt.window_id == Window.id)
HELD = (
    Held(events=(WindowOpened,), rows=select(Window.subject, Window.kind), fields=("window",)),
    Held(
        events=(WindowClosed,),
        rows=select(Window.subject, Window.kind, Window.state).where(Window.closed_at.is_not(None)),
        fields=("window", "state"),
    ),
    # A due that is renewed or stopped takes these off their row; the log keeps that they were.
    Held(
        events=(WindowOverdue,),
        rows=select(Window.subject, Window.kind).where(Window.overdue_at.is_not(None)),
        fields=("window",),
        both_ways=False,
    ),
    Held(
        events=(WindowPaused,),
        rows=select(Window.subject, Window.kind).where(Window.state == State.PAUSED),
        fields=("window",),
        both_ways=False,
    ),
    Held(
        events=(WindowHeld,),
        rows=select(Window.subject, Window.kind).where(Window.state == State.HELD),
        fields=("window",),
        both_ways=False,
    ),
    Held(events=(WindowDoubted,), rows=DOUBTED, fields=("window",)),
    Held(
        events=(WindowSettled,),
        rows=DOUBTED.where(Doubt.settled_at.is_not(None)),
        fields=("window",),
    ),
)
WITHOUT: dict[type, str] = {
    WindowResumed: "leaves nothing on the row but the new due",
    WindowMoved: "leaves nothing on the row but the new due",
    WindowConfirmed: "leaves nothing on the row but its certainty",
    WindowReminded: "leaves nothing on the row but the next reminder",
    Feed: "a person's own address",
}
