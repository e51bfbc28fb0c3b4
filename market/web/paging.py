"""Keyset paging: the next page begins after the last row shown, at the same cost however far one
has read.

A cursor is base64url of JSON: the direction and the values of the sort columns of one row. It
carries nothing secret and is not trusted: a malformed one is refused with `web.cursor` (400).
"""

import base64
import binascii
import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar, TypeVarTuple

from sqlalchemy import ColumnElement, Enum, Result, Row, Select, UnaryExpression, and_, literal, or_
from sqlalchemy.sql import operators

from market.db import Instant
from market.kernel.errors import Malformed

LONGEST = 600  # characters of a cursor
FORWARD = "n"
BACK = "p"
R = TypeVar("R")
Columns = TypeVarTuple("Columns")
S = TypeVar("S")
Value = dt.datetime | dt.date | str | int
"""What a sort column holds."""


class Reads(Protocol):
    """A session or connection."""

    def execute(self, statement: Any, /) -> Result[Any]: ...


@dataclasses.dataclass(frozen=True)
class Page(Generic[R]):
    """Rows of one page and the cursors around it; None where there is nothing more."""

    rows: Sequence[R]
    next: str | None
    previous: str | None

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def map(self, make: Callable[[R], S]) -> "Page[S]":
        """The same page, each row made into something else."""
        return Page([make(row) for row in self.rows], self.next, self.previous)


def keyset(
    session: Reads,
    stmt: Select[*Columns],
    columns: Sequence[ColumnElement[Any]],
    after: str | None,
    limit: int = 20,
) -> Page[Row[*Columns]]:
    """One page of `stmt`, sorted by `columns` (never null, the last one unique; desc(...) where it
    falls).

    `after` is the cursor from the address (?after=), None for the first page. Rows are those of
    `stmt` with the sort values behind them. Refuses `web.cursor`.
    """
    keys = [_Key.of(column) for column in columns]
    direction, values = _decode(after, keys) if after else (FORWARD, None)
    backwards = direction == BACK
    wanted = stmt.add_columns(
        *(key.column.label(f"sort_{place}") for place, key in enumerate(keys))
    )
    if values is not None:
        wanted = wanted.where(_beyond(keys, values, backwards))
    wanted = (
        wanted.order_by(None).order_by(*(key.order(backwards) for key in keys)).limit(limit + 1)
    )
    found = list(session.execute(wanted))
    more = len(found) > limit
    rows = found[:limit]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    has_next = backwards or more
    has_previous = more if backwards else values is not None
    return Page(
        rows,
        _encode(FORWARD, rows[-1], len(keys)) if has_next else None,
        _encode(BACK, rows[0], len(keys)) if has_previous else None,
    )


@dataclasses.dataclass(frozen=True)
class _Key:
    column: ColumnElement[Any]
    falls: bool

    @classmethod
    def of(cls, column: ColumnElement[Any]) -> "_Key":
        if isinstance(column, UnaryExpression) and column.modifier in (
            operators.desc_op,
            operators.asc_op,
        ):
            return cls(column.element, column.modifier is operators.desc_op)
        return cls(column, False)

    def takes(self, value: Value) -> bool:
        """Whether a cursor's value can be compared with this column at all."""
        kind = self.column.type
        if isinstance(kind, Instant):
            return isinstance(value, dt.datetime)
        if isinstance(kind, Enum):
            return value in kind.enums
        return isinstance(value, kind.python_type)

    def order(self, backwards: bool) -> ColumnElement[Any]:
        return self.column.desc() if self.falls != backwards else self.column.asc()

    def beyond(self, value: Value, backwards: bool) -> ColumnElement[bool]:
        bound = literal(value, self.column.type)
        return self.column < bound if self.falls != backwards else self.column > bound

    def reached(self, value: Value, backwards: bool) -> ColumnElement[bool]:
        """At the value or beyond it: one comparison, so that an index is entered at the cursor."""
        bound = literal(value, self.column.type)
        return self.column <= bound if self.falls != backwards else self.column >= bound


def _beyond(keys: Sequence[_Key], values: Sequence[Value], backwards: bool) -> ColumnElement[bool]:
    """(a, b) beyond (x, y) as a > x or (a = x and b > y), led by a >= x so that an index on a is
    entered there.
    """
    ways: list[ColumnElement[bool]] = []
    same: list[ColumnElement[bool]] = []
    for key, value in zip(keys, values, strict=True):
        ways.append(and_(*same, key.beyond(value, backwards)))
        same.append(key.column == literal(value, key.column.type))
    return and_(keys[0].reached(values[0], backwards), or_(*ways)) if len(keys) > 1 else ways[0]


def _encode(direction: str, row: Row[Any], count: int) -> str:
    values = [_to_json(value) for value in tuple(row)[-count:]]
    text = json.dumps([direction, *values], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _to_json(value: Value) -> object:
    if isinstance(value, dt.datetime):
        return {"at": value.isoformat()}
    if isinstance(value, dt.date):
        return {"on": value.isoformat()}
    return value


def _decode(cursor: str, keys: Sequence[_Key]) -> tuple[str, list[Value]]:
    try:
        if len(cursor) > LONGEST:
            raise ValueError("too long")
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        direction, *values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        values = [_from_json(value) for value in values]
        if direction not in (FORWARD, BACK) or len(values) != len(keys):
            raise ValueError("wrong shape")
        if not all(key.takes(value) for key, value in zip(keys, values, strict=True)):
            raise ValueError("wrong kind")
        return direction, values
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise Malformed("web.cursor") from error


def _from_json(value: object) -> Value:
    if isinstance(value, dict):
        if list(value) == ["at"]:
            instant = dt.datetime.fromisoformat(value["at"])
            if instant.tzinfo is None:
                raise ValueError("no zone")
            return instant
        if list(value) == ["on"]:
            return dt.date.fromisoformat(value["on"])
        raise ValueError("unknown value")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
        return value
    if isinstance(value, str) and "\0" not in value and value.encode():
        return value
    raise ValueError("unknown value")
