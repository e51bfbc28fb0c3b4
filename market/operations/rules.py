"""What an installation can be, what makes it well, and what a jump of the wall clock is. Pure."""

import dataclasses
import datetime as dt
import enum
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from market.kernel.hosts import known, plain

WITHOUT_BLANKS = re.compile(r"\S+")
STALE = dt.timedelta(seconds=90)
"""docs/rules.md#clock: /healthz turns red when the heartbeat is older."""
JUMP = dt.timedelta(minutes=1)
"""docs/rules.md#clock: a jump forward of more than that between two ticks is an alarm."""
STANDS = dt.timedelta(seconds=5)
"""How long the product's clock may stand while time goes on: it never runs backwards, so it stands after a set-back."""
BEAT_EVERY = dt.timedelta(seconds=10)
"""A job that runs more often says so this often: each heartbeat is a write."""


APART = dt.timedelta(milliseconds=250)
"""How far a process's clock may lie from the database's (ADR 0029): two processes are then never half a second apart."""


class Mode(enum.StrEnum):
    """A database is one or the other from the day it was made: production refuses a demo database
    and the reverse.
    """

    PRODUCTION = "production"
    DEMO = "demo"


def host_of(public_url: object) -> str | None:
    """The host of a site's address; None of what is no address that a letter can carry."""
    if not isinstance(public_url, str):
        return None
    try:
        parts = urlsplit(public_url)
        port = parts.port  # refuses what is no port
    except ValueError:
        return None
    more = parts.query or parts.fragment or parts.username is not None or port == 0
    if parts.scheme not in ("http", "https") or not parts.hostname or more:
        return None
    return known(parts.hostname) if WITHOUT_BLANKS.fullmatch(public_url) else None


def names_few(trusted: str) -> bool:
    """Whether an entry of the trusted hosts names a host, or with a dot before it those below a name
    that has two parts: .cn would trust a whole country.
    """
    name = plain(trusted).lstrip(".")
    return bool(name) and (not trusted.startswith(".") or "." in name)


def unset(public_url: object, trusted_hosts: object) -> list[str]:
    """What a production database may not be served without, in sentences; empty when all is set.

    Without them links in letters and mails would lead wherever the Host header of a request says.
    """
    said = []
    host = host_of(public_url)
    if host is None:
        said.append(
            "set MARKET_PUBLIC_URL to the https address of the site, without sign-in, question or blanks"
        )
    listed = trusted_hosts if isinstance(trusted_hosts, list | tuple) else ()
    if not listed or not all(isinstance(name, str) and names_few(name) for name in listed):
        said.append(
            'set MARKET_TRUSTED_HOSTS to a JSON list of host names: ["zjcs.example.gov.cn"]'
        )
    elif host and not any(
        host == known(name.lstrip("."))
        or (name.startswith(".") and host.endswith(f".{known(name[1:])}"))
        for name in listed
    ):
        said.append(f"MARKET_TRUSTED_HOSTS has to name {host}, the host of PUBLIC_URL")
    return said


def apart(asked: dt.datetime, there: dt.datetime, told: dt.datetime) -> dt.timedelta:
    """By how much a clock is ahead of another (behind it: negative) at the least, when the other
    said `there` between two looks at the first.

    Waiting for the word only makes the answer smaller: a slow machine accuses nobody.
    """
    if there < asked:
        return asked - there
    return min(told - there, dt.timedelta())


class Alarm(enum.StrEnum):
    """What somebody did to the machine's clock."""

    JUMPED = "clock.jumped"
    SET_BACK = "clock.set_back"
    SET_RIGHT = "clock.set_right"


class Agreed(enum.StrEnum):
    """Who said after a jump what time it is."""

    PERSON = "person"
    WITNESS = "witness"
    SET_RIGHT = "set_right"  # the clock was put back to where it would be


@dataclasses.dataclass(frozen=True)
class Look:
    """One look at both clocks: the product's, and one in seconds that nobody can set.

    `behind` is how far the machine's clock lies behind the product's, which never runs backwards.
    """

    now: dt.datetime
    steady: float
    behind: dt.timedelta = dt.timedelta()

    @property
    def machine(self) -> dt.datetime:
        """What the machine's own clock says."""
        return self.now - self.behind

    def expected(self, later: "Look") -> dt.datetime:
        """What time it would be at a later look, had nobody touched the clock since this one."""
        return self.now + dt.timedelta(seconds=later.steady - self.steady)

    def alarm(self, later: "Look") -> tuple[Alarm, int] | None:
        """What happened between two looks, with the seconds that the clock is ahead of (or behind)
        the steady one.
        """
        went = later.now - self.now
        passed = dt.timedelta(seconds=later.steady - self.steady)
        if went - passed > JUMP:
            return Alarm.JUMPED, round((went - passed).total_seconds())
        if not went and passed >= STANDS:
            return Alarm.SET_BACK, round(-(passed + later.behind).total_seconds())
        return None


def agrees(told: dt.datetime, ours: dt.datetime) -> bool:
    """Whether two clocks show the same time: no more than a jump apart."""
    return abs(told - ours) <= JUMP


def age(now: dt.datetime, beats: Iterable[dt.datetime]) -> dt.timedelta | None:
    """How old the newest heartbeat is, never negative; None where there is none.

    One from the future, after a set-back, shows nothing; up to STALE it is another machine's clock.
    """
    newest = max((beat for beat in beats if beat - now <= STALE), default=None)
    return None if newest is None else max(now - newest, dt.timedelta())


def is_fresh(age: dt.timedelta) -> bool:
    """Whether a heartbeat of that age shows a living clock."""
    return -STALE <= age <= STALE


def slots(years: int, period: int) -> int:
    """How many slots of so many seconds a chain of random values needs for so many years."""
    return years * 365 * 24 * 3600 // period
