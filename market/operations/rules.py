"""What an installation can be, what makes it well, and what a jump of the wall clock is. Pure."""

import dataclasses
import datetime as dt
import enum

STALE = dt.timedelta(seconds=90)
"""docs/rules.md#clock: /healthz turns red when the heartbeat is older."""
JUMP = dt.timedelta(minutes=1)
"""docs/rules.md#clock: a jump forward of more than that between two ticks is an alarm."""
STANDS = dt.timedelta(seconds=5)
"""How long the product's clock may stand while time goes on: it never runs backwards, so it stands after a set-back."""
BEAT_EVERY = dt.timedelta(seconds=10)
"""A job that runs more often says so this often: each heartbeat is a write."""


class Mode(enum.StrEnum):
    """A database is one or the other from the day it was made: production refuses a demo database
    and the reverse.
    """

    PRODUCTION = "production"
    DEMO = "demo"


class Alarm(enum.StrEnum):
    """What somebody did to the machine's clock."""

    JUMPED = "clock.jumped"
    SET_BACK = "clock.set_back"


@dataclasses.dataclass(frozen=True)
class Look:
    """One look at both clocks: the product's, and one in seconds that nobody can set."""

    now: dt.datetime
    steady: float

    def alarm(self, later: "Look") -> tuple[Alarm, int] | None:
        """What happened between two looks, with the seconds that the clock is ahead of (or behind)
        the steady one.
        """
        went = later.now - self.now
        passed = dt.timedelta(seconds=later.steady - self.steady)
        if went - passed > JUMP:
            return Alarm.JUMPED, round((went - passed).total_seconds())
        if not went and passed >= STANDS:
            return Alarm.SET_BACK, round(-passed.total_seconds())
        return None


def is_fresh(age: dt.timedelta) -> bool:
    """Whether a heartbeat of that age shows a living clock; one from the future, after a set-back,
    shows nothing.
    """
    return -STALE <= age <= STALE


def slots(years: int, period: int) -> int:
    """How many slots of so many seconds a chain of random values needs for so many years."""
    return years * 365 * 24 * 3600 // period
