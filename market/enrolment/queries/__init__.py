"""Reading enrolments: how far an application is, what is owed, objected or proposed."""

from market.enrolment.queries.departures import (
    DepartureCard,
    departure,
    departures,
    open_departure,
)
from market.enrolment.queries.documents import (
    DocumentCard,
    document_shown,
    documents,
    due_until,
    outstanding_documents,
    owner_of_document,
)
from market.enrolment.queries.process import (
    Application,
    CorrectionCard,
    DeskRow,
    ObjectionCard,
    additions,
    application,
    commitment_of,
    desk,
    desk_documents,
    filled,
    last_application,
    last_enrolment,
    objection,
    objections,
    own_application,
    qualification_names,
    revocations,
    to_propose,
)
from market.enrolment.queries.profile import (
    Profile,
    profile,
)
from market.enrolment.queries.proposals import (
    hearing,
    organisation_of,
    to_sign,
)
from market.enrolment.queries.shown import (
    agency_shown,
    application_shown,
    objection_shown,
)

__all__ = [
    "Application",
    "CorrectionCard",
    "DepartureCard",
    "DeskRow",
    "DocumentCard",
    "ObjectionCard",
    "Profile",
    "additions",
    "agency_shown",
    "application",
    "application_shown",
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
    "objection",
    "objection_shown",
    "objections",
    "open_departure",
    "organisation_of",
    "outstanding_documents",
    "own_application",
    "owner_of_document",
    "profile",
    "qualification_names",
    "revocations",
    "to_propose",
    "to_sign",
]
