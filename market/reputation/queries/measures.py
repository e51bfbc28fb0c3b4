"""Suspensions in force: the public register, and whether an agency may enter."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from sqlalchemy import ColumnElement, bindparam, or_, select

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.shown import Parts
from market.prepared import Many
from market.reputation.models import CreditEvent, CreditMeasure
from market.reputation.queries.records import row, shown
from market.reputation.rules import SUSPENDING, CreditState, MeasureState


@dataclasses.dataclass(frozen=True, kw_only=True)
class Measure:
    """One suspension as it is read. `until` is its last day, None before it is signed."""

    number: str
    organisation: str
    article: str
    fact: str
    state: MeasureState
    days: int
    reason: str
    statement: str
    until: dt.date | None
    proposed_by: int


def measure_row(work: Work, number: str) -> CreditMeasure | None:
    """The newest suspension that was proposed on a record."""
    return work.session.scalar(
        select(CreditMeasure)
        .join(CreditEvent, CreditEvent.id == CreditMeasure.event_id)
        .where(CreditEvent.number == number)
        .order_by(CreditMeasure.id.desc())
        .limit(1)
    )


def measure(work: Work, number: str) -> Measure | None:
    """The same as it is read."""
    found = measure_row(work, number)
    return _measure(work, row(work, number), found) if found else None


def register(work: Work) -> list[Measure]:
    """The suspensions in force, the newest first."""
    rows = work.session.execute(
        select(CreditEvent, CreditMeasure)
        .join(CreditMeasure, CreditMeasure.event_id == CreditEvent.id)
        .where(CreditMeasure.state == MeasureState.IN_FORCE)
        .order_by(CreditMeasure.id.desc())
    )
    return [_measure(work, event, found) for event, found in rows]


def measures_to_sign(work: Work) -> list[str]:
    """The numbers of records on which a suspension waits for the actor's signature."""
    rows = work.session.scalars(
        select(CreditEvent.number)
        .join(CreditMeasure, CreditMeasure.event_id == CreditEvent.id)
        .where(
            CreditMeasure.state == MeasureState.PROPOSED,
            CreditEvent.body_id == work.actor.organisation_id,
            CreditMeasure.proposed_by != work.actor.person_id,
        )
        .order_by(CreditMeasure.id)
    )
    return list(rows)


def measure_shown(work: Work, number: str) -> Parts:
    """A record with its suspension as whoever signs is shown it. Refuses `credit.none`."""
    found = measure_row(work, number)
    own = {"credit.measure": None} if found is None else _parts(found)
    return {**shown(work, number), **own}


def _parts(found: CreditMeasure) -> dict[str, object]:
    return {
        "credit.measure": found.id,
        "credit.measure_state": found.state.value,
        "credit.measure_days": found.days,
        "credit.measure_reason": found.reason,
        "credit.measure_statement": found.statement,
    }


def _in_force() -> tuple[ColumnElement[bool], ...]:
    """In force on a day, and not held by an appeal against its record."""
    return (
        CreditMeasure.state == bindparam("in_force"),
        CreditMeasure.until >= bindparam("day"),
        or_(
            CreditEvent.state != bindparam("appealed"),
            CreditEvent.points > bindparam("suspending"),
        ),
    )


BY_ORGANISATION = Many(
    lambda asked: (
        select(CreditMeasure.organisation_id)
        .join(CreditEvent, CreditEvent.id == CreditMeasure.event_id)
        .where(CreditMeasure.organisation_id.in_(asked), *_in_force())
    )
)
BY_REPRESENTATIVE = Many(
    lambda asked: (
        select(CreditMeasure.representative_digest)
        .join(CreditEvent, CreditEvent.id == CreditMeasure.event_id)
        .where(CreditMeasure.representative_digest.in_(asked), *_in_force())
    )
)


def suspended(work: Work, led_by: Mapping[int, str | None], day: dt.date) -> set[int]:
    """Those of some agencies that may not enter on a day: suspended themselves, or led by the legal
    representative of one that is (docs/rules.md#decision-15). `led_by`: the keyed digest of each
    one's representative, by its organisation.
    """
    when = {
        "in_force": MeasureState.IN_FORCE,
        "day": day,
        "appealed": CreditState.APPEALED,
        "suspending": SUSPENDING,
    }
    found = {row[0] for row in BY_ORGANISATION.rows(work, led_by, **when)}
    digests = [digest for digest in led_by.values() if digest]
    same = {row[0] for row in BY_REPRESENTATIVE.rows(work, digests, **when)}
    return found | {each for each, digest in led_by.items() if digest in same}


def _measure(work: Work, event: CreditEvent, found: CreditMeasure) -> Measure:
    return Measure(
        number=event.number,
        organisation=accounts.organisation(work, event.organisation_id).name,
        article=event.article,
        fact=event.fact,
        state=found.state,
        days=found.days,
        reason=found.reason,
        statement=found.statement,
        until=found.until,
        proposed_by=found.proposed_by,
    )
