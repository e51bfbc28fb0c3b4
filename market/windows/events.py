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
    """Due, but counted on a calendar that was not published yet (docs/rules.md#calendar)."""

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


@dataclasses.dataclass(frozen=True, kw_only=True)
class WindowConfirmed(Event):
    """The calendar that a provisional window was counted on is published now, and its due stays."""

    kind = "window.confirmed"
    window: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class WindowDoubted(Event):
    """It had ended when a new calendar made it longer: a person looks at it, nothing is opened
    again by machine.
    """

    kind = "window.doubted"
    window: str
    old_due: dt.datetime
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class WindowSettled(Event):
    """A person looked at a doubted window; what he found stays in the office's records."""

    kind = "window.settled"
    window: str
