"""How often one address may do something that costs us work: a short memory in this process, no
table, no package.

Several web processes each keep their own, so the limit is per process; it keeps floods out and is
no accounting.
"""

import datetime as dt
import threading
from collections import OrderedDict, deque

from market.kernel.errors import Refusal

REMEMBERED = 10_000  # addresses; beyond that the one that has been quiet for longest is forgotten


class TooOften(Refusal):
    """Done too often, or by too many at once; later it is allowed again."""

    status = 429


class Pace:
    """At most `most` acts within `seconds` from one address."""

    def __init__(self, most: int, seconds: int) -> None:
        self._most = most
        self._span = dt.timedelta(seconds=seconds)
        self._acts: OrderedDict[str, deque[dt.datetime]] = OrderedDict()
        self._guard = threading.Lock()

    def check(self, address: str, now: dt.datetime, code: str) -> None:
        """Count one act, or refuse with `code` (429)."""
        with self._guard:
            acts = self._acts.setdefault(address, deque())
            self._acts.move_to_end(address)
            while acts and acts[0] <= now - self._span:
                acts.popleft()
            if len(acts) >= self._most:
                raise TooOften(code)
            acts.append(now)
            if len(self._acts) > REMEMBERED:
                self._acts.popitem(last=False)
