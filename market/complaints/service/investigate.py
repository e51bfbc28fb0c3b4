"""The investigation: the respondent's answer, appraisal, findings, the continued hold, the proposed
decision.
"""

from collections.abc import Mapping

from market.complaints import permissions, queries, rules
from market.complaints.events import (
    AnswerAsked,
    AnswerGiven,
    AppraisalBegan,
    AppraisalEnded,
    HoldContinued,
    ViolationFound,
)
from market.complaints.models import Finding, Proposal
from market.complaints.queries.bodies import book_for
from market.complaints.rules import (
    ANSWER,
    DECIDE,
    HOLD_CAP,
    Outcome,
    ProposalKind,
    Remedy,
    State,
    Violation,
)
from market.complaints.service.accept import propose, void_proposal
from market.complaints.service.clocks import live, start, stop
from market.complaints.service.holds import awarded_now, check_possible, finding_of
from market.complaints.service.steps import move, put, ref, to_handle
from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import signs
from market.selection.notices import service as notice_service
from market.windows import service as windows


def ask_answer(work: Work, *, number: str, hides_complainant: bool) -> None:
    """Ask the respondent for a statement within the rulebook's days. A firm that complains is named
    to him unless the officer finds a risk; a natural person never is (decision 21).

    Refuses as `to_handle`, `complaint.wrong_state`, `complaint.answer_asked_before`,
    `complaint.no_respondent`.
    """
    row = to_handle(work, number, "complaint.handle")
    rules.may_decide(row.state, row.accepted_at is not None)
    if row.answer_asked_at is not None:
        raise Refusal("complaint.answer_asked_before")
    if row.respondent_id is None:
        raise Refusal("complaint.no_respondent")
    row.answer_asked_at = work.now
    row.hides_complainant = hides_complainant
    row.handler_id = work.actor.person_id
    put(work, row, AnswerAsked(subject=number, respondent=ref(row.respondent_id)))
    start(work, row, ANSWER, responsible_id=row.respondent_id)


def answer(work: Work, *, number: str, text: str) -> None:
    """The respondent's statement, once, until the decision; a late one is taken and shows as late.

    Refuses `not_permitted`, `complaint.none`, `complaint.answered_before`, `complaint.wrong_state`.
    """
    permissions.require(work.actor, "complaint.answer")
    row = queries.locked(work, number)
    if (
        row.answer_asked_at is None
        or row.respondent_id is None
        or row.respondent_id != work.actor.organisation_id
    ):
        raise NotFound("complaint.none")
    if row.answered_at is not None:
        raise Refusal("complaint.answered_before")
    if row.state not in rules.HANDLED:
        raise Refusal("complaint.wrong_state", old=row.state.value, new=State.ACCEPTED.value)
    row.answered_at = work.now
    row.answer = text
    windows.close(work, ANSWER, number)
    put(work, row, AnswerGiven(subject=number, respondent=ref(row.respondent_id)))


def pause(work: Work, *, number: str, reason: str) -> None:
    """Stop the clock of the decision while experts look, where the rulebook allows it (R8).

    Refuses as `to_handle`, `complaint.stop_not_allowed`, `complaint.wrong_state`,
    `complaint.late_already`.
    """
    row = to_handle(work, number, "complaint.handle")
    if not book_for(work, row).expert_stop_allowed:
        raise Refusal("complaint.stop_not_allowed")
    due = live(work, row, DECIDE)
    if row.decision_overdue_at is not None or (due is not None and work.now >= due.due_at):
        raise Refusal("complaint.late_already")
    move(row, State.PAUSED)
    void_proposal(work, row)
    windows.pause(work, DECIDE, number)
    put(work, row, AppraisalBegan(subject=number), reason)


def resume(work: Work, *, number: str) -> None:
    """The appraisal is there: the clock goes on tomorrow. Refuses as `to_handle`,
    `complaint.wrong_state`.
    """
    row = to_handle(work, number, "complaint.handle")
    if row.state is not State.PAUSED:
        raise Refusal("complaint.wrong_state", old=row.state.value, new=State.ACCEPTED.value)
    move(row, State.ACCEPTED)
    windows.resume_counting(work, DECIDE, number)
    put(work, row, AppraisalEnded(subject=number))


