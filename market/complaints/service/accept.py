"""The acceptance decision: one request for completion, a proposal, and the second person who signs
it.
"""

from collections.abc import Callable

from sqlalchemy import select

from market.complaints import queries, rules
from market.complaints.events import (
    ComplaintAccepted,
    ComplaintCompleted,
    ComplaintNotAccepted,
    CompletionAsked,
)
from market.complaints.models import Complaint, Proposal
from market.complaints.rules import (
    ACCEPT,
    COMPLETE,
    DECIDE,
    HOLD_CAP,
    TAKEOVER,
    TRANSFER,
    HoldCause,
    ProposalKind,
    ProposalState,
    Reason,
    State,
)
from market.complaints.service.clocks import live, start, stop
from market.complaints.service.decide import decide
from market.complaints.service.grounds import check_ground, check_known
from market.complaints.service.holds import let_go, withdrawn
from market.complaints.service.identity import begin_hold
from market.complaints.service.steps import (
    is_complainant,
    move,
    number_of,
    own,
    put,
    ref,
    to_handle,
)
from market.db import Work
from market.kernel.errors import Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.windows import service as windows
from market.workdays.rules import is_in_time


@signs(queries.case_shown, key="number")
def propose_acceptance(work: Work, *, number: str, reasons: str = "", shown: str) -> int:
    """Propose that a complaint be accepted; returns the proposal's id.

    Refuses as `to_handle`, `complaint.wrong_state`, `complaint.identity_refused`,
    `complaint.proposal_waits`, `shown.changed`.
    """
    row = to_handle(work, number, "complaint.handle")
    check_known(work, row)
    rules.may_rule_on_acceptance(row.state, row.accepted_at is not None)
    return propose(
        work,
        row,
        Proposal(kind=ProposalKind.ACCEPT, reasons=reasons, legal_basis="", remedy_note=""),
        shown=shown,
    )


@signs(queries.case_shown, key="number")
def propose_non_acceptance(
    work: Work,
    *,
    number: str,
    reason: Reason,
    reasons: str,
    legal_basis: str,
    remedy_note: str,
    shown: str,
) -> int:
    """Propose that a complaint not be accepted, with a coded and a written reason, its basis and
    its remedy (Ruichang: 应该说明理由; decision 20); returns the proposal's id. Refuses as
    `propose_acceptance` and as `check_ground`.
    """
    row = to_handle(work, number, "complaint.handle")
    rules.may_rule_on_acceptance(row.state, row.accepted_at is not None)
    check_ground(work, row, reason, reasons)
    return propose(
        work,
        row,
        Proposal(
            kind=ProposalKind.NOT_ACCEPT,
            reason=reason,
            reasons=reasons,
            legal_basis=legal_basis,
            remedy_note=remedy_note,
        ),
        shown=shown,
    )


def propose(work: Work, row: Complaint, proposal: Proposal, *, shown: str) -> int:
    """Put a proposal before the signatory; one waits at a time. Refuses `complaint.proposal_waits`,
    `shown.changed` where the case is no longer the one that its proposer was shown.
    """
    if waiting(work, row) is not None:
        raise Refusal("complaint.proposal_waits")
    check_shown(shown, queries.case_shown(work, number_of(row)))
    proposal.complaint_id = row.id
    proposal.body_id = row.body_id
    proposal.proposed_at = work.now
    proposal.proposed_by = work.actor.person_id or 0
    row.handler_id = work.actor.person_id
    work.session.add(proposal)
    work.session.flush()  # The id below.
    return proposal.id


def waiting(work: Work, row: Complaint) -> Proposal | None:
    """The proposal that waits for a signature, locked."""
    return work.session.scalar(
        select(Proposal)
        .where(Proposal.complaint_id == row.id, Proposal.state == ProposalState.PROPOSED)
        .with_for_update()
    )


@signs(queries.ruling_shown, key="number")
def sign(work: Work, *, number: str, shown: str) -> State:
    """Sign the proposal that waits and let it take effect; returns the complaint's new state.

    Refuses as `to_handle`, `complaint.no_proposal`, `complaint.same_person` (an officer proposes,
    another person signs), `shown.changed` where another proposal waits than the one that was shown,
    `complaint.wrong_state` when the complaint has moved on meanwhile.
    """
    row = to_handle(work, number, "complaint.sign")
    proposal = waiting(work, row)
    if proposal is None:
        raise Refusal("complaint.no_proposal")
    another_person(work.actor.person_id, proposal.proposed_by, code="complaint.same_person")
    check_shown(shown, queries.ruling_shown(work, number))
    _settle(work, proposal, ProposalState.SIGNED)
    EFFECTS[proposal.kind](work, row, proposal)
    return row.state


@signs(queries.ruling_shown, key="number")
def return_proposal(work: Work, *, number: str, note: str, shown: str) -> None:
    """Send the proposal back to the officer with a word. Refuses as `to_handle`,
    `complaint.no_proposal`, `shown.changed`.
    """
    row = to_handle(work, number, "complaint.sign")
    proposal = waiting(work, row)
    if proposal is None:
        raise Refusal("complaint.no_proposal")
    check_shown(shown, queries.ruling_shown(work, number))
    proposal.return_note = note
    _settle(work, proposal, ProposalState.RETURNED)


