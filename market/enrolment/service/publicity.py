"""Publicity after activation: objections, their decision, and a revocation that two persons sign."""

from sqlalchemy import select

from market.accounts import queries as accounts
from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.rules import LineState, State
from market.agencies.service import entered_lines
from market.db import Work
from market.enrolment import permissions, queries, rules
from market.enrolment.events import AgencyRevoked, ObjectionDecided, ObjectionFiled
from market.enrolment.models import Enrolment, Objection
from market.enrolment.rules import Outcome
from market.enrolment.service.hearing import check_case_heard
from market.enrolment.service.overdue import revoking, stop_watching
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.shown import check_shown, signs
from market.kernel.visible import compared, trimmed
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.submissions import sent
from market.windows import queries as windows_queries
from market.windows import service as windows

LEAST_TEXT = 10


def object_to(work: Work, *, uscc: str, reason: str, submission_key: str) -> int:
    """Object to an enrolment in publicity; returns the objection's id. Anyone of known identity
    may.

    Refuses `agency.none`, `agency.not_in_publicity`, `agency.objected_already`,
    `agency.text_length`.
    """
    permissions.require(work.actor, "agency.object")
    once = sent(work, submission_key, f"agency.object {uscc}", reason.strip(), whose="person")
    known = select(Objection.id).where(Objection.submission_key == once.key)
    if once.again and (same := work.session.scalar(known)):
        return int(same)
    ref, application = _in_publicity(work, uscc)
    _check_text(reason, "reason")
    objection = Objection(
        division=work.division,
        enrolment_id=application.id,
        person_id=work.actor.person_id,
        reason=trimmed(reason),
        filed_at=work.now,
        submission_key=once.key,
    )
    work.session.add(objection)
    work.session.flush()  # The event below needs the id.
    record(work, ObjectionFiled(subject=ref, objection=objection.id))
    book = rulebooks.in_force(work)
    # as long as the publicity itself: the documents name no number of days for looking into an
    # objection
    windows.open_counted(
        work,
        rules.OBJECTION,
        subject=ref,
        matter=f"{ref}/{objection.id}",
        span=book.window(Rulebook.enrolment_publicity_days),
        rulebook=book.version,
        responsible_id=accounts.office(work).id,
    )
    return objection.id


def _in_publicity(work: Work, uscc: str) -> tuple[str, Enrolment]:
    """The platform number of an agency, locked, and the application to which the actor may still
    object. Refuses as `object_to` does.
    """
    row = work.session.scalar(
        select(Agency)
        .where(Agency.uscc == uscc, Agency.state.in_(agency_rules.PUBLIC))
        .with_for_update()
    )
    application = queries.last_enrolment(work, row.id) if row else None
    if row is None or row.ref is None or application is None:
        raise NotFound("agency.none")
    publicity = windows_queries.live(work, rules.PUBLICITY, row.ref)
    if publicity is None or work.received_at >= publicity.due_at:
        raise Refusal("agency.not_in_publicity")
    mine = work.session.scalar(
        select(Objection).where(
            Objection.enrolment_id == application.id, Objection.person_id == work.actor.person_id
        )
    )
    if mine is not None:
        raise Refusal("agency.objected_already")
    return row.ref, application


@signs(queries.objection_shown, key="objection_id")
def dismiss_objection(work: Work, *, objection_id: int, answer: str, shown: str) -> None:
    """Keep the agency, with an answer to the one who objected.

    Refuses `agency.no_objection`, `agency.same_person` (who passed the application),
    `agency.objection_decided`, `agency.text_length`.
    """
    objection, _application, row = _taken(work, objection_id, shown)
    _check_text(answer, "answer")
    _decide(work, objection, row, Outcome.KEPT, answer)


@signs(queries.objection_shown, key="objection_id")
def open_revocation(
    work: Work, *, objection_id: int, reasons: str, basis: str, remedy: str, shown: str
) -> None:
    """Find the objection right: the agency may not enter from now on and states its case; another
    person signs.

    Refuses as `dismiss_objection` does, and `agency.unreasoned`, `agency.wrong_state`.
    """
    objection, application, row = _taken(work, objection_id, shown)
    rules.check_reasoned(reasons, basis, remedy)
    row.state = agency_rules.move(row.state, State.REVOKING)
    application.reasons = trimmed(reasons)
    application.basis = trimmed(basis)
    application.remedy = trimmed(remedy)
    application.proposed_at = work.now
    application.proposed_by = work.actor.person_id
    application.statement = application.stated_at = application.proposed_days = (
        None  # of what was not signed
    )
    _decide(work, objection, row, Outcome.REVOCATION, reasons)
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.STATE_CASE,
        subject=str(row.ref),
        span=book.window(Rulebook.statement_days),
        rulebook=book.version,
        responsible_id=row.organisation_id,
    )


@signs(queries.agency_shown, key="ref")
def revoke(work: Work, *, ref: str, shown: str) -> None:
    """Sign the revocation that another proposed: with an objection, or because a document is late.

    Refuses `agency.none`, `agency.same_person`, `agency.wrong_state`, `agency.may_still_state`,
    `agency.no_revocation_proposed` while the procedure is the clock's alone or a new due is
    proposed.
    """
    permissions.require(work.actor, "agency.revoke")
    row, application = revoking(work, ref)
    rules.check_other_person(work.actor.person_id, application.proposed_by)
    check_shown(shown, queries.agency_shown(work, ref))
    check_case_heard(work, ref)
    if application.proposed_at is None or application.proposed_days is not None:
        raise Refusal("agency.no_revocation_proposed")
    row.state = agency_rules.move(row.state, State.REVOKED)
    for kind in (rules.DECIDE, rules.PUBLICITY):
        windows.close(work, kind, ref)
    stop_watching(work, row)
    for line in entered_lines(work, row):
        line.state = agency_rules.move_line(line.state, LineState.WITHDRAWN)
    record(work, AgencyRevoked(subject=ref))


def _taken(work: Work, objection_id: int, shown: str) -> tuple[Objection, Enrolment, Agency]:
    """An objection that waits for a decision, with its application and agency, locked."""
    permissions.require(work.actor, "agency.decide_objection")
    found = work.session.execute(
        select(Objection, Enrolment, Agency)
        .join(Enrolment, Enrolment.id == Objection.enrolment_id)
        .join(Agency, Agency.id == Enrolment.agency_id)
        .where(Objection.id == objection_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("agency.no_objection")
    objection, application, row = found
    if objection.decided_at is not None:
        raise Refusal("agency.objection_decided")
    rules.check_other_person(
        work.actor.person_id, application.decided_by, objection.person_id, row.started_by
    )
    check_shown(shown, queries.objection_shown(work, objection_id))
    return objection, application, row


def _decide(work: Work, objection: Objection, row: Agency, outcome: Outcome, answer: str) -> None:
    objection.outcome = outcome
    objection.answer = trimmed(answer)
    objection.decided_at = work.now
    objection.decided_by = work.actor.person_id
    windows.close(work, rules.OBJECTION, f"{row.ref}/{objection.id}")
    record(
        work, ObjectionDecided(subject=str(row.ref), objection=objection.id, outcome=outcome.value)
    )


def _check_text(text: str, field: str) -> None:
    if len(compared(text).strip()) < LEAST_TEXT or len(text) > rules.MOST_TEXT:
        raise Invalid("agency.text_length", field=field, least=LEAST_TEXT, most=rules.MOST_TEXT)
