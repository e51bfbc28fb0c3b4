"""What a reader is to a complaint."""

import enum

from sqlalchemy import select

from market.accounts import queries as accounts
from market.complaints.models import Assistant, Complaint
from market.complaints.permissions import MAY, STAFF
from market.complaints.queries.bodies import recusal
from market.complaints.rules import (
    State,
)
from market.db import Work


class Relation(enum.StrEnum):
    """What a reader is to a complaint; each sees what the ones before him see, and more of his own."""

    PUBLIC = "public"
    # entered it for whoever came by paper, counter or telephone: reads that again, decides nothing
    REGISTRAR = "registrar"
    RESPONDENT = "respondent"
    COMPLAINANT = "complainant"
    CALLER = "caller"  # calls the complainant back
    BODY = "body"
    INSPECTOR = "inspector"


CONFIDANTS = frozenset({Relation.COMPLAINANT, Relation.CALLER, Relation.BODY, Relation.INSPECTOR})
INSIDERS = frozenset({Relation.BODY, Relation.INSPECTOR})


def relation_of(work: Work, row: Complaint) -> Relation:
    """What the actor is to a complaint. Staff who must keep out of it see what the public sees, and
    what they entered.
    """
    actor = work.actor
    if actor.person_id is None:
        return Relation.PUBLIC
    if actor.has("inspector"):
        return Relation.INSPECTOR
    if actor.person_id == row.complainant_person_id or (
        row.complainant_organisation_id is not None
        and row.complainant_organisation_id == actor.organisation_id
    ):
        return Relation.COMPLAINANT
    if _is_of_body(work, row) and recusal(work, row, actor.person_id) is None:
        return Relation.BODY
    if row.state is State.CALLBACK and actor.has("callback_officer"):
        return Relation.CALLER
    if row.answer_asked_at is not None and actor.organisation_id == row.respondent_id:
        return Relation.RESPONDENT
    return Relation.REGISTRAR if _entered(work, row) else Relation.PUBLIC


def _entered(work: Work, row: Complaint) -> bool:
    """Whether the actor registered it for its complainant and still does such work."""
    return row.registered_by == work.actor.person_id and work.actor.has(*MAY["complaint.register"])


def _is_of_body(work: Work, row: Complaint) -> bool:
    actor = work.actor
    if actor.has("authority_assigner"):
        return True
    if not actor.has(*STAFF):
        return False
    bodies = {row.body_id, *(card.id for card, _ in _assistants(work, row))}
    return actor.organisation_id in bodies


def _assistants(work: Work, row: Complaint) -> list[tuple[accounts.OrganisationCard, str]]:
    rows = work.session.scalars(
        select(Assistant).where(Assistant.complaint_id == row.id).order_by(Assistant.id)
    )
    return [(accounts.organisation(work, one.organisation_id), one.opinion) for one in rows]
