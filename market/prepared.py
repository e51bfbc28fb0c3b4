"""Statements compiled once for each database and then run as plain SQL.

For the few paths that thousands take at once: the session's own way of running a statement costs
more there than the statement (ADR 0011).
"""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, cast

from sqlalchemy import BindParameter, Connection, Dialect, Executable, bindparam
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import ExpandedState, SQLCompiler

from market.db import Work
from market.kernel.plain import Json

Process = Callable[[Any], Any]
"""What makes a value of ours the driver's, or the other way round."""
Bound = Any
"""The values of one run, by name or in the order that the driver takes."""
Values = tuple[Any, ...]
"""The values of a row, of the types that the statement's columns say."""


@dataclasses.dataclass(frozen=True)
class _Plan:
    """A statement as one database takes it. `names` are its parameters in order (None where it
    takes them by name).
    """

    sql: str
    names: tuple[str, ...] | None
    fixed: Json
    written: dict[str, Process]
    read: list[Process | None]
    error: type[Exception]

    @classmethod
    def of(cls, statement: Executable, dialect: Dialect) -> "_Plan":
        compiled = cast(SQLCompiler, statement.compile(dialect=dialect))  # type: ignore[attr-defined]
        written = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect)
            for bind, name in compiled.bind_names.items()
        }
        columns = statement.exported_columns or ()  # type: ignore[attr-defined]
        sql = str(compiled)
        order = compiled.positiontup
        fixed = compiled.params
        if compiled.post_compile_params:
            whole = _with_lists(compiled, dialect)
            sql = whole.statement
            order = list(whole.positiontup or ())
            fixed = dict(whole.parameters)
        return cls(
            sql,
            tuple(order or ()) if dialect.positional else None,
            dict(fixed),
            {name: process for name, process in written.items() if process},
            [
                column.type.dialect_impl(dialect).result_processor(dialect, None)
                for column in columns
            ],
            dialect.loaded_dbapi.Error,
        )

    def bound(self, values: Json) -> Bound:
        if unknown := values.keys() - self.fixed.keys():
            raise TypeError(f"the statement has no {sorted(unknown)}")
        given = {**self.fixed, **values}
        for name, process in self.written.items():
            given[name] = process(given[name])
        return given if self.names is None else tuple(given[name] for name in self.names)

    def run(self, connection: Connection, *each: Bound) -> Iterable[Values]:
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

    def shaped(self, row: Values) -> Values:
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

    def rows(self, work: Work, **values: object) -> list[Values]:
        """What a query, or a change that returns something, gives."""
        plan, connection = self._on(work)
        found = plan.run(connection, plan.bound(values))
        return [plan.shaped(row) for row in found] if any(plan.read) else list(found)

    def first(self, work: Work, **values: object) -> Values | None:
        """The first row, if there is one."""
        return next(iter(self.rows(work, **values)), None)

    def act(self, work: Work, *each: Json) -> None:
        """A change, once for each set of values."""
        plan, connection = self._on(work)
        if each:
            plan.run(connection, *(plan.bound(values) for values in each))

    def _on(self, work: Work) -> tuple[_Plan, Connection]:
        work.session.flush()  # As any statement of the session would: what is pending is seen.
        connection = work.connection or work.session.connection()
        name = connection.dialect.name
        plan = self._plans.get(name)
        if plan is None:
            plan = self._plans[name] = _Plan.of(self._statement, connection.dialect)
        return plan, connection


def _with_lists(compiled: SQLCompiler, dialect: Dialect) -> ExpandedState:
    """A statement with its lists of fixed values written out: a class that shares its table with others
    brings one (`kind IN (...)`) that SQLAlchemy leaves open until it runs a statement itself.
    """
    if any(
        each.type.dialect_impl(dialect).bind_processor(dialect)
        for each in compiled.post_compile_params
    ):
        raise TypeError("a list of fixed values of a type that has to be put into the driver's")
    given = {name: None for name, bind in compiled.binds.items() if bind.required}
    return compiled.construct_expanded_state(given)


GROUP = 32  # values that a statement of `Many` asks for at once


class Many:
    """A prepared query about several values at once, for those who are received together.

    `made` gives the statement for the parameters of an `IN`. It is compiled for one value and for
    GROUP of them; a list is asked in portions of that size, the last one filled up with a value
    that is in it already.
    """

    def __init__(self, made: Callable[[list[BindParameter[object]]], Executable]) -> None:
        self._of = {
            size: Prepared(made([bindparam(f"asked_{place}") for place in range(size)]))
            for size in (1, GROUP)
        }

    def rows(self, work: Work, asked: Collection[object], **values: object) -> Iterator[Values]:
        """The rows for all that is asked for; each value once."""
        wanted = list(dict.fromkeys(asked))
        for start in range(0, len(wanted), GROUP):
            portion = wanted[start : start + GROUP]
            size = 1 if len(portion) == 1 else GROUP
            portion += portion[:1] * (size - len(portion))
            named = {f"asked_{place}": value for place, value in enumerate(portion)}
            yield from self._of[size].rows(work, **named, **values)
