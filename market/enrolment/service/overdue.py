"""A deferred document that does not come: the clock stops new entries and opens the procedure; two
persons end it.

The clock never takes a right away by itself (docs/rules.md#decision-6), and a provisional
due ends none (docs/rules.md#calendar).
"""

from sqlalchemy import select

from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.rules import State
from market.db import Work
from market.enrolment import permissions, queries, rules
from market.enrolment.events import AgencyKept, DueRenewed, RevocationOpened, RevocationProposed
from market.enrolment.models import AgencyDocument, Enrolment
from market.enrolment.queries.documents import DocumentCard, matter
from market.enrolment.service.hearing import check_case_heard
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import check_shown, signs
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import State as WindowState


def watch(work: Work, row: Agency, kept: AgencyDocument) -> None:
    """Count a document's days from now on: its own number of working days, by the calendar."""
    kept.owed_at = work.now
    windows.open_counted(
        work,
        rules.DEFERRED,
        subject=str(row.ref),
        matter=matter(row.ref, kept.id),
        span=(kept.days, "working_day"),
        rulebook=rulebooks.in_force(work).version,
        responsible_id=row.organisation_id,
    )


def stop_watching(work: Work, row: Agency) -> None:
    """No document of an agency that is gone has a due."""
    for each in queries.documents(work, row.id):
        for kind in (rules.DEFERRED, rules.DEFERRED_CHECK):
            windows.close(work, kind, matter(row.ref, each.id), state=WindowState.CANCELLED)


def document_due(work: Work, due: Due) -> None:
    """A document's due has passed: no new entries, and the agency states its case."""
    take_up(
        work,
        work.session.scalars(
            select(Agency).where(Agency.ref == due.subject).with_for_update()
        ).one(),
    )


def take_up(work: Work, row: Agency) -> None:
    """Open the procedure of revocation when a document is late and none runs; once, naming all
    whose due has passed.
    """
    late = [
        (each.name, each.due.last_day)
        for each in queries.documents(work, row.id)
        if each.due and each.due.last_day and each.is_due(work.now)
    ]
    application = queries.last_enrolment(work, row.id)
    if not late or application is None or row.state not in (State.PROVISIONAL, State.SUSPENDED):
        return
    row.state = agency_rules.move(row.state, State.REVOKING)
    _forget(application)
    application.reasons = rules.late_reasons(late)
    application.basis = rules.LATE_BASIS
    record(work, RevocationOpened(subject=str(row.ref)))
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.STATE_CASE,
        subject=str(row.ref),
        span=book.window(Rulebook.statement_days),
        rulebook=book.version,
        responsible_id=row.organisation_id,
    )


def stop_procedure(work: Work, row: Agency) -> None:
    """End a procedure that the clock opened while the missing document was on its way; not one that
    a person has taken up.
    """
    application = queries.last_enrolment(work, row.id)
    if (
        row.state is not State.REVOKING
        or application is None
        or application.proposed_at is not None
        or _late(work, row)
    ):
        return
    _end(work, row)


@signs(queries.agency_shown, key="ref")
def propose_revocation(
    work: Work, *, ref: str, reasons: str, basis: str, remedy: str, shown: str
) -> None:
    """Propose, as the first of two persons, to revoke; after the agency has spoken or its days have
    passed.

    A later proposal takes the place of an earlier one. Refuses `agency.none`, `agency.wrong_state`,
    `agency.same_person`, `agency.nothing_late`, `agency.may_still_state`, `agency.unreasoned`.
    """
    rules.check_reasoned(reasons, basis, remedy)
    _propose(work, ref, reasons, basis, remedy, None, shown)


@signs(queries.agency_shown, key="ref")
def propose_new_due(work: Work, *, ref: str, days: int, reasons: str, shown: str) -> None:
    """Propose, as the first of two persons, to keep the agency with `days` working days more for
    what is missing.

    Refuses as `propose_revocation` does, and `agency.new_days`.
    """
    rules.check_reasoned(reasons, rules.LATE_BASIS, rules.NOTHING_TAKEN)
    _propose(work, ref, reasons, rules.LATE_BASIS, rules.NOTHING_TAKEN, days, shown)


