"""The public lists of notices and results: one prebuilt statement a page, keyset paging, no entities."""
import dataclasses
import datetime as dt
import enum
import functools
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Select, Table, select
from sqlalchemy.sql.expression import bindparam

from market.db import Work, db
from market.kernel.clock import CHINA
from market.selection.models import Draw, Entry, Notice, Ranking
from market.selection.rules.terms import Fund
from market.web.paging import Page, keyset

PAGE = 20
TEXT_MOST = 80  # characters of a search


class Tab(enum.StrEnum):
    """The headings of the public list (face.md 2)."""

    OPEN = "open"
    TODAY = "today"
    SOON = "soon"
    ANNOUNCED = "announced"
    AWARDED = "awarded"
    FAILED = "failed"


@dataclasses.dataclass(frozen=True)
class Filters:
    """What the public list is narrowed to; empty means everything. `text` is looked for in title and number."""

    tab: Tab | None = None
    category: str = ""
    fund: Fund | None = None
    owner_id: int | None = None
    text: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Listed:
    """One row of the list."""

    number: str
    title: str
    state: str
    owner: str
    category: str
    fund: str
    ceiling_fen: int
    published_at: dt.datetime
    entry_close: dt.datetime
    draw_at: dt.datetime
    entries: int
    is_amended: bool


def listing(work: Work, filters: Filters, after: str | None = None, limit: int = PAGE) -> Page:
    """One page of `Listed`, newest first (closing today: soonest first). Refuses `web.cursor`."""
    asked = _statement(*(bool(getattr(filters, name)) for name in ("tab", "category", "fund", "owner_id", "text")),
                       filters.tab is Tab.TODAY)
    order = (NOTICE.c.entry_close, NOTICE.c.id) if filters.tab is Tab.TODAY else (NOTICE.c.published_at.desc(),
                                                                                   NOTICE.c.id.desc())
    page = keyset(_Bound(work, _values(work, filters)), asked, order, after, limit)
    return page.map(lambda row: Listed(*(*row[:11], row[11] is not None)))


NOTICE = cast(Table, Notice.__table__)
ORGANISATION: Table = db.metadata.tables["organisation"]
COLUMNS: tuple[Column[Any], ...] = (
    NOTICE.c.number, NOTICE.c.title, NOTICE.c.state, ORGANISATION.c.name, NOTICE.c.category, NOTICE.c.fund,
    NOTICE.c.ceiling_fen, NOTICE.c.published_at, NOTICE.c.entry_close, NOTICE.c.draw_at, NOTICE.c.entries_live,
    NOTICE.c.amended_at)


@functools.cache
def _statement(tab: bool, category: bool, fund: bool, owner: bool, text: bool, today: bool) -> Select[Any]:
    """The statement for one combination of filters, built once."""
    conditions: list[ColumnElement[bool]] = [NOTICE.c.published_at.is_not(None)]
    if tab and not today:
        conditions.append(NOTICE.c.tab == bindparam("tab"))
    if today:
        conditions += [NOTICE.c.state == "entry_open", NOTICE.c.entry_close >= bindparam("now"),
                       NOTICE.c.entry_close <= bindparam("tonight")]
    if category:
        conditions.append(NOTICE.c.category == bindparam("category"))
    if fund:
        conditions.append(NOTICE.c.fund == bindparam("fund"))
    if owner:
        conditions.append(NOTICE.c.owner_id == bindparam("owner_id"))
    if text:
        like: ColumnElement[str] = bindparam("like")
        conditions.append(NOTICE.c.title.like(like, escape="\\") | NOTICE.c.number.like(like, escape="\\"))
    return (select(*COLUMNS).join_from(NOTICE, ORGANISATION, ORGANISATION.c.id == NOTICE.c.owner_id)
            .where(*conditions))


def _values(work: Work, filters: Filters) -> dict[str, Any]:
    midnight = dt.datetime.combine(work.today + dt.timedelta(days=1), dt.time(), CHINA)
    escaped = filters.text[:TEXT_MOST].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    given = {"tab": filters.tab, "category": filters.category, "fund": filters.fund, "owner_id": filters.owner_id}
    return {**given, "like": f"%{escaped}%", "now": work.now, "tonight": midnight}


@dataclasses.dataclass(frozen=True)
class _Bound:
    """A session that fills a prebuilt statement's parameters."""

    work: Work
    values: dict[str, Any]

    def execute(self, statement: Any, /) -> Any:
        names = statement.compile().params.keys() & self.values.keys()
        return self.work.session.execute(statement, {name: self.values[name] for name in names})


@dataclasses.dataclass(frozen=True, slots=True)
class ResultListed:
    """One row of the list of results; winner and amount are None for a failed selection."""

    number: str
    title: str
    state: str
    owner: str
    announced_at: dt.datetime
    entries: int
    failure: str | None
    winner: str | None
    amount_fen: int | None


def results(work: Work, after: str | None = None, limit: int = PAGE) -> Page:
    """One page of `ResultListed`, newest first: every 中选公告 and every failed selection. Refuses `web.cursor`."""
    agency = ORGANISATION.alias("agency")
    standing = Ranking.state.in_(("proposed", "won"))
    asked = (
        select(NOTICE.c.number, NOTICE.c.title, NOTICE.c.state, ORGANISATION.c.name, NOTICE.c.announced_at,
               NOTICE.c.entries_live, NOTICE.c.failure, agency.c.name, Entry.quote_fen)
        .join_from(NOTICE, ORGANISATION, ORGANISATION.c.id == NOTICE.c.owner_id)
        .join(Draw, Draw.notice_id == NOTICE.c.id)
        .outerjoin(Ranking, (Ranking.draw_id == Draw.id) & standing)
        .outerjoin(Entry, Entry.id == Ranking.entry_id).outerjoin(agency, agency.c.id == Entry.agency_id)
        .where(NOTICE.c.announced_at.is_not(None)))
    page = keyset(work.session, asked, (NOTICE.c.announced_at.desc(), NOTICE.c.id.desc()), after, limit)
    return page.map(lambda row: ResultListed(*row[:9]))


