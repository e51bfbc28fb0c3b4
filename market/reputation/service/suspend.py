"""A measure on a record. A suspension of entries is proposed by one person, heard, signed by another;
of a removal enrolment says so, where that was done. Both end by the clock or with their record.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select

from market.agencies import queries as agencies
from market.agencies.service import end_of
from market.catalogue.rules import Items
from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.kernel.events import Event
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.reputation import permissions, queries, rules
from market.reputation.events import (
    RemovalEnded,
    RemovalInForce,
    SuspensionDecided,
    SuspensionEnded,
    SuspensionProposed,
    SuspensionStated,
)
from market.reputation.models import CreditEvent, CreditMeasure
from market.reputation.rules import MeasureKind, MeasureState
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.windows import queries as windows_queries
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import State as WindowState

ENDED: Mapping[MeasureKind, type[Event]] = {
    MeasureKind.SUSPENSION: SuspensionEnded,
    MeasureKind.REMOVAL: RemovalEnded,
}


def propose_suspension(work: Work, *, number: str, days: int | None, reason: str) -> None:
    """Propose to stop the agency's new entries for so many calendar days, on the record's article.

    The agency is heard for `credit_statement_days`; another person signs. Refuses `credit.none`,
    `credit.no_measure` (no article with a cap, or the line has no such measure), `credit.days`,
    `credit.text`, `credit.measure_waits`.
    """
    permissions.require(work.actor, "credit.suspend")
    row = _of_body(work, number)
    cap = _cap(row, MeasureKind.SUSPENSION)
    said = rules.check_text(reason, "reason")
    former = queries.measure_row(work, number)
    if former is not None and former.state is not MeasureState.DROPPED:
        raise Refusal("credit.measure_waits")

    work.session.add(
        CreditMeasure(
            event_id=row.id,
            organisation_id=row.organisation_id,
            state=MeasureState.PROPOSED,
            days=rules.check_days(days, cap),
            reason=said,
            statement="",
            proposed_at=work.now,
            proposed_by=work.actor.person_id,
        )
    )
    record(work, SuspensionProposed(subject=number))
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.MEASURE_STATEMENT,
        subject=number,
        span=book.window(Rulebook.credit_statement_days),
        rulebook=book.version,
        responsible_id=row.organisation_id,
    )


def state_against_suspension(work: Work, *, number: str, statement: str) -> None:
    """Say what there is to say about it, once and within its days. Refuses `credit.none`,
    `credit.text`, `credit.nothing_to_state`.
    """
    permissions.require(work.actor, "credit.state")
    row = queries.row(work, number, for_update=True)
    if row.organisation_id != work.actor.organisation_id:
        raise NotFound("credit.none")
    said = rules.check_text(statement, "statement")
    measure = queries.measure_row(work, number)
    if measure is None or not windows.close(work, rules.MEASURE_STATEMENT, number):
        raise Refusal("credit.nothing_to_state")

    measure.statement = said
    record(work, SuspensionStated(subject=number))


@signs(queries.measure_shown, key="number")
def sign_suspension(work: Work, *, number: str, shown: str) -> None:
    """Sign it as the second person: from now on the agency, and whoever its legal representative
    leads besides, enters nothing new. What was entered or won goes on.

    Refuses `credit.none`, `credit.measure_state`, `credit.same_person`, `credit.may_still_state`,
    `credit.no_measure` where the record has ended meanwhile.
    """
    row, measure = _signing(work, number, shown)
    if due := windows_queries.live(work, rules.MEASURE_STATEMENT, number):
        raise Refusal("credit.may_still_state", due=due.last_day)
    cap = _cap(row, MeasureKind.SUSPENSION)
    days = rules.check_days(measure.days, cap)
    until = rules.last_day(work.today, days)

    measure.state = rules.move_measure(measure.state, MeasureState.IN_FORCE)
    measure.until = until
    measure.representative_digest = _representative(work, row.organisation_id)
    _decided(work, measure)
    record(work, SuspensionDecided(subject=number, outcome=measure.state.value, until=until))
    _runs_until(work, row, until)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Removed:
    """A removal as enrolment has decided it: on which record, until which last day, by whom."""

    number: str
    until: dt.date
    reason: str
    statement: str
    proposed_at: dt.datetime
    proposed_by: int


def put_removal(work: Work, removed: Removed) -> None:
    """The removal of a record's agency takes effect, and follows its legal representative; a
    suspension on the same record ends. Part of a use case that has asked who may and has heard.

    Refuses `credit.none`, `credit.no_measure`, `credit.days` beyond the cap of the article.
    """
    row = queries.row(work, removed.number, for_update=True)
    days = (removed.until - work.today).days
    cap = _cap(row, MeasureKind.REMOVAL)
    end_with_record(work, row)
    work.session.add(
        CreditMeasure(
            event_id=row.id,
            organisation_id=row.organisation_id,
            representative_digest=_representative(work, row.organisation_id),
            kind=MeasureKind.REMOVAL,
            state=rules.move_measure(MeasureState.PROPOSED, MeasureState.IN_FORCE),
            days=rules.check_days(days, cap),
            until=removed.until,
            reason=removed.reason,
            statement=removed.statement,
            proposed_at=removed.proposed_at,
            proposed_by=removed.proposed_by,
            decided_at=work.now,
            decided_by=work.actor.person_id,
        )
    )
    record(work, RemovalInForce(subject=row.number, until=removed.until))
    _runs_until(work, row, removed.until)


def follow_representative(work: Work, *, organisation_id: int, digest: str) -> None:
    """Whoever led the agency when its measures were signed is known by number only now: those in
    force follow the number from today. Part of the use case that has confirmed it.
    """
    measures = select(CreditMeasure).where(
        CreditMeasure.organisation_id == organisation_id,
        CreditMeasure.state == MeasureState.IN_FORCE,
        CreditMeasure.representative_digest.is_(None),
    )
    for measure in work.session.scalars(measures.order_by(CreditMeasure.id).with_for_update()):
        measure.representative_digest = digest


def _cap(row: CreditEvent, kind: MeasureKind) -> int:
    return rules.check_may_follow(kind, row.state, row.measure, row.article, row.cap_days)


def _runs_until(work: Work, row: CreditEvent, until: dt.date) -> None:
    """The measure ends by itself after its last day."""
    windows.open_at(
        work,
        rules.SUSPENDED,
        subject=row.number,
        due_at=end_of(until),
        responsible_id=row.organisation_id,
    )


@signs(queries.measure_shown, key="number")
def drop_suspension(work: Work, *, number: str, shown: str) -> None:
    """Do not sign it: the record stands, nothing is suspended. Refuses as `sign_suspension`."""
    _row, measure = _signing(work, number, shown)
    measure.state = rules.move_measure(measure.state, MeasureState.DROPPED)
    windows.close(work, rules.MEASURE_STATEMENT, number, state=WindowState.CANCELLED)
    _decided(work, measure)
    record(work, SuspensionDecided(subject=number, outcome=measure.state.value, until=None))


def suspension_over(work: Work, due: Due) -> None:
    """The last day of a suspension or a removal is over."""
    queries.row(work, due.matter, for_update=True)
    measure = queries.measure_row(work, due.matter)
    if measure is not None and measure.state is MeasureState.IN_FORCE:
        _end(work, due.matter, measure)


def end_with_record(work: Work, row: CreditEvent) -> None:
    """A record that has ended takes its measure with it: void, repaired, over."""
    measure = queries.measure_row(work, row.number)
    if measure is None:
        return
    if measure.state is MeasureState.IN_FORCE:
        windows.close(work, rules.SUSPENDED, row.number, state=WindowState.CANCELLED)
        _end(work, row.number, measure)
    elif measure.state is MeasureState.PROPOSED:
        windows.close(work, rules.MEASURE_STATEMENT, row.number, state=WindowState.CANCELLED)
        measure.state = rules.move_measure(measure.state, MeasureState.DROPPED)
        _decided(work, measure)
        outcome = measure.state.value
        record(work, SuspensionDecided(subject=row.number, outcome=outcome, until=None))


def _end(work: Work, number: str, measure: CreditMeasure) -> None:
    measure.state = rules.move_measure(measure.state, MeasureState.ENDED)
    measure.ended_at = work.now
    record(work, ENDED[measure.kind](subject=number))


def _decided(work: Work, measure: CreditMeasure) -> None:
    measure.decided_at = work.now
    measure.decided_by = work.actor.person_id


def _representative(work: Work, organisation_id: int) -> str | None:
    """The keyed digest of the legal representative's identity number, where it was told."""
    return agencies.standing(work, organisation_id, Items(("",)), work.today).representative_digest


def _signing(work: Work, number: str, shown: str) -> tuple[CreditEvent, CreditMeasure]:
    permissions.require(work.actor, "credit.sign_suspension")
    row = _of_body(work, number)
    measure = queries.measure_row(work, number)
    if measure is None:
        raise NotFound("credit.none")
    another_person(work.actor.person_id, measure.proposed_by, code="credit.same_person")
    check_shown(shown, queries.measure_shown(work, number))
    return row, measure


def _of_body(work: Work, number: str) -> CreditEvent:
    row = queries.row(work, number, for_update=True)
    if row.body_id != work.actor.organisation_id:
        raise NotFound("credit.none")
    return row
