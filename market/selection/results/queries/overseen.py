"""Selections as those see them who oversee: filtered and paged.

Before the seal only counts that the public has as well; who entered comes with the list.
"""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, cast, func, literal, or_, select
from sqlalchemy.orm import aliased

from market.db import Instant, Work
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.kernel.sought import parts
from market.selection.entries.models import Entry, LateEntry
from market.selection.entries.rules.states import OPENED, EntryState
from market.selection.kinds import Failure, Fund, Method
from market.selection.notices.models import Notice
from market.selection.notices.queries import case
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.queries.listing import OWNER, Tab
from market.selection.notices.rules.states import NoticeState
from market.selection.results.models import Ranking
from market.selection.results.rules.states import RankState
from market.selection.sources.models import Draw
from market.selection.sources.rules.states import DrawState
from market.web.paging import Page, keyset
from market.windows import queries as windows_queries

ENTRANT = aliased(Entry)
STANDING = (RankState.PROPOSED, RankState.WON)
PAGE = 30


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sought:
    """What the selections are narrowed to; empty means everything.

    `regulator_id`: those of one sector, also where another leads. `owner`: part of an owner's name. `ref`: those in whose
    opened list this agency stands. `since`, `until`: instants of publication, the latter excluded.
    `numbers`: a statement that gives notices' numbers, of another room; `without`: one that gives
    those that are left out. `q`: words that stand in number, title or owner's name, each in one of
    them. `sort`: a name of `SORTS`; it `falls` from the newest or last.
    """

    regulator_id: int | None = None
    owner: str = ""
    ref: str = ""
    item_code: str = ""
    method: Method | None = None
    fund: Fund | None = None
    tab: Tab | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    is_single: bool = False
    is_relisted: bool = False
    is_overridden: bool = False
    is_failed: bool = False
    numbers: Sequence[Select[str]] = ()
    without: Sequence[Select[str]] = ()
    q: str = ""
    sort: str = "since"
    falls: bool = True


@dataclasses.dataclass(frozen=True)
class Overseen:
    """One selection of the list. Money in fen; counts of entries, listed and excluded after the seal."""

    number: str
    title: str
    state: NoticeState
    owner_id: int
    owner: str
    item_code: str
    category: str
    method: Method
    fund: Fund
    ceiling_fen: int
    listing: int
    is_overridden: bool
    published_at: dt.datetime
    announced_at: dt.datetime | None
    failure: Failure | None
    entries_given: int
    entries_live: int
    listed: int
    excluded: int
    late: int
    winner: str | None
    amount_fen: int | None
    draw: str | None
    level: str | None


FIELDS = tuple(field.name for field in dataclasses.fields(Overseen))


def _count(state: EntryState) -> Select[int]:
    return (
        select(func.count())
        .select_from(Entry)
        .where(Entry.notice_id == Notice.id, Entry.state == state)
        .correlate(Notice)
    )


LISTED = _count(EntryState.LISTED).scalar_subquery()
EXCLUDED = _count(EntryState.INELIGIBLE).scalar_subquery()
LATE = (
    select(func.count())
    .select_from(LateEntry)
    .where(LateEntry.notice_id == Notice.id)
    .correlate(Notice)
    .scalar_subquery()
)


NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
DUE = func.coalesce(windows_queries.next_due(Notice.number), literal(NEVER, Instant), type_=Instant)
SORTS: dict[str, ColumnElement[Any]] = {
    "number": func.coalesce(Notice.number, ""),
    "title": Notice.title.expression,
    "owner": OWNER.c.name,
    "state": cast(Notice.state, String),
    "since": Notice.published_at.expression,
    "due": DUE,
}
"""What the list can be sorted by; `due`: the soonest that runs, what has none is last."""


def selections(
    work: Work, sought: Sought, after: str | None = None, limit: int = PAGE
) -> Page[Overseen]:
    """One page of `Overseen`, newest publication first unless another order is asked for. Refuses
    `web.cursor`.
    """
    column = SORTS[sought.sort]
    order = (column.desc() if sought.falls else column, Notice.id.desc())
    page = keyset(work.session, _asked(sought), order, after, limit)
    return page.map(_overseen)


