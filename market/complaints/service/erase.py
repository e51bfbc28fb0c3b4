"""Deleting what a complaint or a tip says (个人信息保护法 第四十七条): an officer proposes, another
person of the body signs.

What stays is what everybody may read, and the log: the entry with its digest, and one more that
says what is gone. Bytes of files go after the commit, by whoever called, and at the latest with the
clock's sweep of bytes that no row knows.
"""

from sqlalchemy import delete, select, update

from market.complaints import permissions, queries, rules
from market.complaints.events import ComplaintFiled, PayloadErased, TipReceived
from market.complaints.models import (
    Act,
    Assistant,
    Complaint,
    Erasure,
    Evidence,
    Finding,
    Proposal,
    Tip,
    TipFile,
    TipHandOver,
)
from market.complaints.rules import ErasureGround, ProposalState
from market.complaints.service.steps import keep_out
from market.db import Work
from market.files import service as files
from market.kernel.clock import local_date
from market.kernel.errors import NotFound, Refusal
from market.kernel.ids import Prefix
from market.kernel.shown import another_person, check_shown, signs
from market.ledger import queries as ledger
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.windows import service as windows

STANDING = (ProposalState.PROPOSED, ProposalState.SIGNED)


def propose_erasure(work: Work, *, subject: str, ground: ErasureGround, basis: str) -> int:
    """Propose that the text of a complaint (TS-...) or a tip (XS-...) be deleted; returns the
    proposal's id.

    `basis` says how it was asked for, without names. Both are for the body that has them. Refuses `not_permitted`, `complaint.none`,
    `complaint.recused_*`, `erasure.still_open`, `erasure.kept`, `erasure.waits`, `erasure.done`.
    """
    permissions.require(work.actor, "erasure.propose")
    row = _target(work, subject)
    standing = work.session.scalar(
        select(Erasure.state).where(Erasure.subject == subject, Erasure.state.in_(STANDING))
    )
    if standing is not None:
        raise Refusal("erasure.done" if standing is ProposalState.SIGNED else "erasure.waits")
    entry = ledger.find(
        work, TipReceived.kind if isinstance(row, Tip) else ComplaintFiled.kind, subject
    )
    if entry is None:
        raise AssertionError("unreachable")
    proposal = Erasure(
        subject=subject,
        log_index=entry.index,
        body_id=work.actor.organisation_id,
        ground=ground,
        basis=basis,
        proposed_at=work.now,
        proposed_by=work.actor.person_id,
    )
    work.session.add(proposal)
    work.session.flush()  # The id below.
    return proposal.id


@signs(queries.erasure_shown, key="subject")
def sign_erasure(work: Work, *, subject: str, shown: str) -> list[str]:
    """Sign, and delete: text, names, salt and files; what is public stays. Returns the keys of the
    bytes to delete.

    Refuses `not_permitted`, `complaint.none`, `complaint.recused_*`, `erasure.same_person`,
    `shown.changed`, `erasure.still_open`, `erasure.kept`.
    """
    permissions.require(work.actor, "erasure.sign")
    proposal = _waiting(work, subject)
    row = _target(work, subject)
    another_person(work.actor.person_id, proposal.proposed_by, code="erasure.same_person")
    check_shown(shown, queries.erasure_shown(work, subject))
    _settle(work, proposal, ProposalState.SIGNED)
    keys = _erase_tip(work, row) if isinstance(row, Tip) else _erase_complaint(work, row)
    record(
        work, PayloadErased(subject=subject, index=proposal.log_index, reason=proposal.ground.value)
    )
    return keys


@signs(queries.erasure_shown, key="subject")
def return_erasure(work: Work, *, subject: str, note: str, shown: str) -> None:
    """Send the proposal back with a word. Refuses `not_permitted`, `complaint.none`,
    `shown.changed`.
    """
    permissions.require(work.actor, "erasure.sign")
    proposal = _waiting(work, subject)
    check_shown(shown, queries.erasure_shown(work, subject))
    proposal.return_note = note
    _settle(work, proposal, ProposalState.RETURNED)


