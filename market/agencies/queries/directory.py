"""What the public sees of agencies: the list, and one of them."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select

from market.agencies import rules
from market.agencies.models import Agency, Qualification, ServiceLine
from market.agencies.queries.standing import AgencyCard, card
from market.agencies.rules import LINE_OPEN, LINE_PUBLIC, LineState, State, Tier
from market.catalogue import queries as catalogue
from market.catalogue.rules import Requirement
from market.db import Work
from market.kernel import ids
from market.kernel.sought import Sought, parts
from market.kernel.visible import bare, ways
from market.web.paging import Page, keyset

PAGE = 20


@dataclasses.dataclass(frozen=True)
class Line:
    """A service line: item code, state, last day of validity (None: without end)."""

    item_code: str
    state: LineState
    valid_to: dt.date | None


@dataclasses.dataclass(frozen=True)
class QualificationCard:
    """A qualification. `file_id` is not for the public."""

    id: int
    name: str
    grade: str | None
    specialities: tuple[str, ...]
    number: str
    issuer: str
    valid_from: dt.date
    valid_to: dt.date | None
    file_id: int | None
    is_checked: bool

    @property
    def held(self) -> rules.Held:
        return rules.Held(self.name, self.grade, self.specialities, self.valid_from, self.valid_to)


def lines(work: Work, agency_id: int) -> list[Line]:
    """Every service line of an agency by item code."""
    return [
        Line(*row)
        for row in work.session.execute(
            select(ServiceLine.item_code, ServiceLine.state, ServiceLine.valid_to)
            .where(ServiceLine.agency_id == agency_id)
            .order_by(ServiceLine.item_code)
        )
    ]


@dataclasses.dataclass(frozen=True)
class Covering:
    """What an agency's lines ask for, by item code, and the checked certificates that it holds."""

    requirements: Mapping[str, Requirement]
    held: Sequence[rules.Held]


def covering(work: Work, agency_id: int) -> Covering:
    """What the office has checked of an agency, beside what its lines ask for."""
    catalogued = catalogue.by_code(work)
    return Covering(
        requirements={
            line.item_code: catalogued[line.item_code].requirement
            for line in lines(work, agency_id)
        },
        held=[each.held for each in qualifications(work, agency_id) if each.is_checked],
    )


def public_lines(work: Work, agency_id: int) -> list[Line]:
    """The lines that the public sees."""
    return [line for line in lines(work, agency_id) if line.state in LINE_PUBLIC]


def lines_of(work: Work, refs: Collection[str]) -> list[tuple[str, Line]]:
    """The public lines of the agencies of these platform numbers, each with its agency's, in order."""
    asked = (
        select(Agency.ref, ServiceLine.item_code, ServiceLine.state, ServiceLine.valid_to)
        .join(Agency, Agency.id == ServiceLine.agency_id)
        .where(
            Agency.ref.in_(refs),
            Agency.state.in_(rules.PUBLIC),
            ServiceLine.state.in_(LINE_PUBLIC),
        )
        .order_by(Agency.ref, ServiceLine.item_code)
    )
    return [(str(row[0]), Line(*row[1:])) for row in work.session.execute(asked)]


def qualifications(work: Work, agency_id: int) -> list[QualificationCard]:
    """What an agency holds, oldest first."""
    rows = work.session.scalars(
        select(Qualification).where(Qualification.agency_id == agency_id).order_by(Qualification.id)
    )
    return [
        QualificationCard(
            row.id,
            row.name,
            row.grade,
            tuple(row.specialities.splitlines()),
            row.number,
            row.issuer,
            row.valid_from,
            row.valid_to,
            row.file_id,
            row.checked_at is not None,
        )
        for row in rows
    ]


@dataclasses.dataclass(frozen=True)
class Filter:
    """What the directory is narrowed to; empty means all."""

    tier: Tier | None = None
    items: tuple[str, ...] = ()
    text: str = ""
    state: State | None = None  # as the public sees it


def directory(
    work: Work, by: Filter, after: str | None = None, limit: int = PAGE
) -> Page[AgencyCard]:
    """Enrolled agencies, newest first, as AgencyCards. Refuses `web.cursor`."""
    asked = select(Agency).where(Agency.enrolled_at.is_not(None), *_narrowed(work, by))
    page = keyset(work.session, asked, [Agency.enrolled_at.desc(), Agency.id.desc()], after, limit)
    return page.map(lambda row: card(row[0]))


def sought(work: Work, refs: Collection[str] | None = None) -> Iterator[Sought]:
    """Every agency of the directory as the search knows it, or those of these platform numbers;
    oldest first.
    """
    asked = select(Agency.ref, Agency.uscc, Agency.name).where(
        Agency.enrolled_at.is_not(None), Agency.state.in_(rules.PUBLIC)
    )
    if refs is not None:
        asked = asked.where(Agency.ref.in_(refs))
    for ref, uscc, name in work.session.execute(asked.order_by(Agency.enrolled_at, Agency.id)):
        yield Sought(str(ref), f"/agencies/{uscc}", name, uscc)


def count(work: Work, by: Filter) -> int:
    """How many agencies the directory has under a filter."""
    asked = (
        select(func.count())
        .select_from(Agency)
        .where(Agency.enrolled_at.is_not(None), *_narrowed(work, by))
    )
    return work.session.scalar(asked) or 0


def tiers(work: Work) -> dict[Tier, int]:
    """How many agencies in business are from here, the city, the province and elsewhere (Ruichang
    counts so).
    """
    counts = [func.count().filter(_in_tier(work, tier)) for tier in Tier]
    row = work.session.execute(select(*counts).where(Agency.state.in_(rules.IN_BUSINESS))).one()
    return dict(zip(Tier, row, strict=True))


def _narrowed(work: Work, by: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Agency.state.in_(rules.PUBLIC)]
    if by.state:
        shown_so = {kept for kept in rules.PUBLIC if rules.SHOWN_AS.get(kept, kept) is by.state}
        conditions.append(Agency.state.in_(shown_so))
    if by.tier:
        conditions.append(_in_tier(work, by.tier))
    if by.items:
        conditions.append(
            exists().where(
                ServiceLine.agency_id == Agency.id,
                ServiceLine.item_code.in_(by.items),
                ServiceLine.state.in_(LINE_OPEN),
            )
        )
    for part in parts(by.text):
        conditions.append(
            or_(
                *(Agency.name.contains(way, autoescape=True) for way in ways(part)),
                Agency.uscc == bare(part),
                Agency.ref == (ids.typed_ref(part) or part),
            )
        )
    return conditions


def _in_tier(work: Work, tier: Tier) -> ColumnElement[bool]:
    county, city, province = (_begins(work.division[:length]) for length in (6, 4, 2))
    return {
        Tier.HERE: county,
        Tier.CITY: and_(city, not_(county)),
        Tier.PROVINCE: and_(province, not_(city)),
        Tier.ELSEWHERE: not_(province),
    }[tier]


def _begins(prefix: str) -> ColumnElement[bool]:
    """A range, which an index answers on both databases, as LIKE does not."""
    return Agency.region.between(prefix.ljust(6, "0"), prefix.ljust(6, "9"))
