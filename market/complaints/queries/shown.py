"""What the second person is shown of a complaint before he signs."""

from sqlalchemy import select

from market.complaints.models import Complaint, Finding, Proposal
from market.complaints.rules import ProposalState
from market.db import Work
from market.kernel.shown import Parts


def ruling_shown(work: Work, number: str) -> Parts:
    """The proposal that waits for a signature, as the page for signing shows it."""
    row = work.session.scalar(
        select(Proposal)
        .join(Complaint, Complaint.id == Proposal.complaint_id)
        .where(Complaint.number == number, Proposal.state == ProposalState.PROPOSED)
    )
    if row is None:
        return {}
    finding = work.session.get(Finding, row.complaint_id)
    return {
        "proposal.id": row.id,
        "proposal.kind": row.kind,
        "proposal.reason": row.reason,
        "proposal.outcome": row.outcome,
        "proposal.remedies": row.remedies.split(),
        "proposal.agency_ref": row.agency_ref,
        "proposal.corrections": row.corrections,
        "proposal.is_fabricated": row.is_fabricated,
        "proposal.reasons": row.reasons,
        "proposal.legal_basis": row.legal_basis,
        "proposal.remedy_note": row.remedy_note,
        "proposal.finding": None if finding is None else finding.violation,
    }
