"""Which of several clocks does the work: an economy only, since every effect is exactly once
whoever ticks.

The lock dies with its process, so that another takes over at its next look: an advisory lock of the
session on PostgreSQL, a lock on a file of the instance folder elsewhere.
"""

import fcntl
import pathlib
from typing import IO, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

KEY = 0x7A6A6373  # "zjcs"; PostgreSQL keeps advisory locks apart for each database


class Leader(Protocol):
    """Asked before every tick."""

    def leads(self) -> bool:
        """Take the lock if it is free; whether this process holds it."""


class FileLeader:
    """By flock on a file, for clocks of one machine."""

    def __init__(self, path: pathlib.Path) -> None:
        self._file: IO[str] = path.open("a", encoding="utf-8")
        self._held = False

    def leads(self) -> bool:
        if not self._held:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._held = True
            except BlockingIOError:
                return False
        return True


class DatabaseLeader:
    """By pg_try_advisory_lock on a connection of its own, for clocks on any machine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def leads(self) -> bool:
        try:
            if self._connection is not None:
                self._connection.execute(text("SELECT 1"))  # a lost connection has lost the lock
                return True
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": KEY}):
                self._connection = connection
            else:
                connection.close()
        except DBAPIError:
            self._let_go()
        return self._connection is not None

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def leader(engine: Engine, instance: pathlib.Path) -> Leader:
    """The lock that this database allows."""
    return (
        DatabaseLeader(engine)
        if engine.dialect.name == "postgresql"
        else FileLeader(instance / "clock.lock")
    )
