"""The decision takes effect: what it orders acts by itself on the selection (issue: remedies act by themselves)."""
from collections.abc import Callable

from market.complaints import rules
from market.complaints.events import ComplaintDecided
from market.complaints.models import Complaint, Proposal
from market.complaints.rules import DECIDE, Outcome, Remedy, State
from market.complaints.service.course import check_possible, let_go, move, number_of, put, ref
from market.db import Work
from market.selection import service as selections
from market.windows import service as windows

STATES = {Outcome.UPHELD: State.UPHELD, Outcome.PARTLY: State.PARTLY, Outcome.DISMISSED: State.DISMISSED}
UPHELD = "complaint_upheld"
"""What the log gives as the reason of a change to a selection."""


def decide(work: Work, row: Complaint, proposal: Proposal) -> None:
    """Part of `sign`: the outcome, then the remedies, then the end of the hold."""
    rules.may_decide(row.state, row.accepted_at is not None)
    if proposal.outcome is None:
        raise AssertionError("unreachable")
    move(row, STATES[proposal.outcome])
    row.outcome, row.is_fabricated = proposal.outcome, proposal.is_fabricated
    remedies = [Remedy(code) for code in proposal.remedies.split()]
    check_possible(work, row, {each: proposal.agency_ref if each is Remedy.DISQUALIFY else "" for each in remedies})
    windows.close(work, DECIDE, number_of(row))
    put(work, row, ComplaintDecided(
        subject=number_of(row), body=ref(row.body_id), outcome=row.outcome.value,
        remedies=[remedy.value for remedy in remedies], fabricated=row.is_fabricated), proposal.reasons)
    work.session.flush()  # Selection must no longer find this complaint holding.
    for remedy in remedies:
        if remedy in ACTS and row.notice_number is not None:
            ACTS[remedy](work, row, row.notice_number, proposal.agency_ref)
    let_go(work, row)


def _disqualify(work: Work, row: Complaint, notice: str, agency_ref: str) -> None:
    selections.disqualify(work, number=notice, ref=agency_ref, reason=UPHELD, by=ref(row.body_id))


def _annul_to_next(work: Work, row: Complaint, notice: str, agency_ref: str) -> None:
    selections.annul_to_next(work, number=notice, reason=UPHELD, by=ref(row.body_id))


def _relist(work: Work, row: Complaint, notice: str, agency_ref: str) -> None:
    selections.relist(work, number=notice, reason=UPHELD)


ACTS: dict[Remedy, Callable[[Work, Complaint, str, str], None]] = {
    Remedy.DISQUALIFY: _disqualify, Remedy.ANNUL_TO_NEXT: _annul_to_next, Remedy.RELIST: _relist}
