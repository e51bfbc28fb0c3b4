"""The desk of who works here all day: what waits as one dense table, sorted and narrowed by its
address (docs/face.md#a-desk).
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from market.kernel.sought import plain, words


@dataclasses.dataclass(frozen=True)
class Case:
    """One line of a desk.

    `number` is "" where it has none yet, `matter` what it is called, `of` whose it is, `state` its words and colour, `since` from when
    it waits, `left` the working days until `due_at`; who has it in hand is `who`, "" where nobody.
    """

    number: str
    href: str
    matter: str
    of: str
    state: tuple[object, str]
    since: dt.datetime | None
    due_at: dt.datetime | None = None
    left: int | None = None
    is_provisional: bool = False
    is_overdue: bool = False
    is_paused: bool = False
    who: str = ""


class Running(Protocol):
    """A window that runs, as the room of windows shows it."""

    @property
    def due_at(self) -> dt.datetime: ...
    @property
    def is_provisional(self) -> bool: ...
    @property
    def overdue_at(self) -> dt.datetime | None: ...
    @property
    def state(self) -> str: ...


Clocked = tuple[dt.datetime | None, int | None, bool, bool, bool]


def clocked(due: Running | None, left: Callable[[dt.datetime], int]) -> Clocked:
    """What a running window says of its line, in the fields' order from `due_at` to `is_paused`; nothing
    where none runs. `left` counts the working days until an instant.
    """
    if due is None:
        return None, None, False, False, False
    late = due.overdue_at is not None
    return due.due_at, left(due.due_at), due.is_provisional, late, due.state == PAUSED


PAUSED = "paused"
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
SORTS: Mapping[str, Callable[[Case], tuple[dt.datetime, str]]] = {
    "number": lambda case: (NEVER, case.number),
    "matter": lambda case: (NEVER, case.matter),
    "of": lambda case: (NEVER, case.of),
    "state": lambda case: (NEVER, str(case.state[0])),
    "since": lambda case: (case.since or NEVER, ""),
    "due": lambda case: (case.due_at or NEVER, ""),
    "who": lambda case: (NEVER, case.who),
}
"""By which instant and which words a column sorts."""
FIRST = "due"


@dataclasses.dataclass(frozen=True)
class Desk:
    """What a desk's page shows: the lines under its filters, in their order, out of `total`."""

    cases: Sequence[Case]
    total: int
    states: Sequence[str]
    sort: str
    falls: bool
    q: str
    state: str


def desk(cases: Sequence[Case], args: Mapping[str, str]) -> Desk:
    """The lines that hold every word of ?q and are in ?state, sorted by ?sort (soonest due first),
    downwards with ?falls=1. What an address asks that is not there counts as nothing.
    """
    sought = args.get("q", "").strip()[:80]
    states = sorted({str(case.state[0]) for case in cases})
    state = args.get("state", "")
    state = state if state in states else ""
    sort = args.get("sort", FIRST)
    sort = sort if sort in SORTS else FIRST
    falls = args.get("falls") == "1"
    found = [
        case
        for case in cases
        if (not state or str(case.state[0]) == state)
        and all(word in plain(f"{case.number} {case.matter} {case.of}") for word in words(sought))
    ]
    in_order = sorted(found, key=SORTS[sort], reverse=falls)
    return Desk(in_order, len(cases), states, sort, falls, sought, state)


def following(cases: Sequence[Case], href: str) -> Case | None:
    """The case to go on with after one's page: the soonest due of the others."""
    others = [case for case in cases if case.href != href]
    return min(others, key=SORTS[FIRST], default=None)
