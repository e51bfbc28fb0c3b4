"""Reading enrolments: how far an application is, what is owed, objected or proposed."""

from market.enrolment.queries.applications import (
    Application,
    CorrectionCard,
    application,
    last_application,
    own_application,
    qualification_names,
    specialities,
)
from market.enrolment.queries.departures import (
    DepartureCard,
    barred_until,
    departure,
    departures,
    open_departure,
)
from market.enrolment.queries.desk import (
    DeskRow,
    additions,
    desk,
    desk_documents,
    revocations,
    to_propose,
)
from market.enrolment.queries.documents import (
    DocumentCard,
    document_shown,
    documents,
    due_until,
    outstanding_documents,
    owner_of_document,
)
from market.enrolment.queries.filling import commitment_of, filled
from market.enrolment.queries.objections import ObjectionCard, objection, objections
from market.enrolment.queries.profile import Profile, profile
from market.enrolment.queries.proposals import (
    hearing,
    name_by_number,
    organisation_of,
    to_sign,
    uscc_of_enrolment,
)
from market.enrolment.queries.representative import (
    RepresentativeCard,
    owing_representative,
    representative,
    representatives,
    waiting_row,
)
from market.enrolment.queries.rows import last_enrolment
from market.enrolment.queries.shown import agency_shown, application_shown, objection_shown

__all__ = [
    "Application",
    "CorrectionCard",
    "DepartureCard",
    "DeskRow",
    "DocumentCard",
    "ObjectionCard",
    "Profile",
    "RepresentativeCard",
    "additions",
    "agency_shown",
    "application",
    "application_shown",
    "barred_until",
    "commitment_of",
    "departure",
    "departures",
    "desk",
    "desk_documents",
    "document_shown",
    "documents",
    "due_until",
    "filled",
    "hearing",
    "last_application",
    "last_enrolment",
    "name_by_number",
    "objection",
    "objection_shown",
    "objections",
    "open_departure",
    "organisation_of",
    "outstanding_documents",
    "owing_representative",
    "own_application",
    "owner_of_document",
    "profile",
    "qualification_names",
    "representative",
    "representatives",
    "revocations",
    "specialities",
    "to_propose",
    "to_sign",
    "uscc_of_enrolment",
    "waiting_row",
]
