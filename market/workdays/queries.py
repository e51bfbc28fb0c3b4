"""Reading the calendar: the working days of a region, and the arrangements they come from."""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Protocol

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import selectinload

from market.db import Work
from market.fabric import Memory
from market.kernel.errors import NotFound
from market.kernel.shown import Parts
from market.workdays import rules
from market.workdays.models import ArrangementRow
from market.workdays.rules import COUNTRY, Arrangement, Change, Day, State, WorkCalendar

MOST_BUILT = 32  # calendars kept in memory, some 400 kB each
ALERT_FROM = (11, 15)
KEY = re.compile(r"(?P<region>CN|[0-9]{2,6})-(?P<year>[0-9]{4})-(?P<version>[0-9]{1,4})")
_built: dict[tuple[object, ...], WorkCalendar] = {}


@dataclasses.dataclass(frozen=True)
class Import:
    """One version with its history. People are person ids, 0 the installation itself."""

    arrangement: Arrangement
    state: State
    sha256: str
    imported_at: dt.datetime
    imported_by: int
    approved_at: dt.datetime | None
    approved_by: int | None
    rejected_at: dt.datetime | None
    rejected_by: int | None
    reason: str | None


class Moved(Protocol):
    """A window whose due a calendar would move; windows stand above this room."""

    @property
    def subject(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def old_due(self) -> dt.datetime: ...

    @property
    def due(self) -> dt.datetime: ...


Moves = Callable[[Work, WorkCalendar, WorkCalendar], Sequence[Moved]]
MOVED = Memory[Moves | None](lambda: None)
"""What a calendar would move of another's windows, asked with the one before and the one after."""


def calendar(work: Work, region: str | None = None) -> WorkCalendar:
    """The working days of a region (default: this jurisdiction), by the approved arrangements of
    its chain.

    Built once for each set of versions and kept. Refused: `workdays.unknown_region`.
    """
    regions = rules.chain(region or work.division)
    row = ArrangementRow
    known = work.session.execute(
        select(row.region, row.year, row.version, row.document_number, row.sha256)
        .where(row.region.in_(regions), row.state == State.APPROVED)
        .order_by(row.id)
    ).all()
    key = (regions, *known)
    found = _built.get(key)
    if found is None:
        if len(_built) >= MOST_BUILT:
            _built.clear()
        found = _built[key] = WorkCalendar(regions[-1], approved(work, *regions))
    return found


def left(work: Work) -> Callable[[dt.datetime], int]:
    """How many working days there are still until an instant, for a page that shows several."""
    known = calendar(work)
    return lambda due_at: rules.working_days_left(work.now, due_at, known)


def approved(work: Work, *regions: str) -> list[Arrangement]:
    """Every approved version of the regions, oldest first."""
    rows = work.session.scalars(
        select(ArrangementRow)
        .where(ArrangementRow.region.in_(regions), ArrangementRow.state == State.APPROVED)
        .options(selectinload(ArrangementRow.days))
        .order_by(ArrangementRow.year, ArrangementRow.version)
    )
    return [arrangement_of(row) for row in rows]


def in_force_for(work: Work, year: int) -> list[Import]:
    """The approved versions for a year in this jurisdiction, corrections last: the sources of the
    public page.
    """
    rows = work.session.scalars(
        select(ArrangementRow)
        .where(
            ArrangementRow.region.in_(rules.chain(work.division)),
            ArrangementRow.year == year,
            ArrangementRow.state == State.APPROVED,
        )
        .options(selectinload(ArrangementRow.days))
        .order_by(ArrangementRow.region.desc(), ArrangementRow.version)
    )
    return [_import_of(row) for row in rows]


def imports(work: Work) -> list[Import]:
    """Every version ever imported, newest first."""
    rows = work.session.scalars(
        select(ArrangementRow)
        .options(selectinload(ArrangementRow.days))
        .order_by(ArrangementRow.id.desc())
    )
    return [_import_of(row) for row in rows]


def imported(work: Work, key: str) -> Import:
    """One version by its key, e.g. CN-2027-1. Refused: `workdays.no_arrangement`."""
    return _import_of(_found(work, key, _select(key)))


def row_to_change(work: Work, key: str) -> ArrangementRow:
    """The row of a key, locked, for this room's service. Refused: `workdays.no_arrangement`."""
    return _found(work, key, _select(key).with_for_update())


def _select(key: str) -> Select[ArrangementRow]:
    parts = KEY.fullmatch(key)
    if parts is None:
        raise NotFound("workdays.no_arrangement", key=key)
    return (
        select(ArrangementRow)
        .options(selectinload(ArrangementRow.days))
        .where(
            ArrangementRow.region == parts["region"],
            ArrangementRow.year == int(parts["year"]),
            ArrangementRow.version == int(parts["version"]),
        )
    )


def _found(work: Work, key: str, asked: Select[ArrangementRow]) -> ArrangementRow:
    row = work.session.scalar(asked)
    if row is None:
        raise NotFound("workdays.no_arrangement", key=key)
    return row


def with_proposal(work: Work, proposal: Arrangement) -> tuple[WorkCalendar, WorkCalendar]:
    """The calendar of a proposal's region as it is and as it would be: what a preview compares."""
    before = calendar(work, proposal.region)
    return before, WorkCalendar(proposal.region, (*before.arrangements, proposal))


def compared(work: Work, key: str) -> tuple[WorkCalendar, WorkCalendar]:
    """The calendar without and with a version: what one that is in force changed when it was
    approved, also when a later one has taken its place; of any other, what it would change now.
    Refused:
    `workdays.no_arrangement`.
    """
    row = _found(work, key, _select(key))
    one = arrangement_of(row)
    if row.state is not State.APPROVED:
        return with_proposal(work, one)
    other = ArrangementRow
    earlier = work.session.scalars(
        select(other)
        .options(selectinload(other.days))
        .order_by(other.year, other.version)
        .where(
            other.region.in_(rules.chain(one.region)),
            other.state == State.APPROVED,
            or_(
                other.approved_at < row.approved_at,
                and_(other.approved_at == row.approved_at, other.id < row.id),
            ),
        )
    )
    before = tuple(map(arrangement_of, earlier))
    return WorkCalendar(one.region, before), WorkCalendar(one.region, (*before, one))


def preview(work: Work, key: str) -> tuple[Change, ...]:
    """The days that a version changes, or would change."""
    before, after = compared(work, key)
    return before.changes(after)


def arrangement_shown(work: Work, key: str) -> Parts:
    """A proposed arrangement as its page shows it, with the days that it would change now. Refused:
    `workdays.no_arrangement`.
    """
    row = _found(work, key, _select(key))
    return {
        "arrangement.id": row.id,
        "arrangement.document_number": row.document_number,
        "arrangement.title": row.title,
        "arrangement.sha256": row.sha256,
        "arrangement.changes": [
            [change.date, change.becomes_working, change.name] for change in preview(work, key)
        ],
    }


def missing_year(work: Work) -> int | None:
    """Next year, from 15 November on while the country's arrangement for it is not approved here;
    else None.
    """
    year = work.today.year + 1
    if (work.today.month, work.today.day) < ALERT_FROM or calendar(
        work, COUNTRY
    ).confirmed_through.year >= year:
        return None
    return year


def arrangement_of(row: ArrangementRow) -> Arrangement:
    """The plain form of a row whose days are loaded."""
    days = tuple(Day(day.date, day.is_working, day.name) for day in row.days)
    return Arrangement(
        row.region,
        row.year,
        row.version,
        row.document_number,
        row.title,
        row.source_url,
        row.issued_on,
        days,
    )


def _import_of(row: ArrangementRow) -> Import:
    own = [field.name for field in dataclasses.fields(Import)][1:]
    return Import(arrangement_of(row), **{name: getattr(row, name) for name in own})