def find_violation(work: Work, *, number: str, violation: Violation, reasons: str) -> None:
    """Record that the investigation has met a serious violation, with the reasons: from now on a
    withdrawal does not end the case (docs/rules.md#investigation). It decides nothing: the decision
    is another's
    signature, and says what follows.

    Refuses as `to_handle`, `complaint.wrong_state`, `complaint.found_before`.
    """
    row = to_handle(work, number, "complaint.handle")
    rules.may_find(row.state, row.accepted_at is not None)
    if finding_of(work, row) is not None:
        raise Refusal("complaint.found_before")
    work.session.add(
        Finding(
            complaint_id=row.id,
            violation=violation,
            reasons=reasons,
            body_id=row.body_id,
            found_at=work.now,
            found_by=work.actor.person_id,
        )
    )
    put(work, row, ViolationFound(subject=number, body=ref(row.body_id)))


def continue_hold(work: Work, *, number: str, reasons: str) -> None:
    """Sign that the award stays held beyond the cap, with reasons that are public (decision 17).

    Refuses as `to_handle`, `complaint.hold_not_capped` when no cap is running,
    `complaint.personal_data_left`.
    """
    row = to_handle(work, number, "complaint.sign")
    if live(work, row, HOLD_CAP) is None:
        raise Refusal("complaint.hold_not_capped")
    rules.check_redacted(reasons, [row.complainant_name, row.complainant_phone])
    stop(work, row, HOLD_CAP)
    row.hold_continued_at = work.now
    row.hold_reasons = reasons
    put(
        work, row, HoldContinued(subject=number, reasons_digest=rules.text_digest(reasons)), reasons
    )


def _corrections(
    work: Work,
    notice: str | None,
    remedies: Mapping[Remedy, str],
    texts: Mapping[str, object] | None,
) -> dict[str, tuple[object, object]]:
    """What the notice is to say instead: nothing where it stays as it is. Refuses what stands against
    publishing it so.
    """
    changes = (
        notice_service.changes_of(work, number=notice, texts=texts) if notice and texts else {}
    )
    rules.check_corrected(remedies, changes)
    if changes and notice:
        notice_service.check_correction(work, number=notice, changes=changes)
    return changes


def _whom(work: Work, notice: str | None, remedies: Mapping[Remedy, str]) -> str:
    """The platform number of the agency that a decision takes out, "" for none."""
    if Remedy.ANNUL_TO_NEXT in remedies and notice:
        return awarded_now(work, notice)
    return remedies.get(Remedy.DISQUALIFY, "")


@signs(queries.case_shown, key="number")
def propose_decision(
    work: Work,
    *,
    number: str,
    outcome: Outcome,
    reasons: str,
    legal_basis: str,
    remedy_note: str,
    remedies: Mapping[Remedy, str],
    is_fabricated: bool = False,
    texts: Mapping[str, object] | None = None,
    shown: str,
) -> int:
    """Propose the decision; returns the proposal's id. `remedies` maps each to the agency's
    platform number or "", `texts` the notice's fields to what AMEND is to make them say.

    A result that is to be annulled is that of the agency that has it now: should the award go on
    before the signature, this is refused (`result.wrong_state`). Refuses as `to_handle`,
    `complaint.wrong_state`, `complaint.proposal_waits`, as `rules.check_decision` and
    `rules.check_possible` do, what stands against publishing the notice with those words, and
    `shown.changed`.
    """
    row = to_handle(work, number, "complaint.handle")
    rules.may_decide(row.state, row.accepted_at is not None)
    rules.check_decision(outcome, remedies, is_fabricated)
    check_possible(work, row, remedies)
    changes = _corrections(work, row.notice_number, remedies, texts)
    proposal = Proposal(
        kind=ProposalKind.DECIDE,
        outcome=outcome,
        reasons=reasons,
        legal_basis=legal_basis,
        remedy_note=remedy_note,
        remedies=" ".join(sorted(remedies)),
        agency_ref=_whom(work, row.notice_number, remedies),
        corrections={name: list(pair) for name, pair in changes.items()},
        is_fabricated=is_fabricated,
    )
    return propose(work, row, proposal, shown=shown)