def _asked(sought: Sought) -> Select[*tuple[object, ...]]:
    """Columns in the order of `FIELDS`."""
    return (
        select(
            Notice.number,
            Notice.title,
            Notice.state,
            Notice.owner_id,
            OWNER.c.name,
            Notice.item_code,
            Notice.category,
            Notice.method,
            Notice.fund,
            Notice.ceiling_fen,
            Notice.listing,
            Notice.overridden_at.is_not(None),
            Notice.published_at,
            Notice.announced_at,
            Notice.failure,
            Notice.entries_given,
            Notice.entries_live,
            LISTED,
            EXCLUDED,
            LATE,
            Ranking.ref,
            Entry.quote_fen,
            Draw.number,
            func.coalesce(Draw.reached, Draw.level),
        )
        .select_from(Notice)
        .join(OWNER, OWNER.c.id == Notice.owner_id)
        .outerjoin(Draw, Draw.notice_id == Notice.id)
        .outerjoin(Ranking, (Ranking.notice_id == Notice.id) & Ranking.state.in_(STANDING))
        .outerjoin(Entry, Entry.id == Ranking.entry_id)
        .where(Notice.published_at.is_not(None), *_conditions(sought))
    )


def _overseen(row: Row[*tuple[object, ...]]) -> Overseen:
    values: Json = dict(zip(FIELDS, row, strict=False))
    failure = values["failure"]
    return Overseen(**{**values, "failure": Failure(failure) if failure else None})


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    same = {
        Notice.method: sought.method,
        Notice.fund: sought.fund,
        Notice.tab: sought.tab.value if sought.tab else None,
    }
    found = [column == value for column, value in same.items() if value is not None]
    if sought.regulator_id is not None:
        found.append(case.overseen_by(sought.regulator_id))
    if sought.item_code:
        found.append(case.buys([sought.item_code]))
    found += [Notice.number.in_(numbers) for numbers in sought.numbers]
    found += [Notice.number.not_in(numbers) for numbers in sought.without]
    named = (Notice.number, Notice.title, OWNER.c.name)
    found += [
        or_(*(column.icontains(word, autoescape=True) for column in named))
        for word in parts(sought.q)
    ]
    if sought.owner:
        found.append(OWNER.c.name.contains(sought.owner, autoescape=True))
    if sought.since is not None:
        found.append(Notice.published_at >= sought.since)
    if sought.until is not None:
        found.append(Notice.published_at < sought.until)
    if sought.is_single:
        found.append(LISTED == 1)
    if sought.is_relisted:
        found.append(Notice.listing > 1)
    if sought.is_failed:
        found.append(Notice.failure.is_not(None))
    if sought.is_overridden:
        found.append(Notice.overridden_at.is_not(None))
    if sought.ref:
        opened = ENTRANT.state.in_(OPENED)
        found.append(
            select(ENTRANT.id)
            .where(ENTRANT.notice_id == Notice.id, ENTRANT.ref == sought.ref, opened)
            .exists()
        )
    return found


def is_of_sector(work: Work, number: str, regulator_id: int) -> bool:
    """Whether a body is the sector regulator of an item of a published notice. Refuses `notice.none`."""
    notice = notice_rows.by_number(work, number)
    asked = select(Notice.id).where(Notice.id == notice.id, case.overseen_by(regulator_id))
    return work.session.scalar(asked) is not None


def numbers_of_sector(regulator_id: int) -> Select[str]:
    """The numbers of the published notices of a sector, as a statement for other rooms' questions."""
    return select(Notice.number).where(  # type: ignore[return-value]  # published: it has one
        case.overseen_by(regulator_id), Notice.number.is_not(None)
    )


def numbers_of_owner(owner_id: int) -> Select[str]:
    """The numbers of an owner's published notices, as a statement for other rooms' questions."""
    return select(Notice.number).where(  # type: ignore[return-value]  # published: it has one
        Notice.owner_id == owner_id, Notice.number.is_not(None)
    )


def drawn_numbers(work: Work) -> list[str]:
    """The numbers of all draws, and of direct choices, that have a result, oldest first."""
    asked = select(Draw.number).where(Draw.state == DrawState.DRAWN).order_by(Draw.id)
    chosen = (
        select(Notice.number)
        .where(Notice.method == Method.DIRECT, Notice.announced_at.is_not(None))
        .order_by(Notice.id)
    )
    direct = [sibling(str(number), Prefix.DRAW) for number in work.session.scalars(chosen)]
    return [*work.session.scalars(asked), *direct]
