"""What is shown of a complaint before something is proposed about it, and before that is signed."""

from sqlalchemy import select

from market.complaints.models import Assistant, Complaint, Evidence, Finding, Proposal
from market.complaints.rules import ProposalState
from market.db import Work
from market.kernel.shown import Parts


def case_shown(work: Work, number: str) -> Parts:
    """A complaint as its officer has it before him: what its parties and other bodies may add to it
    while he writes, and how far it has come. What was filed is never changed.
    """
    row = work.session.scalar(select(Complaint).where(Complaint.number == number))
    if row is None:
        return {}
    evidence = select(Evidence.id).where(Evidence.complaint_id == row.id).order_by(Evidence.id)
    opinions = (
        select(Assistant.organisation_id, Assistant.opinion)
        .where(Assistant.complaint_id == row.id)
        .order_by(Assistant.organisation_id)
    )
    finding = work.session.get(Finding, row.id)
    return {
        "case.state": row.state,
        "case.completion": row.completion,
        "case.answer": row.answer,
        "case.evidence": list(work.session.scalars(evidence)),
        "case.opinions": [list(each) for each in work.session.execute(opinions)],
        "case.withdrawn_at": row.withdrawn_at,
        "proposal.finding": None if finding is None else finding.violation,
    }


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


def route_shown(work: Work, number: str) -> Parts:
    """Who has a complaint, how far it has come and what waits for a signature: what another body or
    another officer would take over, and what would fall.
    """
    row = work.session.scalar(select(Complaint).where(Complaint.number == number))
    if row is None:
        return {}
    return {
        "case.state": row.state,
        "case.body": row.body_id,
        "case.handler": row.handler_id,
        **ruling_shown(work, number),
    }
