"""Which rows of agencies stand on the log."""

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.sql.elements import ColumnElement

from market.agencies.models import Agency
from market.agencies.rules import State
from market.enrolment.events import (
    AdditionRequested,
    AdditionReturned,
    AgencyActivated,
    AgencyExited,
    AgencyKept,
    AgencyReinstated,
    AgencyRemoved,
    AgencyRevoked,
    AgencySuspended,
    CaseStated,
    DocumentAccepted,
    DocumentReturned,
    DocumentsCompleted,
    DocumentsDeferred,
    DocumentSubmitted,
    DueRenewed,
    EnrolmentLapsed,
    EnrolmentPassed,
    EnrolmentRefused,
    EnrolmentReturned,
    EnrolmentSubmitted,
    ExitAsked,
    ExitWithdrawn,
    LinesOpened,
    ObjectionDecided,
    ObjectionFiled,
    RefusalProposed,
    RemovalDropped,
    RemovalProposed,
    RepresentativeConfirmed,
    RepresentativeReturned,
    RepresentativeTold,
    RevocationOpened,
    RevocationProposed,
    SuspensionDropped,
    SuspensionProposed,
)
from market.enrolment.models import (
    AgencyDocument,
    Correction,
    Departure,
    Enrolment,
    Objection,
    RepresentativeChange,
)
from market.enrolment.rules import End, Leave
from market.ledger.queries.integrity import Held, of_states


def _agencies(*which: ColumnElement[bool]) -> Select[str | None]:
    return select(Agency.ref).where(*which)


def _departures(kind: Leave, outcome: End | None = None) -> Select[str | None]:
    found = (
        select(Agency.ref)
        .join(Departure, Departure.agency_id == Agency.id)
        .where(Departure.kind == kind)
    )
    return found if outcome is None else found.where(Departure.outcome == outcome)


