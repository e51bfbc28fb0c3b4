"""Documents of the published list: answered for in the application, handed in later, checked by the
office (容缺).

While a document lies with the office its days stand still (R8): a document that is returned leaves
the agency the days that it had when it came, the day of the upload included, so at least one.
"""

from sqlalchemy import select

from market.accounts import queries as accounts
from market.agencies import queries as agencies
from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.rules import LineState, State
from market.agencies.service import lines_in
from market.catalogue import queries as catalogue
from market.db import Work
from market.enrolment import permissions, queries, rules
from market.enrolment.events import (
    DocumentAccepted,
    DocumentReturned,
    DocumentsCompleted,
    DocumentsDeferred,
    DocumentSubmitted,
)
from market.enrolment.models import AgencyDocument
from market.enrolment.queries.documents import matter
from market.enrolment.rules import Section
from market.enrolment.service.fill import growing, mend, own
from market.enrolment.service.overdue import stop_procedure, take_up, watch
from market.files import queries as file_queries
from market.files import service as files
from market.files.service import Received
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.shown import check_shown, signs
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.windows import queries as windows_queries
from market.windows import service as windows


def answer_document(work: Work, *, listed_id: int, received: Received | None) -> None:
    """Hand in a document of the list with the application, or (None) put it off.

    An addition is complete from the start, and what was promised once is not put off again. Refuses
    `agency.no_document`, `agency.not_editable`, `agency.document_accepted`,
    `agency.promised_before`, `agency.complete_addition`.
    """
    permissions.require(work.actor, "enrolment.fill")
    row = growing(work)
    codes = (
        None
        if row.state in agency_rules.GROWING
        else [line.item_code for line in agencies.lines(work, row.id)]
    )
    listed = next(
        (each for each in catalogue.deferrable(work, codes) if each.id == listed_id), None
    )
    if listed is None:
        raise NotFound("agency.no_document")
    kept = work.session.scalar(
        select(AgencyDocument).where(
            AgencyDocument.agency_id == row.id, AgencyDocument.name == listed.name
        )
    )
    if kept is None:
        kept = AgencyDocument(
            division=work.division, agency_id=row.id, name=listed.name, days=listed.days
        )
    if kept.accepted_at is not None or (
        row.state in agency_rules.GROWING and kept.owed_at is not None
    ):
        raise Refusal("agency.document_accepted")
    if received is None and row.state in agency_rules.GROWING:
        raise Invalid("agency.complete_addition", field="choice", name=listed.name)
    if received is None and kept.owed_at is not None:
        raise Invalid("agency.promised_before", field="choice", name=listed.name)
    kept.days = listed.days
    _keep(work, row, kept, received)
    work.session.add(kept)
    mend(work, row, Section.QUALIFICATIONS, {"documents"})


def _keep(work: Work, row: Agency, kept: AgencyDocument, received: Received | None) -> None:
    if received is None:
        kept.submitted_at = kept.submitted_by = None
        return
    kept.file_id = files.store(
        work,
        received,
        purpose="deferred",
        organisation_id=row.organisation_id,
        person_id=work.actor.person_id,
    )
    kept.submitted_at = work.now
    kept.submitted_by = work.actor.person_id


def drop_unasked(work: Work, row: Agency) -> None:
    """Forget answers about documents that the chosen items do not ask for (any more); what was
    accepted is kept.
    """
    asked = [
        each.name
        for each in catalogue.deferrable(
            work, [line.item_code for line in agencies.lines(work, row.id)]
        )
    ]
    for kept in work.session.scalars(
        select(AgencyDocument).where(
            AgencyDocument.agency_id == row.id,
            AgencyDocument.accepted_at.is_(None),
            AgencyDocument.name.not_in(asked),
        )
    ):
        work.session.delete(kept)


def settle(work: Work, row: Agency) -> list[str]:
    """What the application's check means for its documents: what came with it is accepted, the rest
    is owed from now on.

    Returns the names of what is outstanding; the clock watches each.
    """
    owed: list[AgencyDocument] = []
    for kept in _open(work, row):
        if kept.submitted_at is not None:
            kept.accepted_at = work.now
            kept.accepted_by = work.actor.person_id
        else:
            owed.append(kept)
            watch(work, row, kept)
    if owed:
        record(work, DocumentsDeferred(subject=str(row.ref), documents=len(owed)))
    return [each.name for each in owed]


def accept_addition(work: Work, row: Agency) -> None:
    """The addition was checked with the documents that came with it; what is owed of the enrolment
    stays owed.
    """
    for kept in _open(work, row):
        if kept.owed_at is None:
            kept.accepted_at = work.now
            kept.accepted_by = work.actor.person_id


def _open(work: Work, row: Agency) -> list[AgencyDocument]:
    work.session.flush()  # What was answered must be in the database before it is read.
    return list(
        work.session.scalars(
            select(AgencyDocument)
            .where(AgencyDocument.agency_id == row.id, AgencyDocument.accepted_at.is_(None))
            .order_by(AgencyDocument.name)
        )
    )


