"""Which rows of the installation stand on the log: none."""

from market.ledger.queries.integrity import Held
from market.operations.models import ClockHold, Heartbeat, Installation, IntegrityRun

HELD: tuple[Held, ...] = ()
WITHOUT: dict[type, str] = {
    Installation: "what this database is",
    ClockHold: "how the clock is",
    Heartbeat: "how the clock is",
    IntegrityRun: "what this comparison found",
}
