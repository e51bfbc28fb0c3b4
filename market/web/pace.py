"""How often one address may do something that costs us work: a short memory in this process, no
table, no package.

Several web processes each keep their own, so the limit is per process; it keeps floods out and is
no accounting.
"""

import datetime as dt
import math
import threading
from collections import OrderedDict, deque
from typing import NamedTuple

from flask import request

from market.fabric import Memory, fabric
from market.kernel.errors import Refusal
from market.kernel.networks import place_of

REMEMBERED = 10_000  # addresses; beyond that the one that has been quiet for longest is forgotten


class TooOften(Refusal):
    """Done too often, or by too many at once; after `retry_after` seconds it is allowed again."""

    status = 429

    def __init__(self, code: str, *, retry_after: int | None = None, **facts: object) -> None:
        super().__init__(code, field=None, **facts)
        self.retry_after = retry_after


class Pace:
    """At most `most` acts within `seconds` from one address."""

    def __init__(self, most: int, seconds: int) -> None:
        self._most = most
        self._span = dt.timedelta(seconds=seconds)
        self._acts: OrderedDict[str, deque[dt.datetime]] = OrderedDict()
        self._guard = threading.Lock()

    def check(self, address: str, now: dt.datetime, code: str, **facts: object) -> None:
        """Count one act, or refuse with `code` (429)."""
        place = place_of(address)
        with self._guard:
            acts = self._acts.setdefault(place, deque())
            self._acts.move_to_end(place)
            while acts and acts[0] <= now - self._span:
                acts.popleft()
            if len(acts) >= self._most:
                again = math.ceil((acts[0] + self._span - now).total_seconds())
                raise TooOften(code, retry_after=again, seconds=again, **facts)
            acts.append(now)
            if len(self._acts) > REMEMBERED:
                self._acts.popitem(last=False)


PACES = Memory[dict[str, "Pace"]](dict)


class Limit(NamedTuple):
    """How often one address may do one thing; `name` is the thing's."""

    name: str
    most: int
    minutes: int


def keep_pace(limit: Limit, code: str = "web.too_often", who: str | None = None) -> None:
    """Count what this request does, before it costs anything; of its address, or of `who` it says that
    it is. Refuses `web.too_often`, or another `code` (429).
    """
    pace = PACES.of().setdefault(limit.name, Pace(limit.most, limit.minutes * 60))
    now = fabric().clock.now()
    facts = {"minutes": limit.minutes, "most": limit.most}
    pace.check(who or request.remote_addr or "-", now, code, **facts)
