"""Exits and removals: what the agency and the office see of them."""

import dataclasses
import datetime as dt

from sqlalchemy import select

from market.agencies.models import Agency
from market.agencies.queries import AgencyCard, card
from market.agencies.rules import State
from market.db import Work
from market.enrolment import rules
from market.enrolment.models import Departure
from market.enrolment.rules import End, Leave
from market.reputation import queries as reputation
from market.reputation.rules import MeasureKind
from market.windows import queries as windows_queries
from market.windows.queries import Due


@dataclasses.dataclass(frozen=True)
class DepartureCard:
    """One exit or removal; `due` is the window that runs (the office's confirmation, the statement,
    the signature).
    """

    kind: Leave
    reasons: str | None
    basis: str | None
    remedy: str | None
    record: str | None
    barred_until: dt.date | None
    opened_at: dt.datetime
    statement: str | None
    ended_at: dt.datetime | None
    outcome: End | None
    due: Due | None


def open_departure(work: Work, agency_id: int) -> Departure | None:
    """The exit or removal that is under way, for this room's service."""
    return work.session.scalar(
        select(Departure).where(Departure.agency_id == agency_id, Departure.ended_at.is_(None))
    )


def barred_until(work: Work, row: Agency) -> dt.date | None:
    """The last day on which an agency does not apply again: of a removal in force of its own or of
    another agency of its legal representative; of one from before records were asked for, the day
    that it named.
    """
    led_by = {row.organisation_id: row.representative_digest}
    found = reputation.suspended(work, led_by, work.today, {MeasureKind.REMOVAL})
    last = departure(work, row.id)
    stands_on_record = last is not None and last.record is not None
    own = None if stands_on_record else row.barred_until
    return found.get(row.organisation_id, own)


def departure(work: Work, agency_id: int) -> DepartureCard | None:
    """The latest exit or removal of an agency, ended or not."""
    row = work.session.execute(
        select(Departure, Agency.ref)
        .join(Agency, Agency.id == Departure.agency_id)
        .where(Departure.agency_id == agency_id)
        .order_by(Departure.id.desc())
        .limit(1)
    ).first()
    return _card(work, *row) if row else None


def departures(work: Work, limit: int = 200) -> list[tuple[AgencyCard, DepartureCard]]:
    """Exits and removals that are not decided, oldest first."""
    rows = work.session.execute(
        select(Departure, Agency)
        .join(Agency, Agency.id == Departure.agency_id)
        .where(Agency.state.in_((State.EXITING, State.REMOVING)), Departure.ended_at.is_(None))
        .order_by(Departure.id)
        .limit(limit)
    )
    return [(card(who), _card(work, each, who.ref)) for each, who in rows]


def _card(work: Work, row: Departure, ref: str | None) -> DepartureCard:
    kinds = (rules.EXIT,) if row.kind is Leave.EXIT else (rules.STATE_CASE, rules.DECIDE)
    due = (
        next((due for kind in kinds if (due := windows_queries.live(work, kind, str(ref)))), None)
        if row.ended_at is None
        else None
    )
    return DepartureCard(
        row.kind,
        row.reasons,
        row.basis,
        row.remedy,
        row.record,
        row.barred_until,
        row.opened_at,
        row.statement,
        row.ended_at,
        row.outcome,
        due,
    )
