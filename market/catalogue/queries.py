"""Reading the catalogue."""

import dataclasses
import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator

from sqlalchemy import Row, Select, func, or_, select

from market.catalogue import shipped
from market.catalogue.models import (
    DeferrableDocument,
    PriceReference,
    ServiceCategory,
    ServiceItem,
    ZoneEvaluation,
)
from market.catalogue.rules import Kind, Requirement, State, Zone, groups, split
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.initials import initials
from market.kernel.sought import Sought, parts, plain


@dataclasses.dataclass(frozen=True)
class ItemCard:
    """One item as others see it. `time_limit_days` are working days; `note` is for the office
    alone.
    """

    code: str
    category: str
    name: str
    regulator_id: int | None
    regulator_name: str
    qualification: str
    requirement: Requirement
    legal_basis: str
    approval: str | None
    approving_body: str | None
    time_limit_days: int
    note: str | None
    version: int
    state: State

    @property
    def qualification_kind(self) -> Kind:
        return self.requirement.kind

    @property
    def findable(self) -> str:
        """What a list of items is searched by: code, name, category, regulator, approval, the initials
        of name and category, the English name; in small letters.
        """
        said = (
            self.code,
            self.name,
            self.category,
            self.regulator_name,
            self.approval or "",
            self.approving_body or "",
            *initials(self.name),
            *initials(self.category),
            in_english(self.name),
        )
        return unicodedata.normalize("NFKC", " ".join(said)).lower()

    @property
    def is_published(self) -> bool:
        return self.state is State.PUBLISHED


@dataclasses.dataclass(frozen=True)
class CategoryCard:
    """One category with the number of its published items."""

    name: str
    items: int


def item(work: Work, code: str) -> ItemCard:
    """One item, also an abolished one (`is_published` tells). Refuses `catalogue.no_item`."""
    row = work.session.execute(_cards(work).where(ServiceItem.code == code)).first()
    if row is None:
        raise NotFound("catalogue.no_item", item=code)
    return _card(row)


def items(work: Work, category: str = "", text: str = "") -> list[ItemCard]:
    """Published items by code: of a category, with every part of a text in name, category, approval,
    regulator, qualification or code, or in the initials of name or category (hjyx: 环境影响).
    """
    asked = _cards(work).where(ServiceItem.state == State.PUBLISHED)
    if category:
        asked = asked.where(ServiceCategory.name == category)
    for part in parts(text):
        columns = (
            ServiceItem.name,
            ServiceCategory.name,
            ServiceItem.approval,
            ServiceItem.regulator_name,
            ServiceItem.qualification,
        )
        asked = asked.where(
            or_(
                ServiceItem.code == part,
                ServiceItem.id.in_(_abbreviated(work, part)),
                *(each.contains(part, autoescape=True) for each in columns),
            )
        )
    return [_card(row) for row in work.session.execute(asked)]


def _abbreviated(work: Work, part: str) -> list[int]:
    """The items whose name or category is abbreviated so in pinyin; none of what is no abbreviation."""
    typed = plain(part)
    if not re.fullmatch("[a-z][a-z0-9]+", typed):
        return []
    named = select(ServiceItem.id, ServiceItem.name, ServiceCategory.name).join(
        ServiceCategory, ServiceItem.category_id == ServiceCategory.id
    )
    return [
        item_id
        for item_id, *names in work.session.execute(named)
        if any(typed in short for name in names for short in initials(name))
    ]


def by_code(work: Work) -> dict[str, ItemCard]:
    """Every item, abolished ones included, by code."""
    return {row.ServiceItem.code: _card(row) for row in work.session.execute(_cards(work))}


def in_english(name: str) -> str:
    """The name of an item or a category for readers of English; as it is, where nobody has given it
    one.
    """
    return shipped.english().get(name, name)


def sought(work: Work, subjects: Collection[str] | None = None) -> Iterator[Sought]:
    """Every published item as the search knows it, or those that the log calls so (360481-301)."""
    for card in items(work):
        subject = f"{work.division}-{card.code}"
        if subjects is None or subject in subjects:
            more = f"{card.code} {in_english(card.name)}"
            yield Sought(subject, f"/catalogue/{card.code}", card.name, more)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ZoneCard(Zone):
    """An evaluation made for a whole zone with its id, its item, and whether a project may use it
    today.
    """

    id: int
    item_code: str
    item_name: str
    withdrawn_at: dt.datetime | None
    reason: str
    is_usable: bool


