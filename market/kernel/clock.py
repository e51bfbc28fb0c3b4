"""The only door to the wall clock."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Protocol
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MILLISECOND = dt.timedelta(milliseconds=1)


class Clock(Protocol):
    """Gives aware UTC instants."""

    def now(self) -> dt.datetime: ...

    def behind(self) -> dt.timedelta:
        """How far the machine's clock lies behind what `now` gives: it was set back; never negative."""

    def settle(self) -> None:
        """Follow the machine's clock again, back too: nothing was done by the time it has left."""


def _machine() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class WallClock:
    """The machine's clock, which never runs backwards: a jump back must not reopen what has closed."""

    def __init__(self, read: Callable[[], dt.datetime] = _machine) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._highest = dt.datetime.min.replace(tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        with self._lock:
            self._highest = max(self._highest, self._read())
            return self._highest

    def behind(self) -> dt.timedelta:
        with self._lock:
            return max(self._highest - self._read(), dt.timedelta())

    def settle(self) -> None:
        with self._lock:
            self._highest = self._read()


class FixedClock:
    """A clock that stands where it is put: tests, the story and the demo's loader move it by hand."""

    def __init__(self, instant: dt.datetime) -> None:
        self.instant = instant

    def now(self) -> dt.datetime:
        return self.instant

    def behind(self) -> dt.timedelta:
        return dt.timedelta()

    def settle(self) -> None:
        """It stands where it is put."""

    def advance(self, by: dt.timedelta) -> None:
        self.instant += by


def machine_ns() -> int:
    """The machine's own clock as it stands, in nanoseconds since 1970: what the kernel stamps
    arriving bytes with. For ages and for what web processes tell each other, never for a rule.
    """
    return (dt.datetime.now(dt.UTC) - EPOCH) // dt.timedelta(microseconds=1) * 1000


def local_date(instant: dt.datetime) -> dt.date:
    """The date on the wall of a Chinese office at that instant, which is what the rules count (R1)."""
    return instant.astimezone(CHINA).date()


def epoch(instant: dt.datetime) -> int:
    """Whole seconds since 1970 (UTC), the form of time in the log."""
    return int(instant.timestamp())


def epoch_ms(instant: dt.datetime) -> int:
    """Whole milliseconds since 1970 (UTC), the form of time in tables.

    Never rounded up: what arrived before a close must not be kept as arrived at it, and no due may
    come early.
    """
    return (instant - EPOCH) // MILLISECOND


def from_epoch_ms(milliseconds: int) -> dt.datetime:
    """The aware UTC instant of a number of milliseconds since 1970."""
    return EPOCH + milliseconds * MILLISECOND


def from_epoch(seconds: int) -> dt.datetime:
    """The aware UTC instant of a number of seconds since 1970."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