def void_proposal(work: Work, row: Complaint) -> None:
    """A proposal about a complaint that has left the body, or ended, is worth nothing."""
    if proposal := waiting(work, row):
        _settle(work, proposal, ProposalState.VOID)


def _settle(work: Work, proposal: Proposal, state: ProposalState) -> None:
    proposal.state = rules.move_proposal(proposal.state, state)
    proposal.settled_at = work.now
    proposal.settled_by = work.actor.person_id or 0


def _accept(work: Work, row: Complaint, proposal: Proposal) -> None:
    """Accepted: the 15 working days for the decision run from now (Ruichang), and the cap on the
    hold too.
    """
    rules.may_rule_on_acceptance(row.state, row.accepted_at is not None)
    check_known(work, row)
    move(row, State.ACCEPTED)
    row.accepted_at = work.now
    row.accepted_by = work.actor.person_id
    windows.close(work, ACCEPT, number_of(row))
    stop(work, row, TAKEOVER, TRANSFER)
    put(
        work,
        row,
        ComplaintAccepted(subject=number_of(row), body=ref(row.body_id)),
        proposal.reasons,
    )
    start(work, row, DECIDE, responsible_id=row.body_id)
    if row.notice_number is not None:
        begin_hold(work, row, HoldCause.ACCEPTED)
        start(work, row, HOLD_CAP, responsible_id=row.body_id)


def _not_accept(work: Work, row: Complaint, proposal: Proposal) -> None:
    rules.may_rule_on_acceptance(row.state, row.accepted_at is not None)
    check_ground(work, row, proposal.reason, proposal.reasons)
    move(row, State.NOT_ACCEPTED)
    row.reason = proposal.reason
    windows.close(work, ACCEPT, number_of(row))
    put(
        work,
        row,
        ComplaintNotAccepted(
            subject=number_of(row),
            body=ref(row.body_id),
            reason=row.reason.value if row.reason else "",
        ),
        proposal.reasons,
    )
    let_go(work, row)


EFFECTS: dict[ProposalKind, Callable[[Work, Complaint, Proposal], None]] = {
    ProposalKind.ACCEPT: _accept,
    ProposalKind.NOT_ACCEPT: _not_accept,
    ProposalKind.DECIDE: decide,
    ProposalKind.WITHDRAW: lambda work, row, proposal: withdrawn(work, row, proposal.reasons),
}


# --- completion ---------------------------------------------------------------------------


def ask_completion(work: Work, *, number: str, request: str) -> None:
    """Ask once, and completely, for what is missing; the clock of acceptance stands until it comes
    (decision 17).

    Refuses as `to_handle`, `complaint.completion_asked_before`, `complaint.late_already`: a body
    that is late may not stop its own clock.
    """
    row = to_handle(work, number, "complaint.handle")
    if row.completion_asked_at is not None:
        raise Refusal("complaint.completion_asked_before")
    due = live(work, row, ACCEPT)
    if due is None or row.acceptance_overdue_at is not None or work.now >= due.due_at:
        raise Refusal("complaint.late_already")
    move(row, State.COMPLETING)
    void_proposal(work, row)
    row.completion_asked_at = work.now
    row.completion_request = request
    row.handler_id = work.actor.person_id
    windows.pause(work, ACCEPT, number)
    put(work, row, CompletionAsked(subject=number), request)
    is_firm = row.complainant_organisation_id is not None  # then each of its people may see to it
    start(
        work,
        row,
        COMPLETE,
        responsible_id=row.complainant_organisation_id,
        person_id=None if is_firm else row.complainant_person_id,
    )


def complete(work: Work, *, number: str, text: str) -> None:
    """Give what was missing; the clock of acceptance goes on tomorrow (R8). For a complaint that
    staff registered the body's officer enters it. Refuses `complaint.none`,
    `complaint.wrong_state`,
    `complaint.completed_online` when that officer would speak for one who filed online.
    """
    row = _to_complete(work, number)
    if row.state is not State.COMPLETING or _is_lapsed(work, row):
        raise Refusal("complaint.wrong_state", old=row.state.value, new=State.FILED.value)
    move(row, State.FILED)
    row.completion = text
    windows.close(work, COMPLETE, number)
    windows.resume_counting(work, ACCEPT, number)
    put(work, row, ComplaintCompleted(subject=number))


def _to_complete(work: Work, number: str) -> Complaint:
    """The complaint, locked, for its complainant, or for an officer where staff registered it."""
    if not work.actor.has("complaint_officer") or is_complainant(
        work, queries.by_key(work, number)
    ):
        return own(work, number)
    row = to_handle(work, number, "complaint.handle")
    if row.registered_by is None:
        raise Refusal("complaint.completed_online")
    return row


def _is_lapsed(work: Work, row: Complaint) -> bool:
    """Whether the days for completion are over, also where the sweep has yet to say so (R9). A
    provisional due ends none.
    """
    due = live(work, row, COMPLETE)
    return (
        due is not None and not due.is_provisional and not is_in_time(work.received_at, due.due_at)
    )
