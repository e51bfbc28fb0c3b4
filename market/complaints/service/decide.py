"""The decision takes effect: what it orders acts by itself on the selection (issue: remedies act by themselves)."""
from collections.abc import Callable

from market.complaints import rules
from market.complaints.events import ComplaintDecided
from market.complaints.models import Complaint, Proposal
from market.complaints.rules import DECIDE, Outcome, Remedy, State
from market.complaints.service.course import let_go, move, number_of, put, ref
from market.db import Work
from market.selection import service as selections
from market.windows import service as windows

STATES = {Outcome.UPHELD: State.UPHELD, Outcome.PARTLY: State.PARTLY, Outcome.DISMISSED: State.DISMISSED}
BY_DECISION = "complaint"
"""What the log gives as the cause of a change to a selection."""
ORDER = (Remedy.AMEND, Remedy.DISQUALIFY, Remedy.ANNUL_TO_NEXT, Remedy.RELIST)
"""Who is disqualified is out before the next rank is looked for."""


def decide(work: Work, row: Complaint, proposal: Proposal) -> None:
    """Part of `sign`: the outcome, then the remedies, then the end of the hold."""
    rules.may_decide(row.state, row.accepted_at is not None)
    if proposal.outcome is None:
        raise AssertionError("unreachable")
    move(row, STATES[proposal.outcome])
    row.outcome, row.is_fabricated = proposal.outcome, proposal.is_fabricated
    remedies = [Remedy(code) for code in proposal.remedies.split()]
    windows.close(work, DECIDE, number_of(row))
    put(work, row, ComplaintDecided(
        subject=number_of(row), body=ref(row.body_id), outcome=row.outcome.value,
        remedies=[remedy.value for remedy in remedies], fabricated=row.is_fabricated), proposal.reasons)
    work.session.flush()  # Selection must no longer find this complaint holding.
    for remedy in ORDER:
        if remedy in remedies and row.notice_number is not None:
            ACTS[remedy](work, row, proposal.agency_ref)
    let_go(work, row)


def _amend(work: Work, row: Complaint, agency_ref: str) -> None:
    selections.pause(work, number=row.notice_number or "")


def _disqualify(work: Work, row: Complaint, agency_ref: str) -> None:
    selections.disqualify(work, number=row.notice_number or "", ref=agency_ref, reason=number_of(row), by=BY_DECISION)


def _annul_to_next(work: Work, row: Complaint, agency_ref: str) -> None:
    selections.annul_to_next(work, number=row.notice_number or "", reason=number_of(row), by=BY_DECISION)


def _relist(work: Work, row: Complaint, agency_ref: str) -> None:
    selections.relist(work, number=row.notice_number or "", reason=number_of(row), by=BY_DECISION)


ACTS: dict[Remedy, Callable[[Work, Complaint, str], None]] = {
    Remedy.AMEND: _amend, Remedy.DISQUALIFY: _disqualify, Remedy.ANNUL_TO_NEXT: _annul_to_next, Remedy.RELIST: _relist}
