"""Whom a complaint concerns."""

import dataclasses

from market.complaints.queries.rows import by_key
from market.db import Work


@dataclasses.dataclass(frozen=True)
class Parties:
    """Whom letters about a complaint go to. Ids of people and organisations; None: nobody to reach."""

    number: str
    notice_number: str | None
    complainant_person_id: int | None
    complainant_organisation_id: int | None
    respondent_id: int | None  # None until his answer was asked for: before that he is not told
    body_id: int
    handler_id: int | None


def parties(work: Work, number: str) -> Parties:
    """Who has to do with a complaint. Refuses `complaint.none`."""
    row = by_key(work, number)
    return Parties(
        number,
        row.notice_number,
        row.complainant_person_id,
        row.complainant_organisation_id,
        row.respondent_id if row.answer_asked_at else None,
        row.body_id,
        row.handler_id,
    )
