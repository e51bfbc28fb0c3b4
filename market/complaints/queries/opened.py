"""What is public of many complaints at once, for whoever takes it away: nobody is named, nothing is
quoted.
"""

import dataclasses
import datetime as dt
from collections.abc import Collection

from sqlalchemy import select

from market.complaints.models import Complaint, Proposal
from market.complaints.rules import About, Outcome, ProposalKind, ProposalState, Reason, State
from market.db import Work


@dataclasses.dataclass(frozen=True, kw_only=True)
class PublicComplaint:
    """One complaint as the register and the log have it."""

    number: str
    notice_number: str | None
    about: About
    state: State
    body_id: int
    filed_at: dt.datetime
    accepted_at: dt.datetime | None
    reason: Reason | None
    acceptance_overdue_at: dt.datetime | None
    decision_overdue_at: dt.datetime | None
    hold_began_at: dt.datetime | None
    hold_ended_at: dt.datetime | None
    outcome: Outcome | None
    withdrawn_at: dt.datetime | None
    ended_at: dt.datetime | None
    published_at: dt.datetime | None
    remedied_at: dt.datetime | None
    closed_at: dt.datetime | None
    rating: int | None
    decided_at: dt.datetime | None
    remedies: tuple[str, ...]


OF_DECISION = ("decided_at", "remedies")
KEPT = [
    field.name for field in dataclasses.fields(PublicComplaint) if field.name not in OF_DECISION
]


def public_complaints(work: Work, numbers: Collection[str]) -> dict[str, PublicComplaint]:
    """The filed complaints of these numbers, by number."""
    rows = work.session.scalars(
        select(Complaint).where(Complaint.number.in_(numbers), Complaint.state != State.DRAFT)
    ).all()
    decided = _decided(work, [row.id for row in rows])
    found = {}
    for row in rows:
        decided_at, remedies = decided.get(row.id, (None, ()))
        kept = {name: getattr(row, name) for name in KEPT}
        found[str(row.number)] = PublicComplaint(**kept, decided_at=decided_at, remedies=remedies)
    return found


def about_notices(work: Work, notices: Collection[str]) -> dict[str, str]:
    """The filed complaints about these notices: which notice, by the complaint's number."""
    asked = select(Complaint.number, Complaint.notice_number).where(
        Complaint.notice_number.in_(notices), Complaint.state != State.DRAFT
    )
    return {str(number): str(notice) for number, notice in work.session.execute(asked)}


def _decided(
    work: Work, complaints: Collection[int]
) -> dict[int, tuple[dt.datetime | None, tuple[str, ...]]]:
    """When each of these complaints was decided, and which remedies were ordered."""
    asked = (
        select(Proposal.complaint_id, Proposal.settled_at, Proposal.remedies)
        .where(
            Proposal.complaint_id.in_(complaints),
            Proposal.kind == ProposalKind.DECIDE,
            Proposal.state == ProposalState.SIGNED,
        )
        .order_by(Proposal.id)
    )
    return {
        complaint: (settled_at, tuple(remedies.split()))
        for complaint, settled_at, remedies in work.session.execute(asked)
    }
