"""The decision takes effect: what it orders acts by itself on the selection (issue: remedies act by
themselves).
"""

from collections.abc import Callable

from sqlalchemy import select

from market.complaints import rules
from market.complaints.events import ComplaintDecided, RemedyActed
from market.complaints.models import Complaint, Proposal
from market.complaints.rules import DECIDE, PUBLISH, REMEDY, Outcome, Remedy, State
from market.complaints.service.clocks import start
from market.complaints.service.fabrication import follow_up
from market.complaints.service.holds import after_contract, check_possible, let_go, state_now
from market.complaints.service.steps import move, number_of, put, ref
from market.db import Work
from market.selection.notices import service as notice_service
from market.selection.notices.rules.states import NoticeState
from market.selection.results import service as result_service
from market.windows import service as windows

STATES = {
    Outcome.UPHELD: State.UPHELD,
    Outcome.PARTLY: State.PARTLY,
    Outcome.DISMISSED: State.DISMISSED,
}
UPHELD = "complaint_upheld"
"""What the log gives as the reason of a change to a selection."""


def decide(work: Work, row: Complaint, proposal: Proposal) -> None:
    """Part of `sign`: the outcome, then the remedies, then the end of the hold."""
    rules.may_decide(row.state, row.accepted_at is not None)
    if proposal.outcome is None:
        raise AssertionError("unreachable")
    move(row, STATES[proposal.outcome])
    row.outcome = proposal.outcome
    row.is_fabricated = proposal.is_fabricated
    remedies = [Remedy(code) for code in proposal.remedies.split()]
    check_possible(
        work,
        row,
        {each: proposal.agency_ref if each is Remedy.DISQUALIFY else "" for each in remedies},
    )
    windows.close(work, DECIDE, number_of(row))
    put(
        work,
        row,
        ComplaintDecided(
            subject=number_of(row),
            body=ref(row.body_id),
            outcome=row.outcome.value,
            remedies=[remedy.value for remedy in remedies],
            fabricated=row.is_fabricated,
        ),
        proposal.reasons,
    )
    work.session.flush()  # Selection must no longer find this complaint holding.
    for remedy in remedies:
        if remedy in ACTS and row.notice_number is not None:
            ACTS[remedy](work, row, row.notice_number, proposal)
    let_go(work, row)
    start(work, row, PUBLISH, responsible_id=row.body_id)
    if row.is_fabricated:
        follow_up(work, row)


def _disqualify(work: Work, row: Complaint, notice: str, proposal: Proposal) -> None:
    result_service.disqualify(
        work, number=notice, ref=proposal.agency_ref, reason=UPHELD, by=ref(row.body_id)
    )


def _annul_to_next(work: Work, row: Complaint, notice: str, proposal: Proposal) -> None:
    result_service.annul_to_next(
        work, number=notice, reason=UPHELD, by=ref(row.body_id), of=proposal.agency_ref or None
    )


def _relist(work: Work, row: Complaint, notice: str, proposal: Proposal) -> None:
    """At once; while the selection is being drawn, which nobody stops, as soon as its result is out
    (`carry_out`).
    """
    if state_now(work, notice) in rules.DRAWING:
        row.relist_waits_since = work.now
    else:
        if state_now(work, notice) in rules.PERFORMING:
            _terminate(work, row, notice, proposal)
        result_service.relist(work, number=notice, reason=UPHELD)


def _terminate(work: Work, row: Complaint, notice: str, proposal: Proposal) -> None:
    """Nobody follows once a contract binds: it ends, and the owner may list the matter again."""
    after_contract().end(work, notice, by=ref(row.body_id))


def _amend(work: Work, row: Complaint, notice: str, proposal: Proposal) -> None:
    changes = {name: (before, after) for name, (before, after) in proposal.corrections.items()}
    notice_service.correct(work, number=notice, changes=changes, reason=UPHELD)


ACTS: dict[Remedy, Callable[[Work, Complaint, str, Proposal], None]] = {
    Remedy.DISQUALIFY: _disqualify,
    Remedy.ANNUL_TO_NEXT: _annul_to_next,
    Remedy.RELIST: _relist,
    Remedy.AMEND: _amend,
    Remedy.TERMINATE: _terminate,
}


def carry_out(work: Work, notice: str) -> None:
    """The result, or the failure, of a selection is out: the relisting that was decided meanwhile
    is carried out.
    """
    waiting = select(Complaint).where(
        Complaint.notice_number == notice, Complaint.relist_waits_since.is_not(None)
    )
    for row in work.session.scalars(waiting.order_by(Complaint.id).with_for_update()).all():
        if state_now(work, notice) is not NoticeState.RELISTED:  # another decision was first
            result_service.relist(work, number=notice, reason=UPHELD)
        row.relist_waits_since = None
        put(work, row, RemedyActed(subject=number_of(row), remedy=Remedy.RELIST.value))
        if row.state is State.REMEDYING:  # what it waited for is there: its days begin
            start(work, row, REMEDY, responsible_id=row.body_id)
