"""The office's formal check: pass, one complete correction list, or a refusal signed by two."""

from collections.abc import Sequence

from sqlalchemy import select

from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.rules import LineState, State
from market.agencies.service import pending_lines
from market.db import Work
from market.enrolment import permissions, queries, rules
from market.enrolment.events import (
    AgencyActivated,
    EnrolmentPassed,
    EnrolmentRefused,
    EnrolmentReturned,
    RefusalProposed,
)
from market.enrolment.models import Correction, Enrolment
from market.enrolment.rules import Section
from market.enrolment.service.documents import settle
from market.enrolment.service.hearing import check_case_heard
from market.enrolment.service.lines import open_lines
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.ids import agency_ref
from market.kernel.shown import check_shown, signs
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.windows import service as windows
from market.windows.rules import State as WindowState

MOST_CORRECTIONS = 50


@signs(queries.application_shown, key="number")
def approve(work: Work, *, number: str, shown: str) -> str:
    """Pass the formal check; the agency is enrolled at once and may enter. Returns its platform
    number A000017.

    Refuses `agency.no_enrolment`, `agency.same_person`, `agency.wrong_state`, `shown.changed`.
    """
    row, application = _taken(work, number, "enrolment.check", State.SUBMITTED, shown)
    windows.close(work, rules.CHECK, number)
    return _enrol(work, row, application)


@signs(queries.application_shown, key="number")
def send_back(
    work: Work, *, number: str, corrections: Sequence[tuple[Section, str]], shown: str
) -> None:
    """Return the application with one complete list (一次性告知).

    Refuses `agency.second_correction`: what could be seen the first time cannot be asked for a
    second time (docs/rules.md#decision-27). Besides: `agency.no_corrections`,
    `agency.too_many_corrections`, and as `approve`.
    """
    row, application = _taken(work, number, "enrolment.check", State.SUBMITTED, shown)
    if application.round > 1:
        raise Refusal("agency.second_correction")
    said = [(section, trimmed(text)) for section, text in corrections if trimmed(text)]
    if not said:
        raise Invalid("agency.no_corrections", field=Section.BASICS)
    if len(said) > MOST_CORRECTIONS or any(len(text) > rules.MOST_TEXT for _, text in said):
        raise Invalid("agency.too_many_corrections", most=MOST_CORRECTIONS)
    work.session.add_all(
        Correction(enrolment_id=application.id, section=section, text=text)
        for section, text in said
    )
    row.state = agency_rules.move(row.state, State.RETURNED)
    application.returned_at = work.now
    application.returned_by = work.actor.person_id
    windows.close(work, rules.CHECK, number)
    record(work, EnrolmentReturned(subject=number, corrections=len(said)))
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.CORRECT,
        subject=number,
        span=book.window(Rulebook.correction_days),
        rulebook=book.version,
        responsible_id=row.organisation_id,
    )


@signs(queries.application_shown, key="number")
def propose_refusal(
    work: Work, *, number: str, reasons: str, basis: str, remedy: str, shown: str
) -> None:
    """Propose not to enrol, with reasons, legal basis and remedy; the agency may state its case
    first.

    Refuses `agency.unreasoned` (field) when one of the three is missing, and as `approve` does.
    """
    row, application = _taken(work, number, "enrolment.check", State.SUBMITTED, shown)
    rules.check_reasoned(reasons, basis, remedy)
    row.state = agency_rules.move(row.state, State.REFUSING)
    application.reasons = trimmed(reasons)
    application.basis = trimmed(basis)
    application.remedy = trimmed(remedy)
    application.proposed_at = work.now
    application.proposed_by = work.actor.person_id
    windows.close(work, rules.CHECK, number)
    record(work, RefusalProposed(subject=number))
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.STATE_CASE,
        subject=number,
        span=book.window(Rulebook.statement_days),
        rulebook=book.version,
        responsible_id=row.organisation_id,
    )


@signs(queries.application_shown, key="number")
def sign_refusal(work: Work, *, number: str, shown: str) -> None:
    """Sign the refusal that another proposed. Refuses `agency.may_still_state` while the agency's
    days run, and as `approve` does.
    """
    row, application = _taken(work, number, "enrolment.sign", State.REFUSING, shown)
    check_case_heard(work, number)
    row.state = agency_rules.move(row.state, State.REFUSED)
    application.decided_at = work.now
    application.decided_by = work.actor.person_id
    windows.close(work, rules.DECIDE, number)
    for line in pending_lines(work, row):
        line.state = agency_rules.move_line(line.state, LineState.REFUSED)
    record(work, EnrolmentRefused(subject=number))


@signs(queries.application_shown, key="number")
def overrule(work: Work, *, number: str, shown: str) -> str:
    """Enrol against the proposal to refuse; returns the platform number. Refuses as `approve` does."""
    row, application = _taken(work, number, "enrolment.sign", State.REFUSING, shown)
    for kind in (rules.STATE_CASE, rules.DECIDE):
        windows.close(work, kind, number)
    return _enrol(work, row, application)


def _taken(
    work: Work, number: str, action: str, state: State, shown: str
) -> tuple[Agency, Enrolment]:
    """The application and its agency, locked, when this person may act on it in this state."""
    permissions.require(work.actor, action)
    found = work.session.execute(
        select(Agency, Enrolment)
        .join(Enrolment, Enrolment.agency_id == Agency.id)
        .where(Enrolment.number == number)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("agency.no_enrolment", number=number)
    row, application = found
    rules.check_other_person(
        work.actor.person_id, row.started_by, application.submitted_by, application.proposed_by
    )
    if row.state is not state or application.decided_at is not None:
        raise agency_rules.wrong_state(row.state)
    check_shown(shown, queries.application_shown(work, number))
    return row, application


def _enrol(work: Work, row: Agency, application: Enrolment) -> str:
    """Active at once (docs/rules.md#decision-4), or 容缺入驻 while documents are to come;
    publicity follows.
    """
    ref = row.ref or agency_ref(work.next_in("agency"))
    row.ref = ref
    row.enrolled_at = work.now
    record(work, EnrolmentPassed(subject=application.number, agency=ref))
    row.state = agency_rules.move(row.state, rules.at_rest(is_complete=not settle(work, row)))
    application.passed_at = application.decided_at = work.now
    application.decided_by = work.actor.person_id
    opened, refused = open_lines(work, row, ref)
    record(
        work,
        AgencyActivated(subject=ref, enrolment=application.number, items=opened, refused=refused),
    )
    book = rulebooks.in_force(work)
    windows.close(
        work, rules.PUBLICITY, ref, state=WindowState.CANCELLED
    )  # of an earlier enrolment
    windows.open_counted(
        work,
        rules.PUBLICITY,
        subject=ref,
        span=book.window(Rulebook.enrolment_publicity_days),
        rulebook=book.version,
    )
    return ref
