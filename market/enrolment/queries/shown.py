"""What the office is shown of an agency, an application or an objection before it decides."""

import dataclasses

from sqlalchemy import select

from market.agencies.models import Agency
from market.agencies.queries import lines, qualifications
from market.db import Work
from market.enrolment.models import Enrolment, Objection
from market.enrolment.queries.departures import open_departure
from market.enrolment.queries.documents import documents
from market.enrolment.queries.representative import waiting_row
from market.enrolment.queries.rows import last_enrolment
from market.enrolment.rules import Basics
from market.kernel.shown import Parts


def application_shown(work: Work, number: str) -> Parts:
    """An application as the page of the formal check shows it, with the refusal that was proposed."""
    found = work.session.execute(
        select(Agency, Enrolment)
        .join(Enrolment, Enrolment.agency_id == Agency.id)
        .where(Enrolment.number == number)
    ).first()
    return {} if found is None else _parts(work, *found)


def agency_shown(work: Work, ref: str) -> Parts:
    """An enrolled agency as its page at the desk shows it, with whatever is proposed about it."""
    row = work.session.scalar(select(Agency).where(Agency.ref == ref))
    if row is None:
        return {}
    return {
        **_parts(work, row, last_enrolment(work, row.id)),
        **_leaving(work, row),
        **_representative(work, row),
        "agency.standing_id": row.proposed_at,
        "agency.proposes_suspension": row.proposes_suspension,
        "agency.proposed_fact": row.proposed_fact,
        "agency.proposed_reason": row.proposed_reason or row.proposed_ground,
        "agency.proposed_until": row.proposed_until,
        "agency.proposed_statement": row.proposed_statement,
    }


def objection_shown(work: Work, objection_id: int) -> Parts:
    """An objection and the agency that it is about."""
    row = work.session.get(Objection, objection_id)
    if row is None:
        return {}
    application = work.session.get_one(Enrolment, row.enrolment_id)
    agency = work.session.get_one(Agency, application.agency_id)
    return {"objection.id": row.id, "objection.reason": row.reason, "agency.name": agency.name}


def _parts(work: Work, row: Agency, last: Enrolment | None) -> dict[str, object]:
    basics = {field.name: getattr(row, field.name) for field in dataclasses.fields(Basics)}
    held = [dataclasses.asdict(each) for each in qualifications(work, row.id)]
    handed_in = [
        [each.name, each.days, each.file_id, each.submitted_at, each.owed_at, each.accepted_at]
        for each in documents(work, row.id)
    ]
    return {
        "agency.id": row.id,
        "agency.name": basics.pop("name"),
        "agency.uscc": row.uscc,
        "agency.basics": basics,
        "agency.items": [[each.item_code, each.state] for each in lines(work, row.id)],
        "agency.qualifications": held,
        "agency.documents": handed_in,
        "agency.commitment": [row.commitment, row.committed_at],
        **_proposed(last),
    }


def _proposed(last: Enrolment | None) -> Parts:
    """What one person says of the application, and what the agency says to it."""
    if last is None:
        return {}
    return {
        "enrolment.id": [last.number, last.round, last.submitted_at, last.proposed_at],
        "enrolment.reasons": last.reasons,
        "enrolment.basis": last.basis,
        "enrolment.remedy": last.remedy,
        "enrolment.statement": last.statement,
        "enrolment.proposed_days": last.proposed_days,
    }


def _representative(work: Work, row: Agency) -> Parts:
    told = waiting_row(work, row.id)
    return {
        "representative.id": told.id if told else None,
        "representative.name": told.name if told else None,
    }


def _leaving(work: Work, row: Agency) -> Parts:
    leaving = open_departure(work, row.id)
    if leaving is None:
        return {"departure.id": None}
    return {
        "departure.id": leaving.id,
        "departure.reasons": leaving.reasons,
        "departure.basis": leaving.basis,
        "departure.remedy": leaving.remedy,
        "departure.record": leaving.record,
        "departure.barred_until": leaving.barred_until,
        "departure.statement": leaving.statement,
    }