APPLICATIONS = select(Enrolment.number)
OBJECTIONS = (
    select(Agency.ref, Objection.id)
    .join(Enrolment, Enrolment.agency_id == Agency.id)
    .join(Objection, Objection.enrolment_id == Enrolment.id)
)
REPRESENTATIVES = select(Agency.ref).join(
    RepresentativeChange, RepresentativeChange.agency_id == Agency.id
)
DOCUMENTS = select(Agency.ref, AgencyDocument.id).join(
    AgencyDocument, AgencyDocument.agency_id == Agency.id
)
HELD = (
    *of_states(
        Agency.ref,
        Agency.state,
        {
            State.ACTIVE: (AgencyActivated,),
            State.SUSPENDED: (AgencySuspended,),
            State.REVOKED: (AgencyRevoked,),
            State.EXITING: (ExitAsked,),
            State.EXITED: (AgencyExited,),
            State.REMOVING: (RemovalProposed,),
            State.REMOVED: (AgencyRemoved,),
        },
    ),
    Held(
        events=(EnrolmentSubmitted,),
        rows=union_all(
            select(Enrolment.number, literal(1)),
            select(Enrolment.number, literal(2)).where(Enrolment.resubmitted_at.is_not(None)),
        ),
        fields=("round",),
    ),
    Held(events=(EnrolmentReturned,), rows=APPLICATIONS.where(Enrolment.returned_at.is_not(None))),
    Held(events=(EnrolmentLapsed,), rows=APPLICATIONS.where(Enrolment.lapsed_at.is_not(None))),
    Held(
        events=(EnrolmentPassed,),
        rows=select(Enrolment.number, Agency.ref)
        .join(Agency, Agency.id == Enrolment.agency_id)
        .where(Enrolment.passed_at.is_not(None)),
        fields=("agency",),
    ),
    Held(
        events=(EnrolmentRefused,),
        rows=APPLICATIONS.where(Enrolment.decided_at.is_not(None), Enrolment.passed_at.is_(None)),
    ),
    Held(
        events=(RefusalProposed,),
        rows=APPLICATIONS.where(Enrolment.proposed_at.is_not(None), Enrolment.passed_at.is_(None)),
        both_ways=False,  # of one that was overruled the row may hold another proposal by now
    ),
    Held(
        events=(AgencyActivated,),
        rows=select(Agency.ref, Enrolment.number)
        .join(Enrolment, Enrolment.agency_id == Agency.id)
        .where(Enrolment.passed_at.is_not(None)),
        fields=("enrolment",),
    ),
    # What an agency may leave again is held one way: the log has been there, the row is elsewhere.
    *(
        Held(events=events, rows=_agencies(which), both_ways=False)
        for events, which in (
            ((AgencyActivated,), Agency.enrolled_at.is_not(None)),
            ((AgencySuspended,), Agency.suspended_at.is_not(None)),
            ((SuspensionProposed,), Agency.proposes_suspension.is_(True)),
            ((RevocationOpened, ObjectionDecided), Agency.state == State.REVOKING),
            ((AgencyRevoked,), Agency.state == State.REVOKED),
        )
    ),
    Held(events=(ObjectionFiled,), rows=OBJECTIONS, fields=("objection",)),
    Held(
        events=(ObjectionDecided,),
        rows=OBJECTIONS.add_columns(Objection.outcome).where(Objection.decided_at.is_not(None)),
        fields=("objection", "outcome"),
    ),
    Held(events=(ExitAsked,), rows=_departures(Leave.EXIT)),
    Held(events=(AgencyExited,), rows=_departures(Leave.EXIT, End.LEFT)),
    Held(events=(ExitWithdrawn,), rows=_departures(Leave.EXIT, End.STAYED)),
    Held(events=(RemovalProposed,), rows=_departures(Leave.REMOVAL)),
    Held(events=(AgencyRemoved,), rows=_departures(Leave.REMOVAL, End.LEFT)),
    Held(events=(RemovalDropped,), rows=_departures(Leave.REMOVAL, End.STAYED)),
    # What was told and not answered goes with an agency that leaves.
    Held(events=(RepresentativeTold,), rows=REPRESENTATIVES, both_ways=False),
    *(
        Held(events=(event,), rows=REPRESENTATIVES.where(answered.is_not(None)))
        for event, answered in (
            (RepresentativeConfirmed, RepresentativeChange.confirmed_at),
            (RepresentativeReturned, RepresentativeChange.returned_at),
        )
    ),
    *(
        Held(events=(event,), rows=DOCUMENTS.where(*which), fields=("document",), both_ways=False)
        for event, which in (
            (DocumentReturned, (AgencyDocument.returned_at.is_not(None),)),
            (
                DocumentSubmitted,
                (AgencyDocument.owed_at.is_not(None), AgencyDocument.submitted_at.is_not(None)),
            ),
            (
                DocumentAccepted,
                (AgencyDocument.owed_at.is_not(None), AgencyDocument.accepted_at.is_not(None)),
            ),
        )
    ),
    Held(
        events=(DocumentsDeferred,),
        rows=_agencies(
            Agency.id.in_(
                select(AgencyDocument.agency_id).where(AgencyDocument.owed_at.is_not(None))
            )
        ),
        both_ways=False,
    ),
)
WITHOUT: dict[type, str] = {
    CaseStated: "the statement's row is emptied with the procedure",
    AgencyReinstated: "takes the suspension off the row",
    AgencyKept: "takes the procedure off the row",
    SuspensionDropped: "takes the proposal off the row",
    RevocationProposed: "a later proposal takes its row",
    DueRenewed: "leaves nothing on the row but the new days",
    DocumentsCompleted: "that nothing is owed any more has no row",
    AdditionRequested: "its lines are named in the leaf that opens them",
    AdditionReturned: "its lines are named in the leaf that opens them",
    LinesOpened: "lines stand in the lists of this leaf and of the activation",
    Correction: "counted in the leaf of the return",
}
