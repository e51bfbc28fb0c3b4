"""Reading agencies: who they are, where they stand, what the public sees, and how far an application is."""
from market.agencies.queries.departures import DepartureCard, departure, departures, open_departure
from market.agencies.queries.directory import (
    Filter,
    Line,
    Profile,
    QualificationCard,
    count,
    directory,
    lines,
    profile,
    public_lines,
    qualifications,
    tiers,
)
from market.agencies.queries.documents import (
    DocumentCard,
    documents,
    due_until,
    outstanding_documents,
    owner_of_document,
)
from market.agencies.queries.process import (
    Application,
    CorrectionCard,
    DeskRow,
    ObjectionCard,
    additions,
    application,
    checked,
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
from market.agencies.queries.standing import (
    AgencyCard,
    Standing,
    agency,
    by_ref,
    by_refs,
    card,
    eligible_count,
    eligible_organisations,
    hearing,
    of_organisation,
    organisation_of,
    standing,
    to_sign,
)

__all__ = [
    "AgencyCard", "Application", "CorrectionCard", "DepartureCard", "DeskRow", "DocumentCard", "Filter", "Line",
    "ObjectionCard", "Profile", "QualificationCard", "Standing", "additions", "agency", "application", "by_ref",
    "by_refs", "card", "checked", "commitment_of", "count", "departure", "departures", "desk", "desk_documents",
    "directory", "documents", "due_until", "eligible_count", "eligible_organisations", "filled", "hearing",
    "last_application", "last_enrolment", "lines", "objection", "objections", "of_organisation", "open_departure",
    "organisation_of", "outstanding_documents", "own_application", "owner_of_document", "profile", "public_lines",
    "qualification_names", "qualifications", "revocations", "standing", "tiers", "to_propose", "to_sign"]
