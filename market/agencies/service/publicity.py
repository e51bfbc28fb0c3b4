"""Publicity after activation: objections, their decision, and a revocation that two persons sign."""
from sqlalchemy import select

from market.accounts import queries as accounts
from market.agencies import permissions, queries, rules
from market.agencies.events import AgencyKept, AgencyRevoked, ObjectionDecided, ObjectionFiled
from market.agencies.models import Agency, Enrolment, Objection, ServiceLine
from market.agencies.rules import LineState, Outcome, State
from market.agencies.service.check import check_case_heard
from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.windows import queries as windows_queries
from market.windows import service as windows

LEAST_TEXT = 10


def object_to(work: Work, *, uscc: str, reason: str, submission_key: str) -> int:
    """Object to an enrolment in publicity; returns the objection's id. Anyone of known identity may.

    Refuses `agency.none`, `agency.not_in_publicity`, `agency.objected_already`, `agency.text_length`.
    """
    permissions.require(work.actor, "agency.object")
    row = work.session.scalar(select(Agency).where(Agency.uscc == uscc, Agency.state.in_(rules.PUBLIC)).with_for_update())
    application = queries.last_enrolment(work, row.id) if row else None
    if row is None or row.ref is None or application is None:
        raise NotFound("agency.none")
    mine = work.session.scalar(select(Objection).where(Objection.enrolment_id == application.id,
                                                       Objection.person_id == work.actor.person_id))
    if mine is not None and mine.submission_key == submission_key:
        return mine.id
    publicity = windows_queries.live(work, rules.PUBLICITY, row.ref)
    if publicity is None or work.received_at >= publicity.due_at:
        raise Refusal("agency.not_in_publicity")
    if mine is not None:
        raise Refusal("agency.objected_already")
    _check_text(reason, "reason")
    objection = Objection(division=work.division, enrolment_id=application.id, person_id=work.actor.person_id,
                          reason=reason.strip(), filed_at=work.now, submission_key=submission_key)
    work.session.add(objection)
    work.session.flush()  # The event below needs the id.
    record(work, ObjectionFiled(subject=row.ref, objection=objection.id))
    book = rulebooks.in_force(work)
    # as long as the publicity itself: the documents name no number of days for looking into an objection
    windows.open_counted(work, rules.OBJECTION, subject=row.ref, matter=f"{row.ref}/{objection.id}",
                         span=book.window("enrolment_publicity_days"), rulebook=book.version,
                         responsible_id=accounts.office(work).id)
    return objection.id


def dismiss_objection(work: Work, *, objection_id: int, answer: str) -> None:
    """Keep the agency, with an answer to the one who objected.

    Refuses `agency.no_objection`, `agency.same_person` (who passed the application), `agency.objection_decided`,
    `agency.text_length`.
    """
    objection, _application, row = _taken(work, objection_id)
    _check_text(answer, "answer")
    _decide(work, objection, row, Outcome.KEPT, answer)


def open_revocation(work: Work, *, objection_id: int, reasons: str, basis: str, remedy: str) -> None:
    """Find the objection right: the agency may not enter from now on and states its case; another person signs.

    Refuses as `dismiss_objection` does, and `agency.unreasoned`, `agency.wrong_state`.
    """
    objection, application, row = _taken(work, objection_id)
    rules.check_reasoned(reasons, basis, remedy)
    row.state = rules.move(row.state, State.REVOKING)
    application.reasons, application.basis, application.remedy = reasons.strip(), basis.strip(), remedy.strip()
    application.proposed_at, application.proposed_by = work.now, work.actor.person_id
    application.statement = application.stated_at = None  # of a refusal that was not signed
    _decide(work, objection, row, Outcome.REVOCATION, reasons)
    book = rulebooks.in_force(work)
    windows.open_counted(work, rules.STATE_CASE, subject=str(row.ref), span=book.window("statement_days"),
                         rulebook=book.version, responsible_id=row.organisation_id)


def revoke(work: Work, *, ref: str) -> None:
    """Sign the revocation that another opened. Refuses `agency.may_still_state`, `agency.same_person`,
    `agency.wrong_state`, `agency.none`."""
    row = _revoking(work, ref)
    check_case_heard(work, ref)
    row.state = rules.move(row.state, State.REVOKED)
    for kind in (rules.DECIDE, rules.PUBLICITY):
        windows.close(work, kind, ref)
    for line in work.session.scalars(select(ServiceLine).where(ServiceLine.agency_id == row.id,
                                                               ServiceLine.state == LineState.ACTIVE)):
        line.state = rules.move_line(line.state, LineState.WITHDRAWN)
    record(work, AgencyRevoked(subject=ref))


def keep(work: Work, *, ref: str) -> None:
    """End the procedure without a revocation: the agency may enter again. Refuses as `revoke` does."""
    row = _revoking(work, ref)
    row.state = rules.move(row.state, State.ACTIVE)
    for kind in (rules.STATE_CASE, rules.DECIDE):
        windows.close(work, kind, ref)
    record(work, AgencyKept(subject=ref))


def _taken(work: Work, objection_id: int) -> tuple[Objection, Enrolment, Agency]:
    """An objection that waits for a decision, with its application and agency, locked."""
    permissions.require(work.actor, "agency.decide_objection")
    found = work.session.execute(
        select(Objection, Enrolment, Agency).join(Enrolment, Enrolment.id == Objection.enrolment_id)
        .join(Agency, Agency.id == Enrolment.agency_id).where(Objection.id == objection_id).with_for_update()).first()
    if found is None:
        raise NotFound("agency.no_objection")
    objection, application, row = found
    if objection.decided_at is not None:
        raise Refusal("agency.objection_decided")
    rules.check_other_person(work.actor.person_id, application.decided_by, objection.person_id, row.started_by)
    return objection, application, row


def _decide(work: Work, objection: Objection, row: Agency, outcome: Outcome, answer: str) -> None:
    objection.outcome, objection.answer = outcome, answer.strip()
    objection.decided_at, objection.decided_by = work.now, work.actor.person_id
    windows.close(work, rules.OBJECTION, f"{row.ref}/{objection.id}")
    record(work, ObjectionDecided(subject=str(row.ref), objection=objection.id, outcome=outcome.value))


def _revoking(work: Work, ref: str) -> Agency:
    permissions.require(work.actor, "agency.revoke")
    row = work.session.scalar(select(Agency).where(Agency.ref == ref).with_for_update())
    application = queries.last_enrolment(work, row.id) if row else None
    if row is None or application is None:
        raise NotFound("agency.none")
    rules.check_other_person(work.actor.person_id, application.proposed_by)
    if row.state is not State.REVOKING:
        raise rules.wrong_state(row.state)
    return row


def _check_text(text: str, field: str) -> None:
    if not LEAST_TEXT <= len(text.strip()) <= rules.MOST_TEXT:
        raise Invalid("agency.text_length", field=field, least=LEAST_TEXT, most=rules.MOST_TEXT)
