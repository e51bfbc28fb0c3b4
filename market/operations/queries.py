"""How the installation is."""
import dataclasses
import datetime as dt

from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select

from market.db import Work
from market.ledger import queries as ledger
from market.operations.models import Heartbeat, Installation
from market.operations.rules import Mode

STALE = dt.timedelta(seconds=90)  # time.md section 4: /healthz turns red when the heartbeat is older


@dataclasses.dataclass(frozen=True)
class Health:
    """What /healthz says. `clock_age` in seconds; None when the clock has never run."""

    database: bool
    migration: str | None
    migrated: bool
    clock_age: float | None
    log_size: int
    checkpoint_size: int

    @property
    def is_well(self) -> bool:
        return self.database and self.migrated and self.clock_age is not None and self.clock_age <= STALE.total_seconds()


def mode(work: Work) -> Mode | None:
    """Production or demo; None before the set-up (or before the migrations)."""
    if not inspect(work.session.connection()).has_table("installation"):
        return None
    return work.session.scalar(select(Installation.mode).where(Installation.id == 1))


def health(work: Work, newest_migration: str | None) -> Health:
    """The state of the database, the migrations, the clock and the log."""
    current = MigrationContext.configure(work.session.connection()).get_current_revision()
    if current is None or current != newest_migration:
        return Health(True, current, False, None, 0, 0)
    beat = work.session.scalar(select(func.max(Heartbeat.at)))
    signed = ledger.checkpoint(work)
    return Health(True, current, True, (work.now - beat).total_seconds() if beat else None, ledger.size(work),
                  signed.size if signed else 0)