def zones(work: Work, code: str = "", *, usable: bool = False) -> list[ZoneCard]:
    """Evaluations of zones, newest first: of an item, or only those that may be used today."""
    asked = (
        select(ZoneEvaluation, ServiceItem.name)
        .join(
            ServiceItem,
            (ServiceItem.code == ZoneEvaluation.item_code)
            & (ServiceItem.division == ZoneEvaluation.division),
        )
        .where(ZoneEvaluation.division == work.division)
        .order_by(ZoneEvaluation.id.desc())
    )
    if code:
        asked = asked.where(ZoneEvaluation.item_code == code)
    cards = [_zone(row, name, work.today) for row, name in work.session.execute(asked)]
    return [card for card in cards if card.is_usable or not usable]


def _zone(row: ZoneEvaluation, name: str, today: dt.date) -> ZoneCard:
    is_over = row.valid_until is not None and row.valid_until < today
    return ZoneCard(
        **{field.name: getattr(row, field.name) for field in dataclasses.fields(Zone)},
        id=row.id,
        item_code=row.item_code,
        item_name=name,
        withdrawn_at=row.withdrawn_at,
        reason=row.reason,
        is_usable=row.withdrawn_at is None and not is_over,
    )


@dataclasses.dataclass(frozen=True)
class Prices:
    """What an item was awarded for from `since` to before `day`: quartiles in fen."""

    awards: int
    low: int
    middle: int
    high: int
    since: dt.date
    day: dt.date


def prices(work: Work, code: str) -> Prices | None:
    """The price reference of an item; None where there were too few awards."""
    row = work.session.get(PriceReference, (work.division, code))
    if row is None:
        return None
    return Prices(row.awards, row.low, row.middle, row.high, row.since, row.day)


def categories(work: Work) -> list[CategoryCard]:
    """The categories in their order."""
    count = func.count(ServiceItem.id).filter(ServiceItem.state == State.PUBLISHED)
    asked = (
        select(ServiceCategory.name, count)
        .outerjoin(ServiceItem, ServiceItem.category_id == ServiceCategory.id)
        .where(ServiceCategory.division == work.division)
        .group_by(ServiceCategory.id)
        .order_by(ServiceCategory.position)
    )
    return [CategoryCard(*row) for row in work.session.execute(asked)]


@dataclasses.dataclass(frozen=True)
class DeferrableCard:
    """A document that may come `days` working days after the application for any of these items
    (their codes) has passed.
    """

    id: int
    name: str
    days: int
    items: tuple[str, ...]


def deferrable(work: Work, codes: Collection[str] | None = None) -> list[DeferrableCard]:
    """The published list (容缺材料清单) of these items, or of all, each document once, in its
    order.

    Where items name different numbers of days for the same document, the fewest hold: every item's
    limit is kept.
    """
    asked = (
        select(DeferrableDocument)
        .where(DeferrableDocument.division == work.division)
        .order_by(DeferrableDocument.id)
    )
    if codes is not None:
        asked = asked.where(DeferrableDocument.item_code.in_(codes))
    found: dict[str, list[DeferrableDocument]] = {}
    for row in work.session.scalars(asked):
        found.setdefault(row.name, []).append(row)
    return [
        DeferrableCard(
            rows[0].id,
            name,
            min(row.days for row in rows),
            tuple(sorted(row.item_code for row in rows)),
        )
        for name, rows in found.items()
    ]


@dataclasses.dataclass(frozen=True)
class ListedCard:
    """One line of the list as it is published."""

    item: str
    name: str
    days: int


def listed(work: Work, code: str | None = None) -> list[ListedCard]:
    """The published list line by line, by item, or what it says of one item."""
    asked = select(DeferrableDocument).where(DeferrableDocument.division == work.division)
    if code is not None:
        asked = asked.where(DeferrableDocument.item_code == code)
    rows = work.session.scalars(asked.order_by(DeferrableDocument.item_code, DeferrableDocument.id))
    return [ListedCard(row.item_code, row.name, row.days) for row in rows]


def _cards(work: Work) -> Select[ServiceItem, str]:
    return (
        select(ServiceItem, ServiceCategory.name.label("category"))
        .join(ServiceCategory, ServiceItem.category_id == ServiceCategory.id)
        .where(ServiceItem.division == work.division)
        .order_by(ServiceItem.code)
    )


def _card(row: Row[ServiceItem, str]) -> ItemCard:
    of: ServiceItem = row.ServiceItem
    return ItemCard(
        code=of.code,
        category=row.category,
        name=of.name,
        regulator_id=of.regulator_id,
        regulator_name=of.regulator_name,
        qualification=of.qualification,
        requirement=_requirement(of),
        legal_basis=of.legal_basis,
        approval=of.approval,
        approving_body=of.approving_body,
        time_limit_days=of.time_limit_days,
        note=of.note,
        version=of.version,
        state=of.state,
    )


def _requirement(of: ServiceItem) -> Requirement:
    return Requirement(of.kind, split(of.names, "|"), groups(of.specialities), of.least_grade)
