"""The rows of complaints, found and locked, for the services."""

from sqlalchemy import select

from market.accounts import queries as accounts
from market.complaints.models import Complaint
from market.complaints.queries.bodies import superior_of
from market.db import Work, under_lock
from market.kernel.errors import NotFound


def by_key(work: Work, number: str) -> Complaint:
    """The row of a filed complaint. Refuses `complaint.none`."""
    row = work.session.scalar(select(Complaint).where(Complaint.number == number))
    if row is None:
        raise NotFound("complaint.none")
    return row


def superior_over(work: Work, number: str, body_id: int) -> accounts.OrganisationCard | None:
    """The superior of a body that handled this complaint. Refuses `complaint.none`."""
    return superior_of(work, by_key(work, number), body_id)


def locked(work: Work, number: str) -> Complaint:
    """The row, locked until the commit and read afresh: who comes second sees what the first did."""
    row = work.session.scalar(under_lock(select(Complaint).where(Complaint.number == number)))
    if row is None:
        raise NotFound("complaint.none")
    return row


def locked_draft(work: Work, draft_id: int, *, discarded: bool = False) -> Complaint:
    """The actor's own draft, locked; filed meanwhile it is found too. With `discarded` one that was
    thrown away, else none of those. Refuses `complaint.none`.
    """
    row = work.session.get(Complaint, draft_id, with_for_update=True, populate_existing=True)
    if row is None or row.drafted_by != work.actor.person_id:
        raise NotFound("complaint.none")
    if (row.discarded_at is not None) is not discarded:
        raise NotFound("complaint.none")
    return row


def by_submission(work: Work, submission_key: str) -> Complaint | None:
    """What was made of a form that was sent before."""
    return work.session.scalar(
        select(Complaint).where(
            Complaint.submission_key == submission_key, Complaint.drafted_by == work.actor.person_id
        )
    )
