"""How the installation is."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select

from market.db import Work
from market.fabric import fabric
from market.kernel.clock import Clock
from market.ledger import queries as ledger
from market.operations import rules
from market.operations.models import ClockHold, Heartbeat, Installation, IntegrityRun
from market.operations.rules import Mode
from market.selection.entries.events import DrainCut

REMEMBERED = dt.timedelta(days=1)
"""How long /healthz tells of a trouble that did not end well since: a jump of the clock, a job that is gone."""


LOOKS = 3  # at the database's clock: one answer in three comes at once


@dataclasses.dataclass(frozen=True)
class Integrity:
    """What the newest comparison of the rows with the log found; `first` as IntegrityRun has it."""

    checked_at: dt.datetime
    rows: int
    leaves: int
    differences: int
    first: list[list[str | int | None]]


@dataclasses.dataclass(frozen=True)
class Health:
    """What /healthz says. `clock_age` in seconds, None when the clock has never run; `read_only` is
    the reason, if so.
    """

    database: bool
    migration: str | None
    migrated: bool
    clock_age: float | None
    log_size: int
    checkpoint_size: int
    read_only: str | None
    troubles: dict[str, str]
    integrity: "Integrity | None"
    clock_held: int | None  # by how many seconds the clock jumped, while nobody agrees to its time
    clock_apart: dt.timedelta | None = None  # this process's clock from the database's

    @property
    def is_well(self) -> bool:
        return (
            self.database
            and self.migrated
            and self.read_only is None
            and self.clock_held is None
            and abs(self.clock_apart or dt.timedelta()) <= rules.APART
            and self.clock_age is not None
            and rules.is_fresh(dt.timedelta(seconds=self.clock_age))
        )


def unwell(*, database: bool, migration: str | None = None) -> Health:
    """The state of an installation whose database does not answer, or has other tables than this
    version needs.
    """
    return Health(database, migration, False, None, 0, 0, None, {}, None, None)


def mode(work: Work) -> Mode | None:
    """Production or demo; None before the set-up (or before the migrations)."""
    if not inspect(work.session.connection()).has_table("installation"):
        return None
    return work.session.scalar(select(Installation.mode).where(Installation.id == 1))


def unset(work: Work, settings: Mapping[str, object]) -> list[str]:
    """What this installation may not be served without (`rules.unset`): a production database only.

    A demo has nothing real that a link could open; before the set-up there is nobody to mail to.
    """
    if mode(work) is not Mode.PRODUCTION:
        return []
    return rules.unset(settings.get("PUBLIC_URL"), settings.get("TRUSTED_HOSTS"))


def clock_apart(work: Work, clock: Clock) -> dt.timedelta | None:
    """By how much `clock` is ahead of the database's (behind it: negative) at the least; None where
    the database has no clock of its own.
    """
    connection = work.session.connection()
    if connection.dialect.name != "postgresql":
        return None
    found = []
    for _ in range(LOOKS):
        asked = clock.now()
        there: dt.datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        found.append(rules.apart(asked, there, clock.now()))
    return max(found, key=abs)


def health(work: Work, newest_migration: str | None, read_only: Callable[[], str | None]) -> Health:
    """The state of the database, the migrations, the clock and the log."""
    current = MigrationContext.configure(work.session.connection()).get_current_revision()
    if current is None or current != newest_migration:
        return unwell(database=True, migration=current)
    beats = list(work.session.scalars(select(Heartbeat)))
    age = rules.age(work.now, [beat.at for beat in beats if beat.job not in set(rules.Alarm)])
    held = clock_hold(work)
    signed = ledger.checkpoint(work)
    return Health(
        True,
        current,
        True,
        age.total_seconds() if age is not None else None,
        ledger.size(work),
        signed.size if signed else 0,
        read_only(),
        _troubles(work, beats),
        last_integrity(work),
        held.seconds if held else None,
        clock_apart(work, fabric().stopwatch),
    )


def _troubles(work: Work, beats: Iterable[Heartbeat]) -> dict[str, str]:
    """What went wrong within a day: jobs, alarms of the clock, and a list that was sealed although a
    web process still held forms from before its close (ADR 0033), with its notice.
    """
    found = {
        beat.job: beat.trouble for beat in beats if beat.trouble and work.now - beat.at < REMEMBERED
    }
    for cut in ledger.latest(work, limit=1, type=DrainCut.kind):
        if work.now - cut.at < REMEMBERED:
            found[cut.type] = cut.subject
    return found


@dataclasses.dataclass(frozen=True)
class Held:
    """A jump of the clock to whose time nobody has agreed yet."""

    expected_at: dt.datetime
    jumped_to: dt.datetime

    @property
    def seconds(self) -> int:
        """By how much the clock jumped ahead."""
        return round((self.jumped_to - self.expected_at).total_seconds())


def clock_hold(work: Work) -> Held | None:
    """The hold that stands, if one does."""
    row = work.session.scalar(
        select(ClockHold).where(ClockHold.ended_at.is_(None)).order_by(ClockHold.id).limit(1)
    )
    return Held(row.expected_at, row.jumped_to) if row else None


def last_integrity(work: Work) -> Integrity | None:
    """The newest comparison of the rows with the log; None where none was made."""
    row = work.session.scalar(select(IntegrityRun).order_by(IntegrityRun.id.desc()).limit(1))
    return (
        Integrity(row.checked_at, row.rows, row.leaves, row.differences, row.first) if row else None
    )


def last_beat(work: Work) -> dt.datetime | None:
    """When some job of some clock last said that it ran."""
    return work.session.scalar(
        select(func.max(Heartbeat.at)).where(Heartbeat.job.not_in(list(rules.Alarm)))
    )
