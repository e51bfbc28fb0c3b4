"""Measures in force: the public register, whether an agency may enter, on what a removal may stand."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import ColumnElement, bindparam, or_, select

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.errors import Invalid
from market.kernel.shown import Parts
from market.prepared import Many, Values
from market.reputation.models import CreditEvent, CreditMeasure
from market.reputation.queries.records import Record, of_party, row, shown
from market.reputation.rules import SUSPENDING, CreditState, MeasureKind, MeasureState, may_follow


@dataclasses.dataclass(frozen=True, kw_only=True)
class Measure:
    """One suspension or removal as it is read. `until` is its last day, None before it is signed."""

    number: str
    kind: MeasureKind
    organisation: str
    article: str
    fact: str
    state: MeasureState
    days: int
    reason: str
    statement: str
    until: dt.date | None
    proposed_by: int


@dataclasses.dataclass(frozen=True)
class Ground:
    """What a measure stands on: the article, and the longest that it allows in calendar days."""

    article: str
    cap_days: int


def measure_row(work: Work, number: str) -> CreditMeasure | None:
    """The newest suspension or removal on a record."""
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
    """The suspensions and removals in force, the newest first."""
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
        select(CreditMeasure.organisation_id, CreditMeasure.until, CreditMeasure.kind)
        .join(CreditEvent, CreditEvent.id == CreditMeasure.event_id)
        .where(CreditMeasure.organisation_id.in_(asked), *_in_force())
    )
)
BY_REPRESENTATIVE = Many(
    lambda asked: (
        select(CreditMeasure.representative_digest, CreditMeasure.until, CreditMeasure.kind)
        .join(CreditEvent, CreditEvent.id == CreditMeasure.event_id)
        .where(CreditMeasure.representative_digest.in_(asked), *_in_force())
    )
)


def suspended(
    work: Work,
    led_by: Mapping[int, str | None],
    day: dt.date,
    kinds: Collection[MeasureKind] = frozenset(MeasureKind),
) -> dict[int, dt.date]:
    """Those of some agencies that may not enter on a day, with the last day of what stops them:
    suspended or removed themselves, or led by the legal representative of one that is
    (docs/rules.md#decision-15). `led_by`: the keyed digest of each one's representative, by its
    organisation; `kinds` narrows the measures.
    """
    when = {
        "in_force": MeasureState.IN_FORCE,
        "day": day,
        "appealed": CreditState.APPEALED,
        "suspending": SUSPENDING,
    }
    digests = [digest for digest in led_by.values() if digest]
    own = _last_days(BY_ORGANISATION.rows(work, led_by, **when), kinds)
    same = _last_days(BY_REPRESENTATIVE.rows(work, digests, **when), kinds)
    found = {
        each: [last[key] for last, key in ((own, each), (same, digest)) if key in last]
        for each, digest in led_by.items()
    }
    return {each: max(days) for each, days in found.items() if days}


def _last_days(rows: Iterable[Values], kinds: Collection[MeasureKind]) -> dict[object, dt.date]:
    """The latest last day of each key's measures."""
    last: dict[object, dt.date] = {}
    for key, until, kind in rows:
        if kind in kinds:
            last[key] = max(until, last.get(key, until))
    return last


def removable_on(work: Work, organisation_id: int) -> list[Record]:
    """The records of an agency on which a removal may stand today."""
    return [
        found
        for found in of_party(work, organisation_id, CreditState.IN_FORCE)
        if may_follow(
            MeasureKind.REMOVAL, found.state, found.measure, found.article, found.cap_days
        )
    ]


def ground(work: Work, number: str, organisation_id: int) -> Ground:
    """The article under which a record allows the removal of an agency, with its cap.

    Refuses `credit.no_measure` at the field `record_number`, for others' records too.
    """
    on = {found.number: found for found in removable_on(work, organisation_id)}
    found = on.get(number)
    if found is None or found.cap_days is None:
        raise Invalid("credit.no_measure", field="record_number")
    return Ground(found.article, found.cap_days)


def _measure(work: Work, event: CreditEvent, found: CreditMeasure) -> Measure:
    return Measure(
        number=event.number,
        kind=found.kind,
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
