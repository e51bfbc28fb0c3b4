"""What holds all the words that are sought, kind by kind, newest first.

The index is walked downwards in portions: the kinds lie in it one above the other, and of a kind
that has given its page the rest is passed over.
"""

import dataclasses
from typing import NamedTuple, cast

from sqlalchemy import (
    BigInteger,
    Table,
    Text,
    bindparam,
    column,
    func,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from market.db import Work, db
from market.kernel.sought import words
from market.prepared import Prepared, Values
from market.search.models import SearchText
from market.search.rules import BLOCKS, Found, around, fts5, kind_at, marked, tsquery

PAGE = 20
PORTION = 32  # rows that are asked for at once: a page of one kind and some of others
TEXTS = cast(Table, SearchText.__table__)
PAIRS = table("search_pairs", column("rowid", BigInteger), column("search_pairs"))
SHOWN = (TEXTS.c.id, TEXTS.c.subject, TEXTS.c.path, TEXTS.c.title, TEXTS.c.more)


class Hit(NamedTuple):
    """One thing that was found. `at` is its place in the index, where the next page begins."""

    at: int
    subject: str
    path: str
    title: str
    more: str

    def marked(self, sought: tuple[str, ...]) -> list[tuple[str, bool]]:
        """Its title, or its number where it has none, in parts; each with whether it was sought."""
        return marked(self.title or self.subject, sought)

    def around(self, sought: tuple[str, ...]) -> list[tuple[str, bool]]:
        """What stands around the first word in the rest of its text, in parts."""
        return marked(around(self.more, sought), sought)


@dataclasses.dataclass(frozen=True)
class Group:
    """The hits of one kind; `next` is where the next page begins, None on the last one."""

    kind: Found
    hits: list[Hit]
    next: int | None


def search(
    work: Work, sought: str, kind: Found | None = None, before: int | None = None
) -> list[Group]:
    """The things that hold every word: up to 20 of each kind that has any, or of one kind from a
    place on.
    """
    asked = words(sought)
    if not asked:
        return []
    kinds = (kind,) if kind else tuple(Found)
    found: dict[Found, list[Hit]] = {each: [] for each in kinds}
    first = BLOCKS[kinds[-1]][0]
    last = BLOCKS[kinds[0]][1] if before is None else min(before - 1, BLOCKS[kinds[0]][1])
    ask = _on_sqlite if db.engine.dialect.name == "sqlite" else _on_postgresql
    while first <= last:
        rows = [Hit(*row) for row in ask(work, asked, first, last)]
        for hit in rows:
            found[kind_at(hit.at)].append(hit)
        if len(rows) < PORTION:
            break
        reached = kind_at(rows[-1].at)
        is_full = len(found[reached]) > PAGE
        last = (BLOCKS[reached][0] if is_full else rows[-1].at) - 1
    return [
        Group(each, hits[:PAGE], hits[PAGE - 1].at if len(hits) > PAGE else None)
        for each, hits in found.items()
        if hits
    ]


def _on_sqlite(work: Work, asked: tuple[str, ...], first: int, last: int) -> list[Values]:
    return ON_SQLITE.rows(work, asked=fts5(asked), first=first, last=last)


def _on_postgresql(work: Work, asked: tuple[str, ...], first: int, last: int) -> list[Values]:
    parts = [f"%{word}%" for word in asked]
    return ON_POSTGRESQL.rows(work, asked=tsquery(asked), parts=parts, first=first, last=last)


FIRST = bindparam("first", type_=BigInteger)
LAST = bindparam("last", type_=BigInteger)
ON_SQLITE = Prepared(
    select(*SHOWN)
    .join_from(PAIRS, TEXTS, TEXTS.c.id == PAIRS.c.rowid)
    .where(
        PAIRS.c.search_pairs.op("MATCH", is_comparison=True)(bindparam("asked")),
        PAIRS.c.rowid >= FIRST,
        PAIRS.c.rowid <= LAST,
    )
    .order_by(PAIRS.c.rowid.desc())
    .limit(PORTION)
)
ON_POSTGRESQL = Prepared(
    select(*SHOWN)
    .where(
        TEXTS.c.pairs.op("@@", is_comparison=True)(bindparam("asked", type_=TSQUERY)),
        TEXTS.c.plain.op("LIKE", is_comparison=True)(
            func.all(bindparam("parts", type_=ARRAY(Text())))
        ),
        TEXTS.c.id >= FIRST,
        TEXTS.c.id <= LAST,
    )
    .order_by(TEXTS.c.id.desc())
    .limit(PORTION)
)