def _waiting(work: Work, subject: str) -> Erasure:
    """The proposal of the actor's own body that waits, locked. Refuses `complaint.none`."""
    found = work.session.scalar(
        select(Erasure)
        .where(
            Erasure.subject == subject,
            Erasure.state == ProposalState.PROPOSED,
            Erasure.body_id == work.actor.organisation_id,
        )
        .with_for_update()
    )
    if found is None:
        raise NotFound("complaint.none")
    return found


def _settle(work: Work, proposal: Erasure, state: ProposalState) -> None:
    proposal.state = rules.move_proposal(proposal.state, state)
    proposal.settled_at = work.now
    proposal.settled_by = work.actor.person_id


def _target(work: Work, subject: str) -> Complaint | Tip:
    """What is to be erased, locked; a complaint only when its time has come."""
    if subject.startswith(Prefix.TIP):
        tip = work.session.scalar(
            select(Tip)
            .where(Tip.number == subject, Tip.body_id == work.actor.organisation_id)
            .with_for_update()
        )
        if tip is None:
            raise NotFound("complaint.none")
        return tip
    row = queries.locked(work, subject)
    if row.body_id != work.actor.organisation_id:
        raise NotFound("complaint.none")
    keep_out(work, row)
    ended = max((at for at in (row.ended_at, row.closed_at) if at is not None), default=None)
    rules.check_erasable(
        row.state,
        local_date(ended) if ended else None,
        int(rulebooks.in_force(work).keep_years),
        work.today,
    )
    return row


def _erase_tip(work: Work, row: Tip) -> list[str]:
    row.content = row.contact = row.note = row.salt = ""
    row.submission_key = None
    work.session.execute(
        update(TipHandOver).where(TipHandOver.tip_id == row.id).values(reason="", answer="")
    )
    gone = list(work.session.scalars(select(TipFile.file_id).where(TipFile.tip_id == row.id)))
    work.session.execute(delete(TipFile).where(TipFile.tip_id == row.id))
    return files.remove(work, file_ids=gone)


def _erase_complaint(work: Work, row: Complaint) -> list[str]:
    """Nobody but the signatory is left on the row, nothing that was written but the public text."""
    who = {row.complainant_person_id, row.drafted_by if row.registered_by is None else None} - {
        None
    }
    work.session.execute(update(Act).where(Act.complaint_id == row.id).values(note=""))
    work.session.execute(
        update(Act).where(Act.complaint_id == row.id, Act.person_id.in_(who)).values(person_id=None)
    )
    work.session.execute(
        update(Proposal).where(Proposal.complaint_id == row.id).values(reasons="", return_note="")
    )
    work.session.execute(update(Finding).where(Finding.complaint_id == row.id).values(reasons=""))
    work.session.execute(
        update(Assistant).where(Assistant.complaint_id == row.id).values(opinion="")
    )
    windows.forget_people(work, subject=row.number or "")
    if row.notice_number is None:  # of a conduct complaint the title is the complainant's words too
        row.notice_title = ""
    for name in ERASED_TEXTS:
        setattr(row, name, "")
    for name in ERASED_LINKS:
        setattr(row, name, None)
    row.drafted_by = work.actor.person_id or 0
    gone = list(
        work.session.scalars(select(Evidence.file_id).where(Evidence.complaint_id == row.id))
    )
    work.session.execute(delete(Evidence).where(Evidence.complaint_id == row.id))
    return files.remove(work, file_ids=gone)


ERASED_TEXTS = (
    "matters",
    "request",
    "facts",
    "complainant_name",
    "complainant_phone",
    "completion_request",
    "completion",
    "answer",
    "remedy_report",
    "callback_note",
    "rating_text",
)
ERASED_LINKS = (
    "salt",
    "submission_key",
    "complainant_person_id",
    "complainant_organisation_id",
    "external_number",
)
