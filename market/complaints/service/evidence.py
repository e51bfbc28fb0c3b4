"""Files of a complaint: of the complainant, of the respondent, of the body. The bytes are the files
room's.
"""

from sqlalchemy import func, select

from market.complaints import queries, rules
from market.complaints.models import Complaint, Evidence
from market.complaints.queries import Relation
from market.complaints.rules import MOST_FILES, State
from market.complaints.service.bodies import show_files
from market.db import Work
from market.files import service as files
from market.files.rules import Audience
from market.files.service import Received
from market.kernel.errors import Invalid, NotFound, Refusal

ATTACHES = {
    Relation.COMPLAINANT: frozenset({State.COMPLETING}),
    Relation.RESPONDENT: rules.HANDLED,
    Relation.BODY: rules.HANDLED,
}
"""In which states each may add a file."""
PARTS = {
    Relation.COMPLAINANT: "completion",
    Relation.RESPONDENT: "answer",
    Relation.BODY: "decision",
}


def _check_room(work: Work, row: Complaint, part: str) -> None:
    """A part of a complaint has so many files. Refuses `complaint.too_many_files`."""
    count = work.session.scalar(
        select(func.count())
        .select_from(Evidence)
        .where(Evidence.complaint_id == row.id, Evidence.part == part)
    )
    if (count or 0) >= MOST_FILES:
        raise Invalid("complaint.too_many_files", field="file", most=MOST_FILES)


def attach(
    work: Work, *, scan: Received, draft_id: int | None = None, number: str | None = None
) -> int:
    """Add a received file to one's draft, or to a complaint that is being handled: the complainant
    while completion is awaited, the respondent with his answer, the body. Who handles the complaint
    may read it, and the inspector; nobody else. Returns the file's id.

    Refuses `complaint.none`, `complaint.filed_already`, `complaint.wrong_state`,
    `complaint.too_many_files` (10 a part).
    """
    row, part = _target(work, draft_id, number)
    _check_room(work, row, part)
    file_id = files.store(
        work,
        scan,
        purpose="complaint",
        organisation_id=_whose(work, row, part),
        person_id=work.actor.person_id,
        audience=Audience.GRANTED,
    )
    work.session.add(
        Evidence(
            complaint_id=row.id,
            file_id=file_id,
            name=scan.name,
            part=part,
            added_at=work.now,
            added_by=work.actor.person_id,
        )
    )
    work.session.flush()  # What is shown is asked of the database.
    if number is not None:
        show_files(work, row, row.body_id)
    return file_id


def _whose(work: Work, row: Complaint, part: str) -> int | None:
    return (
        row.complainant_organisation_id
        if part in ("complaint", "completion")
        else work.actor.organisation_id
    )


def detach(work: Work, *, draft_id: int, file_id: int) -> None:
    """Take a file out of one's draft. Refuses `complaint.none`, `complaint.filed_already`."""
    row, _ = _target(work, draft_id, None)
    found = work.session.scalar(
        select(Evidence).where(Evidence.complaint_id == row.id, Evidence.file_id == file_id)
    )
    if found is None:
        raise NotFound("complaint.none")
    work.session.delete(found)


def _target(work: Work, draft_id: int | None, number: str | None) -> tuple[Complaint, str]:
    if draft_id is not None:
        row = queries.locked_draft(work, draft_id)
        if row.state is not State.DRAFT:
            raise Refusal("complaint.filed_already", number=row.number)
        return row, "complaint"
    row = queries.locked(work, number or "")
    relation = queries.relation_of(work, row)
    if relation not in PARTS:
        raise NotFound("complaint.none")
    if row.state not in ATTACHES[relation]:
        raise Refusal("complaint.wrong_state", old=row.state.value, new=row.state.value)
    return row, PARTS[relation]
