"""What the factory weaves for one application: the one thing of ours in `app.extensions`.

`fabric()` is that of the current application, `fabric(app)` of another. What a lower room needs of a
higher one is a Protocol here. What one room alone remembers stands in that room as a `Memory`.
"""

import dataclasses
import datetime as dt
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar, cast

from flask import Flask, current_app

from market.kernel.arrival import TakenBy
from market.kernel.clock import Clock, WallClock
from market.kernel.deadlines import Kind
from market.kernel.entropy import Entropy, system_entropy
from market.kernel.permits import Permits

OURS = "market"
T = TypeVar("T")


class Guard(Protocol):
    """What stands before every append to the log. A unit of work is `Any`: it is defined above."""

    def __call__(self, work: Any, /) -> None:
        """Append what the unit of work has queued, or refuse."""

    def trouble(self, work: Any, /) -> str | None:
        """Why this installation only reads; None when all is well."""

    def lock(self, ours: int, theirs: int, where: str) -> None:
        """Stop all writing: `where` has seen another history."""


class Witness(Protocol):
    """What the product asks of a witness."""

    def cosign(self, old: int, proof: list[str], checkpoint: str) -> str:
        """Cosignature lines over a checkpoint, given its consistency with size `old` (base64
        hashes).
        """

    def hand_over(self, start: int, page: list[str], proof: list[str], checkpoint: str) -> None:
        """Give a witness that reads the leaves from `start` on, with the proof (base64 hashes) that
        they are the beginning of a signed head.
        """

    def published(self, old: int) -> list[str]:
        """The cosigned checkpoints of sizes beyond `old` that the witness publishes, oldest first."""

    def listed(self, over: int) -> dict[str, object]:
        """The numbered and signed list of cosignatures, from before the first one over leaf `over` on
        (docs/rules.md#rule-2).
        """

    def value(self, slot: int) -> str:
        """The chain's value of a slot that is due (64 hex digits)."""

    def keys(self) -> dict[str, object]:
        """The witness's keys.json (docs/rules.md#rule-13)."""

    def quote_key(self, draw: str) -> dict[str, object]:
        """The public key of a draw's sealed quotes: `id`, `pk` (hex), and `note`, signed by the witness."""

    def release(self, draw: str) -> str:
        """The private key (hex) of a draw whose entries are closed."""

    def newest(self) -> str:
        """The newest checkpoint that the witness cosigned, as a signed note; "" before the first."""


Job = tuple[str, dt.timedelta, Callable[[], object]]
"""A job of the clock process: its name, how often, what it does."""


@dataclasses.dataclass(kw_only=True)
class Fabric:
    """Clock, chance, log and what the rooms put into the common tables.

    `window_handlers` take a unit of work and the window that is due; `parameters` say whether the
    room that reads a parameter of the rulebook knows its words; `witness` is one in this process,
    as the story and the tests have it, `witness_time` what the witness's clock says. `ways` and
    `lot_uses` are those of selection (market/selection/way.py), `parts_shown` the words of what is
    signed (market/web/shown.py), `held` what stands on the log (each room's integrity.py).
    """

    clock: Clock
    entropy: Entropy = system_entropy
    stopwatch: Clock = dataclasses.field(default_factory=WallClock)
    guard: Guard
    migrated: Callable[[], None] = lambda: None  # done once the tables are those of this version
    # done in every transaction that has facts to log, before the log's head is locked
    before_log: Callable[[Any], None] = lambda work: None
    make_app: Callable[..., Flask]

    permissions: Permits = dataclasses.field(default_factory=dict)
    words: Mapping[str, object] = dataclasses.field(default_factory=dict)
    event_labels: Mapping[str, object] = dataclasses.field(default_factory=dict)
    parameters: Mapping[str, Callable[..., bool]] = dataclasses.field(default_factory=dict)
    window_kinds: Mapping[str, Kind] = dataclasses.field(default_factory=dict)
    window_handlers: Mapping[str, Callable[..., None]] = dataclasses.field(default_factory=dict)
    ways: Mapping[str, object] = dataclasses.field(default_factory=dict)
    lot_uses: Mapping[str, object] = dataclasses.field(default_factory=dict)
    parts_shown: Mapping[str, object] = dataclasses.field(default_factory=dict)
    # why the actor keeps out of the check of a person's identity: a room that knows of a reason
    identity_recusals: Mapping[str, Callable[..., str | None]] = dataclasses.field(
        default_factory=dict
    )
    # what a decision about a complaint does in a room above complaints
    remedies: Mapping[str, object] = dataclasses.field(default_factory=dict)
    # the people who worked on a notice and what followed it, as a room knows them
    hands: Mapping[str, Callable[..., Collection[int]]] = dataclasses.field(default_factory=dict)
    # what waits without a clock that only a room above the tasks knows (market/tasks)
    waiting: Mapping[str, Callable[..., Iterable[object]]] = dataclasses.field(default_factory=dict)
    held: Sequence[object] = ()
    jobs: list[Job] = dataclasses.field(default_factory=list)

    witness: Witness | None = None
    witness_time: Callable[[], dt.datetime | None] = lambda: None
    # set, and false, when the server is told to stop (gunicorn.conf.py)
    closing: threading.Event = dataclasses.field(default_factory=threading.Event)
    is_serving: Callable[[], bool] = lambda: True
    # asked before a server of pages begins; raises SystemExit with what is not set
    check_start: Callable[[Flask], None] = lambda app: None
    # begins to tell, in a web process, what it still holds; gives what ends the telling
    begin_reporting: Callable[[Flask, Callable[[], int]], Callable[[], None]] | None = None
    received_by: str = TakenBy.READING  # what takes the instants of receipt in this process
    warnings: set[str] = dataclasses.field(default_factory=set)  # of this process, for /healthz

    memories: dict[object, object] = dataclasses.field(default_factory=dict)

    def put_into(self, app: Flask) -> None:
        """Make this the fabric of an application."""
        app.extensions[OURS] = self


def fabric(app: Flask | None = None) -> Fabric:
    """The fabric of an application, the current one when none is named."""
    return cast(Fabric, (app or current_app).extensions[OURS])


class Memory(Generic[T]):
    """What one room remembers in a process for each application: made by `first` when it is asked
    for the first time.
    """

    def __init__(self, first: Callable[[], T]) -> None:
        self._first = first

    def of(self, app: Flask | None = None) -> T:
        """What is remembered for an application, the current one when none is named."""
        memories = fabric(app).memories
        if self not in memories:
            memories.setdefault(self, self._first())  # of two threads one is first
        return cast(T, memories[self])

    def keep(self, value: T, app: Flask | None = None) -> None:
        """Remember another value."""
        fabric(app).memories[self] = value
