"""Leaving: an exit that the agency asks for and the office confirms; a removal (清退) that two
persons decide.

Whether an agency has an entry or an award open is known above this room: selection.results asks
before it lets one go.
"""

import datetime as dt

from sqlalchemy import func, select

from market.accounts import queries as accounts
from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.rules import LineState, State
from market.agencies.service import entered_lines, locked, pending_lines
from market.db import Work
from market.enrolment import permissions, queries, rules
from market.enrolment.events import (
    AgencyExited,
    AgencyRemoved,
    ExitAsked,
    ExitWithdrawn,
    RemovalDropped,
    RemovalProposed,
)
from market.enrolment.models import Departure, Enrolment, Objection
from market.enrolment.rules import End, Leave
from market.enrolment.service.fill import own
from market.enrolment.service.hearing import check_case_heard
from market.enrolment.service.overdue import forget_suspension, stay, stop_watching, take_up
from market.enrolment.service.representative import forget_told
from market.kernel.errors import Refusal
from market.kernel.shown import check_shown, signs
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.reputation import queries as reputation
from market.reputation import service as reputations
from market.reputation.service import Removed
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.windows import queries as windows_queries
from market.windows import service as windows
from market.windows.rules import State as WindowState


def open_exit(work: Work) -> None:
    """The actor's agency asks to leave; it enters nothing more. Part of a use case that has asked
    who may and what is open.

    Refuses `agency.none`, `agency.wrong_state` (only an enrolled agency leaves),
    `agency.matter_pending` while an objection, an addition or a proposal about it waits for the
    office.
    """
    row = own(work)
    row.state = agency_rules.move(row.state, State.EXITING)
    _check_nothing_pending(work, row)
    work.session.add(
        Departure(
            division=work.division,
            agency_id=row.id,
            kind=Leave.EXIT,
            opened_at=work.now,
            opened_by=work.actor.person_id,
        )
    )
    record(work, ExitAsked(subject=str(row.ref)))
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.EXIT,
        subject=str(row.ref),
        span=book.window(Rulebook.formal_check_days),
        rulebook=book.version,
        responsible_id=accounts.office(work).id,
    )


def withdraw_exit(work: Work) -> None:
    """Stay after all, while the office has not confirmed. Refuses `agency.none`,
    `agency.wrong_state`.
    """
    permissions.require(work.actor, "agency.withdraw_exit")
    row = own(work)
    leaving = _open(work, row, State.EXITING)
    row.state = agency_rules.move(row.state, State.ACTIVE)
    windows.close(work, rules.EXIT, str(row.ref), state=WindowState.CANCELLED)
    _end(work, leaving, End.STAYED)
    record(work, ExitWithdrawn(subject=str(row.ref)))


@signs(queries.agency_shown, key="ref")
def close_exit(work: Work, *, ref: str, shown: str) -> None:
    """Let an agency go that asked for it. Part of a use case that has asked who may and what is
    open.

    Refuses `agency.none`, `agency.wrong_state`, `agency.same_person`.
    """
    row = locked(work, ref)
    leaving = _open(work, row, State.EXITING)
    rules.check_other_person(work.actor.person_id, leaving.opened_by)
    check_shown(shown, queries.agency_shown(work, ref))
    row.state = agency_rules.move(row.state, State.EXITED)
    windows.close(work, rules.EXIT, ref)
    _end(work, leaving, End.LEFT)
    _close_down(work, row)
    record(work, AgencyExited(subject=ref))


@signs(queries.agency_shown, key="ref")
def propose_removal(
    work: Work,
    *,
    ref: str,
    record_number: str,
    reasons: str,
    remedy: str,
    barred_until: dt.date,
    shown: str,
) -> None:
    """Propose to remove an agency (清退) on one of its records in force, under that record's article
    and within its cap: it enters nothing from now on and states its case; another person signs.

    Refuses `agency.none`, `agency.wrong_state`, `credit.no_measure`, `agency.unreasoned`,
    `agency.barred_until`, `agency.matter_pending` while another proposal waits, `shown.changed`.
    """
    permissions.require(work.actor, "agency.propose_removal")
    row = locked(work, ref)
    row.state = agency_rules.move(row.state, State.REMOVING)
    if row.proposes_suspension is not None:
        raise Refusal("agency.matter_pending")
    check_shown(shown, queries.agency_shown(work, ref))
    ground = reputation.ground(work, record_number, row.organisation_id)
    rules.check_reasoned(reasons, ground.article, remedy)
    rules.check_barred_until(barred_until, work.today, ground.cap_days)
    leaving = Departure(
        division=work.division,
        agency_id=row.id,
        kind=Leave.REMOVAL,
        reasons=trimmed(reasons),
        record=record_number,
        basis=ground.article,
        remedy=trimmed(remedy),
        barred_until=barred_until,
        opened_at=work.now,
        opened_by=work.actor.person_id,
    )
    _hear(work, row, leaving)


