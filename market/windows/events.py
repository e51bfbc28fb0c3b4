"""What happens to windows, as the log says it. `window` is the kind's name."""
import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class WindowOpened(Event):
    kind = "window.opened"
    window: str
    due: dt.datetime
    last_day: dt.date | None
    certainty: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class WindowClosed(Event):
    """`state` is met, expired or cancelled."""

    kind = "window.closed"
    window: str
    state: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class WindowPaused(Event):
    kind = "window.paused"
    window: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class WindowResumed(Event):
    kind = "window.resumed"
    window: str
    due: dt.datetime
    last_day: dt.date | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class WindowReminded(Event):
    kind = "window.reminded"
    window: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class WindowOverdue(Event):
    """A duty was not done in time; noted once."""

    kind = "window.overdue"
    window: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class WindowHeld(Event):
    """Due, but counted on a calendar that was not published yet (time.md section 2)."""

    kind = "window.held"
    window: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class WindowMoved(Event):
    """A new or corrected calendar moved the due."""

    kind = "window.moved"
    window: str
    old_due: dt.datetime
    due: dt.datetime
    certainty: str
