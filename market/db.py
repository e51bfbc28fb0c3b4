"""The database, and the only place that commits.

Log order is commit order: what a use case records is appended by the hook as its last act, under
the lock of the log's head (ARCHITECTURE.md#invariants). Writers take fair turns within a process:
one at a
time on SQLite, where writes begin IMMEDIATE; a few on PostgreSQL, at READ COMMITTED with
constraints and row locks doing the work.
"""

import contextlib
import dataclasses
import datetime as dt
import enum
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from flask import current_app, g, has_request_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    Connection,
    Dialect,
    Engine,
    Enum,
    Executable,
    Integer,
    MetaData,
    event,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry, scoped_session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeDecorator

from market.kernel.actor import Actor
from market.kernel.clock import CHINA, epoch_ms, from_epoch_ms, local_date
from market.kernel.entropy import Entropy
from market.kernel.events import Event
from market.kernel.ids import Prefix, number

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
# serialization failure, deadlock, lock not available; and a unique key that another took first
# (23505): run again, the
# use case sees the other's row and refuses in its own words (ADR-0003).
RETRIES = {"40001", "40P01", "55P03", "23505"}
ATTEMPTS = 3


class Instant(TypeDecorator[dt.datetime]):
    """An aware UTC instant, kept as epoch milliseconds: SQLite would drop the zone of a datetime."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return epoch_ms(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else from_epoch_ms(value)


class Base(DeclarativeBase):
    """Every table. Instants by `Instant`, integers wide enough for any id."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            dt.datetime: Instant,
            int: BigInteger().with_variant(Integer, "sqlite"),
        },
    )


db = SQLAlchemy(model_class=Base)
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model
P = ParamSpec("P")
T = TypeVar("T")
E = TypeVar("E", bound=enum.StrEnum)