def _propose(
    work: Work, ref: str, reasons: str, basis: str, remedy: str, days: int | None, shown: str
) -> None:
    permissions.require(work.actor, "agency.propose_revocation")
    row, application = revoking(work, ref)
    rules.check_other_person(work.actor.person_id, row.started_by, application.submitted_by)
    check_shown(shown, queries.agency_shown(work, ref))
    late = _late(work, row)
    if not late:
        raise Refusal("agency.nothing_late")
    check_case_heard(work, ref)
    if days is not None:
        rules.check_new_days(days, [each.days for each in late])
    application.reasons = trimmed(reasons)
    application.basis = trimmed(basis)
    application.remedy = trimmed(remedy)
    application.proposed_at = work.now
    application.proposed_by = work.actor.person_id
    application.proposed_days = days
    record(work, RevocationProposed(subject=ref, days=days))


def revoking(work: Work, ref: str) -> tuple[Agency, Enrolment]:
    """An agency in the procedure and its application, locked. Refuses `agency.none`,
    `agency.wrong_state`.
    """
    row = work.session.scalar(select(Agency).where(Agency.ref == ref).with_for_update())
    application = queries.last_enrolment(work, row.id) if row else None
    if row is None or application is None:
        raise NotFound("agency.none")
    if row.state is not State.REVOKING:
        raise agency_rules.wrong_state(row.state)
    return row, application


@signs(queries.agency_shown, key="ref")
def keep(work: Work, *, ref: str, shown: str) -> None:
    """End the procedure without a revocation: the agency may enter again, with the new due that was
    proposed.

    Refuses `agency.none`, `agency.wrong_state`, `agency.same_person`, and
    `agency.documents_missing` where a document is late and no new due was proposed.
    """
    permissions.require(work.actor, "agency.revoke")
    row, application = revoking(work, ref)
    rules.check_other_person(work.actor.person_id, application.proposed_by)
    check_shown(shown, queries.agency_shown(work, ref))
    if late := _late(work, row):
        if application.proposed_days is None:
            raise Refusal("agency.documents_missing")
        _renew(work, row, late, application.proposed_days)
    _end(work, row)


def _renew(work: Work, row: Agency, late: list[DocumentCard], days: int) -> None:
    for each in late:
        windows.close(work, rules.DEFERRED, matter(row.ref, each.id), state=WindowState.CANCELLED)
        kept = work.session.get_one(AgencyDocument, each.id)
        kept.days = days
        watch(work, row, kept)
    record(work, DueRenewed(subject=str(row.ref), days=days))


def _end(work: Work, row: Agency) -> None:
    stay(work, row)
    for kind in (rules.STATE_CASE, rules.DECIDE):
        windows.close(work, kind, str(row.ref))
    record(work, AgencyKept(subject=str(row.ref)))


def stay(work: Work, row: Agency) -> None:
    """Where an agency stands from which nothing was taken: enrolled, with documents to come or
    without, suspended if that still runs.
    """
    row.state = agency_rules.move(row.state, rest(work, row))
    if rules.is_still_suspended(row.suspended_at, row.suspended_until, work.today):
        row.state = agency_rules.move(row.state, State.SUSPENDED)
    else:
        forget_suspension(row)


def rest(work: Work, row: Agency) -> State:
    """The state of an enrolled agency against which nothing is under way."""
    return rules.at_rest(is_complete=not queries.outstanding_documents(work, row.organisation_id))


def forget_suspension(row: Agency) -> None:
    """Nothing is left of a suspension that is over."""
    row.suspended_at = row.suspended_by = row.suspended_until = row.suspension_reason = None
    row.suspension_fact = None


def _late(work: Work, row: Agency) -> list[DocumentCard]:
    return [each for each in queries.documents(work, row.id) if each.is_late]


def _forget(application: Enrolment) -> None:
    """What was intended against the agency in an earlier procedure, and what it said to that."""
    application.proposed_at = application.proposed_by = application.proposed_days = (
        application.remedy
    ) = None
    application.statement = application.stated_at = None
