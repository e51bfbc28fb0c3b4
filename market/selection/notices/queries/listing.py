"""The public lists of notices and results: one prebuilt statement a page, keyset paging, no
entities.

The list of notices is the busiest page of all, so its statements are compiled once for each
combination of filters and run as plain SQL; instants stay milliseconds until somebody looks at
them.
"""

import dataclasses
import datetime as dt
import enum
import functools
import re
from typing import NamedTuple, cast

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    Table,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.expression import bindparam

from market.accounts import queries as accounts
from market.db import Work
from market.kernel import ids
from market.kernel.clock import CHINA, epoch_ms, from_epoch_ms
from market.kernel.errors import Malformed
from market.kernel.plain import Json
from market.kernel.sought import parts
from market.owners import queries as owners
from market.prepared import Prepared
from market.selection.kinds import Fund
from market.selection.notices.models import Notice
from market.web.paging import Page

PAGE = 20
CURSOR = re.compile(r"([np])(\d{1,15})-(\d{1,18})")
FORWARD = "n"
BACK = "p"


class Tab(enum.StrEnum):
    """The headings of the public list."""

    OPEN = "open"
    TODAY = "today"
    SOON = "soon"
    ANNOUNCED = "announced"
    AWARDED = "awarded"
    FAILED = "failed"


@dataclasses.dataclass(frozen=True)
class Filters:
    """What the public list is narrowed to; empty means everything. Every part of `text` is looked
    for in title and number; a number is read however it is typed.
    """

    tab: Tab | None = None
    category: str = ""
    fund: Fund | None = None
    owner_id: int | None = None
    text: str = ""


class Listed(NamedTuple):
    """One row of the list; `*_ms` are epoch milliseconds, the instants of the same names aware UTC."""

    number: str
    title: str
    state: str
    owner: str
    category: str
    fund: str
    ceiling_fen: int
    entries: int
    published_ms: int
    close_ms: int
    draw_ms: int
    amended_ms: int | None
    id: int
    owner_id: int

    @property
    def published_at(self) -> dt.datetime:
        return from_epoch_ms(self.published_ms)

    @property
    def entry_close(self) -> dt.datetime:
        return from_epoch_ms(self.close_ms)

    @property
    def draw_at(self) -> dt.datetime:
        return from_epoch_ms(self.draw_ms)

    @property
    def changed_at(self) -> dt.datetime:
        """The latest of publication and amendment."""
        return from_epoch_ms(self.amended_ms or self.published_ms)

    @property
    def is_amended(self) -> bool:
        return self.amended_ms is not None


NOTICE = cast(Table, Notice.__table__)
OWNER = accounts.NAMES
COLUMN = NOTICE.c
INSTANTS = (COLUMN.published_at, COLUMN.entry_close, COLUMN.draw_at, COLUMN.amended_at)
# Codes and milliseconds as they are kept: nothing is made of them here.
COLUMNS = (
    COLUMN.number,
    COLUMN.title,
    type_coerce(COLUMN.state, String),
    owners.public_name(COLUMN.owner_id, OWNER.c.name),
    COLUMN.category,
    type_coerce(COLUMN.fund, String),
    COLUMN.ceiling_fen,
    COLUMN.entries_live,
    *(type_coerce(column, BigInteger) for column in INSTANTS),
    COLUMN.id,
    COLUMN.owner_id,
)


class Shape(NamedTuple):
    """One combination of filters and a direction: what a statement is built for."""

    tab: bool
    today: bool
    category: bool
    fund: bool
    owner: bool
    parts: int
    direction: str | None


def listing(
    work: Work, filters: Filters, after: str | None = None, limit: int = PAGE
) -> Page[Listed]:
    """One page of `Listed`, newest first (closing today: soonest first). Refuses `web.cursor`."""
    values = _values(work, filters, limit)
    direction = None
    if after is not None:
        direction, values["at"], values["id"] = _cursor(after)
    today = filters.tab is Tab.TODAY
    shape = Shape(
        filters.tab is not None and not today,
        today,
        bool(filters.category),
        filters.fund is not None,
        filters.owner_id is not None,
        len(_parts(filters.text)),
        direction,
    )
    found = [Listed._make(row) for row in _prepared(shape).rows(work, **values)]
    return _page(found, direction, limit, today)