def hand_in(work: Work, *, document_id: int, received: Received) -> None:
    """Hand in a document that was put off; another file may take its place until the office has
    looked at it, the same file again changes nothing.

    In time is what was received in time, however long the office takes; after the due it is the
    best thing to say to an intended revocation. Refuses `agency.no_document`,
    `agency.document_not_owed`.
    """
    permissions.require(work.actor, "enrolment.fill")
    row = own(work)
    kept = work.session.get(AgencyDocument, document_id, with_for_update=True)
    if kept is None or kept.agency_id != row.id:
        raise NotFound("agency.no_document")
    if (
        row.state not in agency_rules.IN_BUSINESS
        or kept.owed_at is None
        or kept.accepted_at is not None
    ):
        raise Refusal("agency.document_not_owed")
    if (
        kept.submitted_at is not None
        and file_queries.file(work, kept.file_id or 0).sha256 == received.sha256
    ):
        return  # the same form again
    _keep(work, row, kept, received)
    key = matter(row.ref, kept.id)
    record(work, DocumentSubmitted(subject=str(row.ref), document=kept.id))
    due = windows_queries.live(work, rules.DEFERRED, key)
    _lay_before_the_office(work, row, key)
    work.session.flush()  # What is late is read below.
    if due is not None and due.overdue_at is not None and work.received_at < due.due_at:
        stop_procedure(work, row)  # the sweep was faster than the form


def _lay_before_the_office(work: Work, row: Agency, key: str) -> None:
    """The agency's days stand still from the receipt on, the office's run."""
    windows.pause(work, rules.DEFERRED, key, since=work.received_at)
    if windows_queries.live(work, rules.DEFERRED_CHECK, key) is not None:
        return
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.DEFERRED_CHECK,
        subject=str(row.ref),
        matter=key,
        span=book.window(Rulebook.formal_check_days),
        rulebook=book.version,
        responsible_id=accounts.office(work).id,
    )


@signs(queries.document_shown, key="document_id")
def accept_document(
    work: Work, *, document_id: int, file_id: int | None = None, shown: str
) -> None:
    """Accept a document; with the last one the enrolment is complete and the agency may be
    confirmed as winner.

    `file_id` is the file that was looked at. Refuses `agency.no_document`,
    `agency.document_not_there`, `agency.same_person`, `agency.document_replaced` where another file
    has taken its place.
    """
    row, kept = _to_check(work, document_id, file_id, shown)
    kept.accepted_at = work.now
    kept.accepted_by = work.actor.person_id
    for kind in (rules.DEFERRED, rules.DEFERRED_CHECK):
        windows.close(work, kind, matter(row.ref, kept.id))
    record(work, DocumentAccepted(subject=str(row.ref), document=kept.id))
    work.session.flush()  # What is outstanding is read below.
    if queries.outstanding_documents(work, row.organisation_id):
        return
    for line in lines_in(work, row, LineState.PROVISIONAL):
        line.state = agency_rules.move_line(line.state, LineState.ACTIVE)
    if row.state is State.PROVISIONAL:
        row.state = agency_rules.move(row.state, State.ACTIVE)
    record(work, DocumentsCompleted(subject=str(row.ref)))


@signs(queries.document_shown, key="document_id")
def return_document(
    work: Work, *, document_id: int, reason: str, file_id: int | None = None, shown: str
) -> None:
    """Return a document with everything that is wrong with it; its days go on after today.

    One whose due had passed before it came is late again at once. Refuses as `accept_document`
    does, and `agency.unreasoned`.
    """
    row, kept = _to_check(work, document_id, file_id, shown)
    if not 1 <= len(trimmed(reason)) <= rules.MOST_TEXT:
        raise Invalid("agency.unreasoned", field="reason")
    kept.submitted_at = kept.submitted_by = None
    kept.returned_at = work.now
    kept.returned_by = work.actor.person_id
    kept.reason = trimmed(reason)
    record(work, DocumentReturned(subject=str(row.ref), document=kept.id))
    windows.close(work, rules.DEFERRED_CHECK, matter(row.ref, kept.id))
    windows.resume_counting(work, rules.DEFERRED, matter(row.ref, kept.id))
    take_up(work, row)


def _to_check(
    work: Work, document_id: int, file_id: int | None, shown: str
) -> tuple[Agency, AgencyDocument]:
    """A document that lies with the office, and its agency, locked; nobody judges a file that he
    has not seen.
    """
    permissions.require(work.actor, "agency.check_document")
    found = work.session.execute(
        select(AgencyDocument, Agency)
        .join(Agency, Agency.id == AgencyDocument.agency_id)
        .where(AgencyDocument.id == document_id, AgencyDocument.owed_at.is_not(None))
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("agency.no_document")
    kept, row = found
    rules.check_other_person(work.actor.person_id, row.started_by, kept.submitted_by)
    if (
        kept.submitted_at is None
        or kept.accepted_at is not None
        or row.state not in agency_rules.IN_BUSINESS
    ):
        raise Refusal("agency.document_not_there")
    if file_id not in (None, kept.file_id):
        raise Refusal("agency.document_replaced")
    check_shown(shown, queries.document_shown(work, document_id))
    return row, kept