def _hear(work: Work, row: Agency, leaving: Departure) -> None:
    """The agency's days to state its case begin."""
    work.session.add(leaving)
    record(work, RemovalProposed(subject=str(row.ref)))
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.STATE_CASE,
        subject=str(row.ref),
        span=book.window(Rulebook.removal_statement_days),
        rulebook=book.version,
        responsible_id=row.organisation_id,
    )


@signs(queries.agency_shown, key="ref")
def sign_removal(work: Work, *, ref: str, shown: str) -> None:
    """Sign the removal that another proposed, after the agency has spoken or its days have passed.

    An award letter that it has is not touched: only a decision about that selection takes it away.
    Refuses `agency.none`, `agency.wrong_state`, `agency.same_person`, `agency.may_still_state`,
    `credit.no_measure` and `credit.days` where the record allows it no longer.
    """
    permissions.require(work.actor, "agency.sign_removal")
    row, leaving = _removing(work, ref, shown)
    check_case_heard(work, ref)
    _put(work, leaving)
    row.state = agency_rules.move(row.state, State.REMOVED)
    row.barred_until = leaving.barred_until
    windows.close(work, rules.DECIDE, ref)
    _end(work, leaving, End.LEFT)
    _close_down(work, row)
    record(work, AgencyRemoved(subject=ref, until=_given(leaving.barred_until)))


def _put(work: Work, leaving: Departure) -> None:
    """The removal stands as a measure on its record; one that was proposed before records were
    asked for is not signed any more (`credit.no_measure`).
    """
    if leaving.record is None:
        raise Refusal("credit.no_measure")
    reputations.put_removal(
        work,
        Removed(
            number=leaving.record,
            until=_given(leaving.barred_until),
            reason=leaving.reasons or "",
            statement=leaving.statement or "",
            proposed_at=leaving.opened_at,
            proposed_by=leaving.opened_by,
        ),
    )


@signs(queries.agency_shown, key="ref")
def drop_removal(work: Work, *, ref: str, shown: str) -> None:
    """Do not sign it: the agency is where it was, suspended if that still runs. Refuses as
    `sign_removal` does, at any time.

    What became late in between is taken up now.
    """
    permissions.require(work.actor, "agency.sign_removal")
    row, leaving = _removing(work, ref, shown)
    for kind in (rules.STATE_CASE, rules.DECIDE):
        windows.close(work, kind, ref, state=WindowState.CANCELLED)
    _end(work, leaving, End.STAYED)
    stay(work, row)
    record(work, RemovalDropped(subject=ref))
    take_up(work, row)


def _removing(work: Work, ref: str, shown: str) -> tuple[Agency, Departure]:
    row = locked(work, ref)
    leaving = _open(work, row, State.REMOVING)
    rules.check_other_person(work.actor.person_id, leaving.opened_by)
    check_shown(shown, queries.agency_shown(work, ref))
    return row, leaving


def _check_nothing_pending(work: Work, row: Agency) -> None:
    """Nobody leaves from under an objection, an addition that is being checked or a proposed
    suspension.
    """
    objections = work.session.scalar(
        select(func.count())
        .select_from(Objection)
        .join(Enrolment, Enrolment.id == Objection.enrolment_id)
        .where(Enrolment.agency_id == row.id, Objection.decided_at.is_(None))
    )
    addition = windows_queries.live(work, rules.ADDITION, str(row.ref))
    if objections or addition or row.proposes_suspension is not None:
        raise Refusal("agency.matter_pending")


def _close_down(work: Work, row: Agency) -> None:
    """Nothing about an agency that has left goes on: publicity, addition, suspension, documents,
    lines.
    """
    stop_watching(work, row)
    forget_told(work, row)
    for kind in (rules.PUBLICITY, rules.ADDITION, rules.REPRESENTATIVE, rules.SUSPENSION):
        windows.close(work, kind, str(row.ref), state=WindowState.CANCELLED)
    for line in entered_lines(work, row):
        line.state = agency_rules.move_line(line.state, LineState.WITHDRAWN)
    for line in pending_lines(work, row):
        line.state = agency_rules.move_line(line.state, LineState.REFUSED)
    forget_suspension(row)


def _end(work: Work, leaving: Departure, outcome: End) -> None:
    leaving.ended_at = work.now
    leaving.ended_by = work.actor.person_id
    leaving.outcome = outcome


def _open(work: Work, row: Agency, state: State) -> Departure:
    """The procedure that is under way. Refuses `agency.wrong_state`."""
    leaving = queries.open_departure(work, row.id)
    if row.state is not state or leaving is None:
        raise agency_rules.wrong_state(row.state)
    return leaving


def _given(day: dt.date | None) -> dt.date:
    """The day that the table's own constraint says is there."""
    if day is None:
        raise AssertionError("unreachable")
    return day
