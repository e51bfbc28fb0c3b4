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
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, TypeVarTuple, cast

from flask import current_app, g, has_request_context
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import (
    BigInteger,
    Connection,
    Dialect,
    Engine,
    Enum,
    Integer,
    MetaData,
    Select,
    event,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    registry,
    scoped_session,
)
from sqlalchemy.types import TypeDecorator

from market.fabric import fabric
from market.kernel.actor import Actor
from market.kernel.arrival import Arrival, TakenBy
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
# serialization failure, deadlock, lock not available; a unique key that another took first (23505):
# run again, the use case sees the other's row and refuses in its own words (ADR-0003).
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


class Database(SQLAlchemy):
    """Ends a request also when the database died in its last moment: what was answered stands."""

    def _teardown_session(self, exc: BaseException | None) -> None:
        try:
            self.session.remove()
        except DBAPIError:  # the connection is dead; the pool throws it away
            self.session.registry.clear()


db = Database(model_class=Base)
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model
NEVER_AGAIN = {"sqlite_autoincrement": True}
"""Last of a table's arguments where rows are deleted whose ids stand in addresses: SQLite gives the
newest row's id out again otherwise, and a page that stood open would write into another's row.
"""
P = ParamSpec("P")
T = TypeVar("T")
E = TypeVar("E", bound=enum.StrEnum)
Columns = TypeVarTuple("Columns")


def enum_type(of: type[E], name: str | None = None) -> Enum:
    """The column type of a state or kind: its text values behind a CHECK, on both databases.

    `name` is the CHECK's, where it is not the class's in small letters.
    """
    return Enum(
        of,
        native_enum=False,
        length=32,
        create_constraint=True,
        name=name or of.__name__.lower(),
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
    entry is in time by it; `received_by` says what took that instant. `division` is the jurisdiction's code, e.g. 360481. `events` is the
    queue that the ledger appends before the commit. `connection` is the writing transaction's own,
    for prepared statements (market/prepared.py); None for a unit of work that only reads.
    """

    session: scoped_session[FlaskSession]
    actor: Actor
    now: dt.datetime
    received_at: dt.datetime
    entropy: Entropy
    division: str
    received_by: TakenBy = TakenBy.READING
    events: list[Event] = dataclasses.field(default_factory=list)
    connection: Connection | None = None

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


def under_lock(asked: Select[*Columns]) -> Select[*Columns]:
    """A query whose rows are locked until the commit and read afresh: who comes second sees what the
    first did.
    """
    return asked.with_for_update().execution_options(populate_existing=True)


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


# SQLite has one writer, and its own lock starves some of those who wait. On PostgreSQL all meet at
# the log's head: more than a few at once only wait, each in a server process of its own.
writers = {"sqlite": FairTurns(1), "postgresql": FairTurns(4)}


def in_one_transaction(
    act: Callable[Concatenate[Work, P], T], actor: Actor, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run one use case whole or not at all, again if another writer was in the way (3 tries at
    most).
    """
    came = arrival()
    # A reader's connection must not be held while waiting: the writer may need it.
    db.session.rollback()
    with writers[db.engine.dialect.name].turn():
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _attempt(act, actor, came, *args, **kwargs)
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
    came: Arrival,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    db.session().info["actor"] = actor
    connection = db.session.connection(execution_options={"writes": True})
    work = dataclasses.replace(new_work(actor, came.at, came.by), connection=connection)
    result = act(work, *args, **kwargs)
    db.session.flush()
    if work.events:
        fabric().before_log(work)
    fabric().guard(work)  # checks that the log may grow, and appends to it
    db.session.commit()
    return result


def arrival() -> Arrival:
    """When the form of this request was here whole; now, where nobody sent one."""
    if has_request_context() and "received_at" in g:
        return Arrival(g.received_at, g.get("received_by", TakenBy.READING))
    return Arrival(fabric().clock.now(), TakenBy.READING)


def new_work(
    actor: Actor,
    received_at: dt.datetime | None = None,
    received_by: TakenBy = TakenBy.READING,
) -> Work:
    """A unit of work on the current session; pages that only read make one with `reading`."""
    now = fabric().clock.now()
    return Work(
        db.session,
        actor,
        now,
        received_at or now,
        fabric().entropy,
        current_app.config["DIVISION"],
        received_by,
    )


def reading(actor: Actor) -> Work:
    """A unit of work for queries; nothing it does is committed."""
    return new_work(actor)


@contextlib.contextmanager
def glance(actor: Actor) -> Iterator[Work]:
    """A unit of work for one query that stands alone. On PostgreSQL no transaction is begun and ended
    around it: two of three exchanges with the server, at every request of whoever is signed in.
    """
    if _is_sqlite():
        yield reading(actor)
        return
    with db.engine.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        yield dataclasses.replace(new_work(actor), connection=alone)


@contextlib.contextmanager
def snapshot(actor: Actor) -> Iterator[Work]:
    """A unit of work for long reading: all of it sees one moment, and what is being committed
    meanwhile is not in it.
    """
    connecting = db.engine
    if connecting.dialect.name == "postgresql":
        connecting = connecting.execution_options(isolation_level="REPEATABLE READ")
    with connecting.connect() as connection, Session(connection) as session:
        yield dataclasses.replace(
            new_work(actor), session=cast("scoped_session[FlaskSession]", session)
        )


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _may_run_again(lost: DBAPIError) -> bool:
    """A lost race, and nothing else."""
    origin = lost.orig
    if isinstance(origin, sqlite3.OperationalError):
        return "locked" in str(origin) or "busy" in str(origin)
    return getattr(origin, "sqlstate", None) in RETRIES


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: object, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # SQLAlchemy's own BEGIN below, never the driver's.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 10000")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        if connection.get_execution_options().get("writes"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:  # Waits for nobody and cannot fail, so the driver may be asked without ceremony: every page begins so.
            driver = connection.connection.driver_connection
            if driver is not None:
                driver.execute("BEGIN")
