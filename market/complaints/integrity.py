"""Which rows of complaints and tips stand on the log."""

from sqlalchemy import Select, and_, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import ColumnElement

from market.complaints import events
from market.complaints.models import (
    Act,
    Assistant,
    Complaint,
    Erasure,
    Evidence,
    Finding,
    Interest,
    Proposal,
    Tip,
    TipFile,
    TipHandOver,
)
from market.complaints.rules import ProposalState, State
from market.kernel.events import Event
from market.ledger.queries.integrity import KIND, Held, of_states

ON_NOTICE = (events.OpenOnNotice, events.EndedOnNotice)
TIPS = (
    events.TipReceived,
    events.TipAdded,
    events.TipLookedAt,
    events.TipClosed,
    events.TipToHandOver,
    events.TipHandedOver,
    events.TipAskDue,
    events.TipAskedAfter,
)
COURSE = tuple(
    found
    for found in vars(events).values()
    if isinstance(found, type)
    and issubclass(found, Event)
    and found not in (Event, *ON_NOTICE, *TIPS, events.PayloadErased)
)
"""All that happens to a complaint: each fact is one act of its clock log."""


def _dated(event: type[Event], when: InstrumentedAttribute[object] | ColumnElement[bool]) -> Held:
    which = when if isinstance(when, ColumnElement) else when.is_not(None)
    return Held(events=(event,), rows=_complaints().where(which), both_ways=False)


def _complaints() -> Select[str | None]:
    return select(Complaint.number).where(Complaint.number.is_not(None))


def _handed(when: InstrumentedAttribute[object]) -> Select[str]:
    handed = select(Tip.number).join(TipHandOver, TipHandOver.tip_id == Tip.id)
    return handed.where(when.is_not(None))


_began_later = and_(
    Complaint.hold_began_at.is_not(None), Complaint.hold_began_at > Complaint.filed_at
)
STATES = of_states(
    Complaint.number,
    Complaint.state,
    {
        State.FILED: (events.ComplaintFiled,),
        State.COMPLETING: (events.CompletionAsked,),
        State.TRANSFERRED: (events.ComplaintTransferred,),
        State.ACCEPTED: (events.ComplaintAccepted,),
        State.PAUSED: (events.AppraisalBegan,),
        State.ESCALATED: (events.ComplaintEscalated,),
        State.NOT_ACCEPTED: (events.ComplaintNotAccepted,),
        State.WITHDRAWN: (events.ComplaintWithdrawn, events.WithdrawalNoted),
        State.UPHELD: (events.ComplaintDecided,),
        State.PARTLY: (events.ComplaintDecided,),
        State.DISMISSED: (events.ComplaintDecided,),
        State.REMEDYING: (events.DecisionPublished,),
        State.CALLBACK: (events.DecisionPublished,),
        State.CLOSED: (events.ComplaintClosed,),
    },
)
HELD = (
    *STATES,
    Held(
        events=(events.ComplaintFiled,),
        rows=_complaints().add_columns(
            func.coalesce(Complaint.notice_number, literal("")),
            Complaint.about,
            Complaint.channel,
            Complaint.commit_digest,
        ),
        fields=("notice", "about", "channel", "commit"),
    ),
    Held(
        events=COURSE,
        rows=select(Complaint.number, Act.act).join(Act, Act.complaint_id == Complaint.id),
        fields=(KIND,),
    ),
    _dated(events.CompletionAsked, Complaint.completion_asked_at),
    _dated(events.ComplaintAccepted, Complaint.accepted_at),
    _dated(events.ComplaintNotAccepted, Complaint.state == State.NOT_ACCEPTED),
    _dated(events.HoldBegan, _began_later),
    _dated(events.AnswerAsked, Complaint.answer_asked_at),
    _dated(events.AnswerGiven, Complaint.answered_at),
    _dated(events.AcceptanceOverdue, Complaint.acceptance_overdue_at),
    _dated(events.DecisionOverdue, Complaint.decision_overdue_at),
    _dated(events.ComplaintEscalated, Complaint.escalated_at),
    _dated(events.ComplaintWithdrawn, Complaint.state == State.WITHDRAWN),
    _dated(events.ComplaintDecided, Complaint.outcome.is_not(None)),
    _dated(events.DecisionPublished, Complaint.published_at),
    _dated(events.ComplaintRemedied, Complaint.remedied_at),
    _dated(events.CalledBack, Complaint.callback_result.is_not(None)),
    _dated(events.ComplaintClosed, Complaint.closed_at),
    _dated(events.HandlingRated, Complaint.rated_at),
    _dated(events.HoldContinued, Complaint.hold_continued_at),
    Held(
        events=(events.ViolationFound,),
        rows=select(Complaint.number).join(Finding, Finding.complaint_id == Complaint.id),
    ),
    Held(
        events=(events.BodyJoined,),
        rows=select(Complaint.number).join(Assistant, Assistant.complaint_id == Complaint.id),
        both_ways=False,
    ),
    Held(events=(events.TipReceived,), rows=select(Tip.number)),
    # One way: an erased tip has lost its files.
    Held(
        events=(events.TipAdded,),
        rows=select(Tip.number).join(TipFile, TipFile.tip_id == Tip.id),
        both_ways=False,
    ),
    Held(events=(events.TipToHandOver,), rows=_handed(TipHandOver.since)),
    Held(events=(events.TipHandedOver,), rows=_handed(TipHandOver.handed_over_at)),
    Held(events=(events.TipAskDue,), rows=_handed(TipHandOver.ask_due_at)),
    Held(events=(events.TipAskedAfter,), rows=_handed(TipHandOver.asked_at)),
    Held(events=(events.TipClosed,), rows=select(Tip.number).where(Tip.closed_at.is_not(None))),
    Held(events=(events.TipLookedAt,), rows=select(Tip.number).where(Tip.looked_at.is_not(None))),
    Held(
        events=(events.PayloadErased,),
        rows=select(Erasure.subject, Erasure.log_index, Erasure.ground).where(
            Erasure.state == ProposalState.SIGNED
        ),
        fields=("index", "reason"),
    ),
)
WITHOUT: dict[type, str] = {
    events.OpenOnNotice: "counts complaints on the page of a notice",
    events.EndedOnNotice: "counts complaints on the page of a notice",
    Proposal: "inside the body until it is signed; then its act stands on the log",
    Evidence: "not public",
    Interest: "who keeps out is not public",
}
