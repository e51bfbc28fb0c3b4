"""Holding business rows against the log: a row without its leaf, and a leaf whose row is gone.

The proofs of the log (verify/) show that no leaf was changed; they cannot see what never became
one. Each room says in its `integrity` which leaf its rows must have (docs/rules.md#log).
"""

import dataclasses
import heapq
import itertools
import json
import typing
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, SQLColumnExpression, String, case, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.selectable import NamedFromClause, SelectBase

from market.db import Work
from market.fabric import fabric
from market.kernel.events import Event, plain
from market.ledger.models import LogLeaf
from verify.zjcs.merkle import leaf_hash

SHOWN = 100  # differences that a report names; beyond them it only counts
TOGETHER = 1000  # rows and leaves read at a time: all that is in memory at once
COLLATIONS = {"sqlite": "BINARY", "postgresql": "C"}  # both as Python orders texts
HASH = "#hash"  # instead of a leaf's field: its leaf hash in lower-case hex
KIND = "#kind"  # instead of a leaf's field: its type
Key = tuple[str, ...]
Stand = typing.TypeVar("Stand")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Held:
    """Rows that must have a leaf of one of `events`.

    `rows` selects the leaf's subject, and behind it what the leaf's `fields` say. Where
    `both_ways`, each leaf must have its row too: so with facts that stay on their row for good.
    """

    events: tuple[type[Event], ...]
    rows: SelectBase
    fields: tuple[str, ...] = ()
    both_ways: bool = True


@dataclasses.dataclass(frozen=True)
class Difference:
    """`rows` rows and `leaves` leaves say the same; `index` is one of those leaves."""

    kind: str
    subject: str
    detail: Key
    rows: int
    leaves: int
    index: int | None


@dataclasses.dataclass(frozen=True)
class Report:
    """What was compared, how many differences there are, and the first of them."""

    rows: int
    leaves: int
    count: int
    first: tuple[Difference, ...]


@dataclasses.dataclass
class _Tally:
    """How much was read of each side."""

    rows: int = 0
    leaves: int = 0


def of_states(
    number: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    state: InstrumentedAttribute[Stand],
    brought: Mapping[Stand, tuple[type[Event], ...]],
) -> tuple[Held, ...]:
    """Rows that stand in a state and so must have one of the facts that bring into it; `number` is
    the subject of those. A fact stays where its row went on.
    """
    return tuple(
        Held(
            events=events,
            rows=select(number).where(number.is_not(None), state == each),
            both_ways=False,
        )
        for each, events in brought.items()
    )


def padded(column: SQLColumnExpression[int], digits: int) -> ColumnElement[str]:
    """A number with leading zeros, as public numbers have it: 12 -> 000012."""
    limit = 10**digits
    short = func.substr(cast(column + limit, String), 2)
    return case((column < limit, short), else_=cast(column, String))


def declared() -> Sequence[Held]:
    """What the rooms of this application hold against the log."""
    return typing.cast(Sequence[Held], fabric().held)


def compare(work: Work, declared: Sequence[Held]) -> Report:
    """Hold every declared row against the log. The session must see one snapshot throughout.

    Both sides are read once, in the order of their subjects, a thousand at a time.
    """
    tally = _Tally()
    found: Iterator[Difference] = itertools.chain.from_iterable(
        _differences(work, held, tally) for held in declared
    )
    first = tuple(itertools.islice(found, SHOWN))
    count = len(first) + sum(1 for _ in found)
    return Report(tally.rows, tally.leaves, count, first)


def _differences(work: Work, held: Held, tally: _Tally) -> Iterator[Difference]:
    kind = "|".join(event.kind for event in held.events)
    both = heapq.merge(
        _rows(work, held, tally), _leaves(work, held, tally), key=lambda each: each[0]
    )
    for subject, group in itertools.groupby(both, key=lambda each: each[0]):
        rows: Counter[Key] = Counter()
        leaves: Counter[Key] = Counter()
        places: dict[Key, int] = {}
        for _, key, index in group:
            if index is None:
                rows[key] += 1
            else:
                leaves[key] += 1
                places[key] = index
        for key in sorted(rows | leaves):
            if rows[key] > leaves[key] or (held.both_ways and rows[key] < leaves[key]):
                yield Difference(kind, subject, key, rows[key], leaves[key], places.get(key))


def _rows(work: Work, held: Held, tally: _Tally) -> Iterator[tuple[str, Key, int | None]]:
    source: NamedFromClause = held.rows.subquery()
    asked = select(*source.c).order_by(_ordered(work, next(iter(source.c))))
    for row in work.session.execute(asked.execution_options(yield_per=TOGETHER)):
        tally.rows += 1
        yield str(row[0]), _key(row[1:]), None


def _leaves(work: Work, held: Held, tally: _Tally) -> Iterator[tuple[str, Key, int | None]]:
    asked = (
        select(LogLeaf.subject, LogLeaf.idx, LogLeaf.type, LogLeaf.leaf)
        .where(LogLeaf.type.in_([event.kind for event in held.events]))
        .order_by(_ordered(work, LogLeaf.subject))
    )
    for subject, index, kind, leaf in work.session.execute(
        asked.execution_options(yield_per=TOGETHER)
    ):
        tally.leaves += 1
        yield subject, _said(held.fields, kind, leaf), index


def _said(fields: tuple[str, ...], kind: str, leaf: bytes) -> Key:
    """What a leaf says in these fields."""
    if not fields:
        return ()
    own = {HASH: leaf_hash(leaf).hex(), KIND: kind, **json.loads(leaf)}
    return _key([own.get(field) for field in fields])


def _key(values: Sequence[object]) -> Key:
    return tuple("" if value is None else str(plain(value)) for value in values)


def _ordered(work: Work, column: object) -> ColumnElement[str]:
    return cast(column, String).collate(COLLATIONS[work.session.get_bind().dialect.name])
