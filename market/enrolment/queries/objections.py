"""Objections, for those who decide them."""

import dataclasses
import datetime as dt

from sqlalchemy import ColumnElement, Select, select

from market.agencies.models import Agency
from market.agencies.queries import (
    AgencyCard,
    card,
)
from market.db import Work
from market.enrolment import rules
from market.enrolment.models import Enrolment, Objection
from market.enrolment.rules import Outcome
from market.kernel.errors import NotFound
from market.windows import queries as windows_queries
from market.windows.queries import Due


@dataclasses.dataclass(frozen=True)
class ObjectionCard:
    """One objection, for those who decide it."""

    id: int
    agency: AgencyCard
    reason: str
    filed_at: dt.datetime
    outcome: Outcome | None
    answer: str | None
    decided_at: dt.datetime | None
    due: Due | None


def objections(work: Work, limit: int = 200) -> list[ObjectionCard]:
    """Objections that wait for a decision, oldest first."""
    return [
        _objection(work, row.Objection, row.Agency)
        for row in work.session.execute(
            _objections(Objection.decided_at.is_(None)).order_by(Objection.id).limit(limit)
        )
    ]


def objection(work: Work, objection_id: int) -> ObjectionCard:
    """One objection. Refuses `agency.no_objection`."""
    row = work.session.execute(_objections(Objection.id == objection_id)).first()
    if row is None:
        raise NotFound("agency.no_objection")
    return _objection(work, row.Objection, row.Agency)


def _objections(condition: ColumnElement[bool]) -> Select[Objection, Agency]:
    return (
        select(Objection, Agency)
        .join(Enrolment, Enrolment.id == Objection.enrolment_id)
        .join(Agency, Agency.id == Enrolment.agency_id)
        .where(condition)
    )


def _objection(work: Work, row: Objection, who: Agency) -> ObjectionCard:
    return ObjectionCard(
        row.id,
        card(who),
        row.reason,
        row.filed_at,
        row.outcome,
        row.answer,
        row.decided_at,
        windows_queries.live(work, rules.OBJECTION, f"{who.ref}/{row.id}"),
    )