def enum_type(of: type[E]) -> Enum:
    """The column type of a state or kind: its text values behind a CHECK, on both databases."""
    return Enum(
        of,
        native_enum=False,
        length=32,
        create_constraint=True,
        name=of.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Sequence(Model):
    """The last number given out under a key such as GG-360481-2026."""

    __tablename__ = "sequence"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


@dataclasses.dataclass(frozen=True)
class Work:
    """One unit of work: the session, who acts, and the one instant at which it all happens.

    `received_at` is when the form was here whole (equal to `now` for jobs) and survives retries: an
    entry is in time by it. `division` is the jurisdiction's code, e.g. 360481. `events` is the
    queue that the ledger appends before the commit.
    """

    session: scoped_session[Any]
    actor: Actor
    now: dt.datetime
    received_at: dt.datetime
    entropy: Entropy
    division: str
    events: list[Event] = dataclasses.field(default_factory=list)

    @property
    def today(self) -> dt.date:
        """The date on the wall of a Chinese office, which is what the rules count."""
        return local_date(self.now)

    def next_in(self, key: str) -> int:
        """Take the next number of a sequence; the row stays locked until the commit, so none is
        given twice.
        """
        bump = (
            update(Sequence)
            .where(Sequence.key == key)
            .values(value=Sequence.value + 1)
            .returning(Sequence.value)
        )
        value = self.session.scalar(bump)
        if value is None:
            self.session.add(Sequence(key=key, value=1))
            # Two firsts at once: the primary key lets one through, the other runs again.
            self.session.flush()
            return 1
        return value

    def next_number(self, prefix: Prefix) -> str:
        """A fresh public number of this jurisdiction and year."""
        year = self.now.astimezone(CHINA).year
        return number(prefix, self.division, year, self.next_in(f"{prefix}-{self.division}-{year}"))


@dataclasses.dataclass(frozen=True)
class _Plan:
    """A statement as one database takes it. `names` are its parameters in order (None where it
    takes them by name).
    """

    sql: str
    names: tuple[str, ...] | None
    fixed: dict[str, Any]
    written: dict[str, Callable[[Any], Any]]
    read: list[Callable[[Any], Any] | None]
    error: type[Exception]

    @classmethod
    def of(cls, statement: Executable, dialect: Dialect) -> "_Plan":
        compiled = cast(SQLCompiler, statement.compile(dialect=dialect))  # type: ignore[attr-defined]
        written = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect)
            for bind, name in compiled.bind_names.items()
        }
        columns = statement.exported_columns or ()  # type: ignore[attr-defined]
        return cls(
            str(compiled),
            tuple(compiled.positiontup or ()) if dialect.positional else None,
            dict(compiled.params),
            {name: process for name, process in written.items() if process},
            [
                column.type.dialect_impl(dialect).result_processor(dialect, None)
                for column in columns
            ],
            dialect.loaded_dbapi.Error,
        )

    def bound(self, values: dict[str, Any]) -> Any:
        if unknown := values.keys() - self.fixed.keys():
            raise TypeError(f"the statement has no {sorted(unknown)}")
        given = {**self.fixed, **values}
        for name, process in self.written.items():
            given[name] = process(given[name])
        return given if self.names is None else tuple(given[name] for name in self.names)

    def run(self, connection: Connection, *each: Any) -> Iterable[tuple[Any, ...]]:
        """By the driver's own cursor, on the transaction that the session is in; its errors as
        SQLAlchemy words them.

        Several sets of values go to PostgreSQL without waiting for its word on each: the log's head
        is locked meanwhile.
        """
        cursor = connection.connection.cursor()
        try:
            if len(each) > 1:
                cursor.executemany(self.sql, each)
                return ()
            cursor.execute(self.sql, *each)
            return cursor.fetchall() if cursor.description else ()
        except self.error as lost:
            raise DBAPIError.instance(
                self.sql, each[0], lost, self.error, dialect=connection.dialect
            ) from lost
        finally:
            cursor.close()

    def shaped(self, row: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(
            process(value) if process else value
            for value, process in zip(row, self.read, strict=True)
        )


class Prepared:
    """A statement compiled once for each database and then run as plain SQL: for the few paths that
    thousands take at once.

    Values are given by the names of its `bindparam`s; rows come back as plain tuples of what the
    columns' types say.
    """

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._plans: dict[str, _Plan] = {}

    def rows(self, work: "Work", **values: Any) -> list[tuple[Any, ...]]:
        """What a query, or a change that returns something, gives."""
        plan, connection = self._on(work)
        found = plan.run(connection, plan.bound(values))
        return [plan.shaped(row) for row in found] if any(plan.read) else list(found)

    def first(self, work: "Work", **values: Any) -> tuple[Any, ...] | None:
        """The first row, if there is one."""
        return next(iter(self.rows(work, **values)), None)

    def act(self, work: "Work", *each: dict[str, Any]) -> None:
        """A change, once for each set of values."""
        plan, connection = self._on(work)
        if each:
            plan.run(connection, *(plan.bound(values) for values in each))

    def _on(self, work: "Work") -> tuple[_Plan, Connection]:
        work.session.flush()  # As any statement of the session would: what is pending is seen.
        connection = work.session.connection()
        name = connection.dialect.name
        plan = self._plans.get(name)
        if plan is None:
            plan = self._plans[name] = _Plan.of(self._statement, connection.dialect)
        return plan, connection


class FairTurns:
    """First come, first served among this process's threads, so many at a time."""

    def __init__(self, at_once: int) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._free = at_once

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        with self._guard:
            mine = threading.Event()
            if self._free:
                self._free -= 1
                mine.set()
            else:
                self._waiting.append(mine)
        mine.wait()
        try:
            yield
        finally:
            with self._guard:
                if self._waiting:
                    self._waiting.popleft().set()
                else:
                    self._free += 1


# SQLite has one writer, and its own lock starves some of those who wait. On PostgreSQL all writers
# meet at the log's head:
# more than a few at once only wait for one another, each in a server process of its own.
writers = {"sqlite": FairTurns(1), "postgresql": FairTurns(4)}


def in_one_transaction(
    act: Callable[Concatenate[Work, P], T], actor: Actor, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run one use case whole or not at all, again if another writer was in the way (3 tries at
    most).
    """
    clock = current_app.extensions["clock"]
    received_at = g.received_at if has_request_context() and "received_at" in g else clock.now()
    # A reader's connection must not be held while waiting: the writer may need it.
    db.session.rollback()
    with writers[db.engine.dialect.name].turn():
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _attempt(act, actor, received_at, *args, **kwargs)
            except DBAPIError as lost:
                db.session.rollback()
                if attempt == ATTEMPTS or not _may_run_again(lost):
                    raise
            except BaseException:
                db.session.rollback()
                raise
    raise AssertionError("unreachable")


def _attempt(
    act: Callable[Concatenate[Work, P], T],
    actor: Actor,
    received_at: dt.datetime,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    db.session.connection(execution_options={"writes": True})
    work = new_work(actor, received_at)
    result = act(work, *args, **kwargs)
    db.session.flush()
    current_app.extensions["append"](work)
    db.session.commit()
    return result


def new_work(actor: Actor, received_at: dt.datetime | None = None) -> Work:
    """A unit of work on the current session; pages that only read make one with `reading`."""
    now = current_app.extensions["clock"].now()
    return Work(
        db.session,
        actor,
        now,
        received_at or now,
        current_app.extensions["entropy"],
        current_app.config["DIVISION"],
    )


def reading(actor: Actor) -> Work:
    """A unit of work for queries; nothing it does is committed."""
    return new_work(actor)


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _may_run_again(lost: DBAPIError) -> bool:
    """A lost race, and nothing else."""
    origin = lost.orig
    if isinstance(origin, sqlite3.OperationalError):
        return "locked" in str(origin) or "busy" in str(origin)
    return getattr(origin, "sqlstate", None) in RETRIES


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # SQLAlchemy's own BEGIN below, never the driver's.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 10000")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        if connection.get_execution_options().get("writes"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:  # Waits for nobody and cannot fail, so the driver may be asked without ceremony: every page begins so.
            connection.connection.driver_connection.execute("BEGIN")
