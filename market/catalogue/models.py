"""Tables of the catalogue."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.catalogue.rules import Kind, State
from market.db import NEVER_AGAIN, Model, enum_type


class ServiceCategory(Model):
    """A class of services (大类), in the order in which people know them."""

    __tablename__ = "service_category"
    __table_args__ = (UniqueConstraint("division", "name", name="category_once"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    name: Mapped[str]
    position: Mapped[int]


class ServiceItem(Model):
    """One service that may be bought (中介服务事项), as it stands; a change makes the next version."""

    __tablename__ = "service_item"
    __table_args__ = (
        UniqueConstraint("division", "code", name="item_once"),
        CheckConstraint("version >= 1", name="version_counts_from_one"),
        CheckConstraint(
            "(kind = 'commitment_only') = (names = '')", name="commitment_needs_no_name"
        ),
        CheckConstraint("approving_body IS NULL OR approval IS NOT NULL", name="who_approves_what"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    code: Mapped[str]
    category_id: Mapped[int] = mapped_column(ForeignKey("service_category.id"), index=True)
    name: Mapped[str]
    regulator_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    regulator_name: Mapped[str]
    qualification: Mapped[str]  # as the catalogue words it, for people
    kind: Mapped[Kind] = mapped_column(enum_type(Kind))
    names: Mapped[str]  # certificates or filings that will do, joined by |
    specialities: Mapped[str]  # groups joined by ;, alternatives by |
    least_grade: Mapped[str | None]
    legal_basis: Mapped[str]
    approval: Mapped[str | None]  # the approval that the result is a condition of
    approving_body: Mapped[str | None]  # who gives it, as the catalogue words it
    time_limit_days: Mapped[int]  # working days
    note: Mapped[str | None]  # what a lawyer of the place must check: the office's eyes only
    version: Mapped[int]
    state: Mapped[State] = mapped_column(enum_type(State), default=State.PUBLISHED)


class DeferrableDocument(Model):
    """A document that may come later than the application for an item (容缺材料清单), within `days`
    working days.
    """

    __tablename__ = "deferrable_document"
    __table_args__ = (
        UniqueConstraint("division", "item_code", "name", name="document_once"),
        CheckConstraint("days >= 1", name="at_least_a_day"),
        NEVER_AGAIN,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    item_code: Mapped[str]
    name: Mapped[str]
    days: Mapped[int]


class PriceReference(Model):
    """What an item was awarded for with public money in the year before a day: how many awards, and
    their quartiles in fen. Replaced as a whole each night; an item with too few awards has none.
    """

    __tablename__ = "price_reference"
    __table_args__ = (
        CheckConstraint("low <= middle AND middle <= high", name="in_order"),
        CheckConstraint("awards >= 1", name="of_some_awards"),
    )
    division: Mapped[str] = mapped_column(primary_key=True)
    item_code: Mapped[str] = mapped_column(primary_key=True)
    awards: Mapped[int]
    low: Mapped[int]
    middle: Mapped[int]
    high: Mapped[int]
    since: Mapped[dt.date]
    day: Mapped[dt.date]


class ZoneEvaluation(Model):
    """An evaluation that was made once for a whole zone (区域评估成果): a project inside it need not buy
    the item. `valid_until` is the last day on which it may be used, None of one without an end.
    """

    __tablename__ = "zone_evaluation"
    __table_args__ = (
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_has_who_and_when"
        ),
        CheckConstraint("valid_until IS NULL OR valid_until >= issued_on", name="ends_later"),
        Index("ix_zone_evaluation_item", "item_code"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    item_code: Mapped[str]
    zone: Mapped[str]
    title: Mapped[str]
    document_number: Mapped[str]
    issued_on: Mapped[dt.date]
    valid_until: Mapped[dt.date | None]
    contact: Mapped[str]  # where a project gets it, free of charge
    published_at: Mapped[dt.datetime]
    published_by: Mapped[int]
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")  # why it was withdrawn
    submission_key: Mapped[str | None] = mapped_column(unique=True)
