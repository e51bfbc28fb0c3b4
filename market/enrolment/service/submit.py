"""Submitting an application, and what the agency may say to an intended refusal."""

from sqlalchemy import select

from market.accounts import queries as accounts
from market.agencies import queries as agencies
from market.agencies import rules as agency_rules
from market.agencies.models import Agency, ServiceLine
from market.agencies.rules import LineState, State
from market.db import Work
from market.enrolment import permissions, queries, rules
from market.enrolment.events import CaseStated, EnrolmentLapsed, EnrolmentSubmitted
from market.enrolment.models import Correction, Departure, Enrolment
from market.enrolment.service.documents import drop_unasked
from market.enrolment.service.fill import editable, own
from market.kernel.errors import Invalid, Refusal
from market.kernel.ids import Prefix
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.submissions import sent
from market.windows import service as windows
from market.windows.queries import Due


def submit(work: Work, *, submission_key: str, plea: str = "") -> str:
    """Hand in the application, or its correction; returns its number RZ-…. The office's days run
    from now.

    Refuses the first of `rules.owed`, `agency.not_mended` for points of the correction list that
    were neither met nor answered by `plea`, `agency.not_editable`, `agency.barred` until the day that a removal named is
    over. The same submission key again gives the same number.
    """
    permissions.require(work.actor, "enrolment.submit")
    once = sent(work, submission_key, "enrolment.submit", *([plea] if plea else []))
    known = select(Enrolment.number).where(Enrolment.submission_key == once.key)
    if once.again and (same := work.session.scalar(known)):
        return str(same)
    row = editable(work)
    drop_unasked(work, row)
    rules.check_may_return(queries.barred_until(work, row), work.today)
    for _section, no in rules.owed(queries.filled(work, row), work.today):
        raise no
    last = queries.last_enrolment(work, row.id)
    mended = last if row.state is State.RETURNED else None
    application = _corrected(work, mended, once.key, plea) if mended else _new(work, row, once.key)
    row.state = agency_rules.move(row.state, State.SUBMITTED)
    number = application.number
    items = [line.item_code for line in agencies.lines(work, row.id)]
    record(work, EnrolmentSubmitted(subject=number, round=application.round, items=items))
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.CHECK,
        subject=number,
        span=book.window(Rulebook.formal_check_days),
        rulebook=book.version,
        responsible_id=accounts.office(work).id,
    )
    return number


def _new(work: Work, row: Agency, key: str) -> Enrolment:
    """A first application, or a new one after an end: every line is checked again."""
    application = Enrolment(
        division=work.division,
        agency_id=row.id,
        number=work.next_number(Prefix.ENROLMENT),
        round=1,
        submitted_at=work.now,
        submitted_by=work.actor.person_id,
        submission_key=key,
    )
    work.session.add(application)
    for line in work.session.scalars(
        select(ServiceLine).where(
            ServiceLine.agency_id == row.id, ServiceLine.state != LineState.PENDING
        )
    ):
        line.state = agency_rules.move_line(line.state, LineState.PENDING)
        line.valid_to = None
    return application


def _corrected(work: Work, application: Enrolment, key: str, plea: str) -> Enrolment:
    """The second and last round of the same application."""
    left = work.session.scalars(
        select(Correction).where(
            Correction.enrolment_id == application.id, Correction.mended_at.is_(None)
        )
    ).all()
    if left and not trimmed(plea):
        raise Invalid("agency.not_mended", field="plea", count=len(left))
    for correction in left:
        correction.answer = trimmed(plea)
    application.round = 2
    application.resubmitted_at = work.now
    application.submission_key = key
    windows.close(work, rules.CORRECT, application.number)
    return application


def correction_due(work: Work, due: Due) -> None:
    """The days for correcting have passed: the application ends; what was filled in stays and may
    be submitted anew.
    """
    application = work.session.scalar(select(Enrolment).where(Enrolment.number == due.matter))
    row = (
        work.session.get(Agency, application.agency_id, with_for_update=True)
        if application
        else None
    )
    if application is None or row is None or row.state is not State.RETURNED:
        return
    row.state = agency_rules.move(row.state, State.DRAFT)
    application.lapsed_at = work.now
    record(work, EnrolmentLapsed(subject=application.number))


def state_case(work: Work, *, statement: str) -> None:
    """Say what the agency has to say to an intended refusal, revocation or removal; the office
    decides after that.

    Refuses `agency.nothing_to_state` when nothing is intended or the days have passed,
    `agency.statement_length`.
    """
    permissions.require(work.actor, "enrolment.submit")
    row = own(work)
    case, subject = _case(work, row)
    if case is None or case.stated_at is not None:
        raise Refusal("agency.nothing_to_state")
    if not 1 <= len(trimmed(statement)) <= rules.MOST_TEXT:
        raise Invalid("agency.statement_length", field="statement", most=rules.MOST_TEXT)
    if not windows.close(work, rules.STATE_CASE, subject):
        raise Refusal("agency.nothing_to_state")
    case.statement = trimmed(statement)
    case.stated_at = work.now
    record(work, CaseStated(subject=subject))
    open_decision(work, subject)


def _case(work: Work, row: Agency) -> tuple[Enrolment | Departure | None, str]:
    """What is intended against an agency, None when nothing is, and the number under which its days
    run.
    """
    if row.state is State.REMOVING:
        return queries.open_departure(work, row.id), str(row.ref)
    application = queries.last_enrolment(work, row.id)
    if application is None or row.state not in (State.REFUSING, State.REVOKING):
        return None, ""
    return application, str(row.ref) if row.state is State.REVOKING else application.number


def case_due(work: Work, due: Due) -> None:
    """The days for stating the case have passed: a person decides now, never the clock."""
    open_decision(work, due.matter)


def open_decision(work: Work, subject: str) -> None:
    """Start the office's days for the second signature."""
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.DECIDE,
        subject=subject,
        span=book.window(Rulebook.formal_check_days),
        rulebook=book.version,
        responsible_id=accounts.office(work).id,
    )
