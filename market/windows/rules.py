"""What a window is. Pure: counting is market.workdays.rules, what happens at a due is its kind's handler."""
import dataclasses
import datetime as dt
import enum

from market.kernel.states import move


class State(enum.StrEnum):
    """A window is open until it is met (the act was done), expired (the due came), cancelled, paused (R8) or held."""

    OPEN = "open"
    PAUSED = "paused"
    HELD = "held"  # due, but counted on a calendar that was not published: it waits for the calendar (time.md 2)
    MET = "met"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Nature(enum.StrEnum):
    """Whose time it is: a right expires, a duty is noted overdue and never decides by itself (R10), an act is the clock's."""

    RIGHT = "right"
    DUTY = "duty"
    ACT = "act"


LIVE = frozenset({State.OPEN, State.PAUSED, State.HELD})
NEXT = {
    State.OPEN: {State.PAUSED, State.HELD, State.MET, State.EXPIRED, State.CANCELLED},
    State.PAUSED: {State.OPEN, State.MET, State.CANCELLED},
    State.HELD: {State.OPEN, State.MET, State.EXPIRED, State.CANCELLED},
}


@dataclasses.dataclass(frozen=True)
class Kind:
    """One kind of window: its name, nature and title; duties are reminded at half time and a working day before."""

    name: str
    nature: Nature
    title: str


def move_state(old: State, new: State) -> State:
    """The step, or the refusal `window.wrong_state`."""
    return move(NEXT, old, new, "window.wrong_state")


def next_reminder(trigger_at: dt.datetime, due_at: dt.datetime, now: dt.datetime) -> dt.datetime | None:
    """The next instant after `now` at which a duty is reminded: half time, then a day before the due (R10)."""
    half = trigger_at + (due_at - trigger_at) / 2
    times = sorted({half, max(half, due_at - dt.timedelta(days=1))})
    return next((time for time in times if now < time < due_at), None)