def _page(found: list[Listed], direction: str | None, limit: int, today: bool) -> Page[Listed]:
    more = len(found) > limit
    rows = found[:limit]
    if direction == BACK:
        rows.reverse()
    if not rows:
        return Page([], None, None)

    def at(way: str, row: Listed) -> str:
        return cursor(way, row.close_ms if today else row.published_ms, row.id)

    has_next = direction == BACK or more
    has_previous = more if direction == BACK else direction is not None
    return Page(
        rows,
        at(FORWARD, rows[-1]) if has_next else None,
        at(BACK, rows[0]) if has_previous else None,
    )


def cursor(way: str, at: int, id: int) -> str:
    """Where a page begins: FORWARD or BACK from the row with this sorted instant (epoch
    milliseconds) and id.
    """
    return f"{way}{at}-{id}"


def _cursor(after: str) -> tuple[str, int, int]:
    parts = CURSOR.fullmatch(after) if after.isascii() else None
    if parts is None:
        raise Malformed("web.cursor")
    return parts[1], int(parts[2]), int(parts[3])


def count_published(work: Work) -> int:
    """How many notices were ever published."""
    published = select(func.count()).select_from(NOTICE).where(COLUMN.published_at.is_not(None))
    return work.session.scalar(published) or 0


@functools.cache
def _prepared(shape: Shape) -> Prepared:
    return Prepared(_statement(shape))


def _statement(shape: Shape) -> Select[*tuple[object, ...]]:
    conditions: list[ColumnElement[bool]] = [COLUMN.published_at.is_not(None)]
    if shape.tab:
        conditions.append(COLUMN.tab == bindparam("tab"))
    if shape.today:
        conditions += [
            COLUMN.state == bindparam("open"),
            COLUMN.entry_close > bindparam("now", type_=BigInteger),
            COLUMN.entry_close <= bindparam("tonight", type_=BigInteger),
        ]
    if shape.category:
        conditions.append(COLUMN.category == bindparam("category"))
    if shape.fund:
        conditions.append(COLUMN.fund == bindparam("fund"))
    if shape.owner:
        conditions.append(COLUMN.owner_id == bindparam("owner"))
    for place in range(shape.parts):
        like: ColumnElement[str] = bindparam(f"like_{place}")
        conditions.append(
            COLUMN.title.like(like, escape="\\") | COLUMN.number.like(like, escape="\\")
        )
    sort = COLUMN.entry_close if shape.today else COLUMN.published_at
    falls = (not shape.today) != (shape.direction == BACK)
    if shape.direction is not None:
        at = bindparam("at", type_=BigInteger)
        after_id = bindparam("id", type_=BigInteger)
        # led by one bound on the first column, so that the index is entered there
        reached, beyond = (sort <= at, sort < at) if falls else (sort >= at, sort > at)
        conditions += [
            reached,
            or_(beyond, COLUMN.id < after_id if falls else COLUMN.id > after_id),
        ]
    order = (sort.desc(), COLUMN.id.desc()) if falls else (sort, COLUMN.id)
    return (
        select(*COLUMNS)
        .join_from(NOTICE, OWNER, OWNER.c.id == COLUMN.owner_id)
        .where(*conditions)
        .order_by(*order)
        .limit(bindparam("most"))
    )


def _parts(text: str) -> tuple[str, ...]:
    """What is looked for: the notice's number where one is typed, else each part of the text."""
    numbers = ids.typed(text)
    return (ids.sibling(numbers[0], ids.Prefix.NOTICE),) if numbers else parts(text)


def _values(work: Work, filters: Filters, limit: int) -> Json:
    given: Json = {"most": limit + 1}
    if filters.tab is Tab.TODAY:
        midnight = dt.datetime.combine(work.today + dt.timedelta(days=1), dt.time(), CHINA)
        given |= {"open": "entry_open", "now": epoch_ms(work.now), "tonight": epoch_ms(midnight)}
    elif filters.tab is not None:
        given["tab"] = filters.tab.value
    if filters.category:
        given["category"] = filters.category
    if filters.fund is not None:
        given["fund"] = filters.fund.value
    if filters.owner_id is not None:
        given["owner"] = filters.owner_id
    for place, part in enumerate(_parts(filters.text)):
        escaped = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        given[f"like_{place}"] = f"%{escaped}%"
    return given
