"""For every state of every object: what waits in it, and so whose turn it is. Tables alone: a state without
a row fails a test (tests/tasks).
"""

import enum
from collections.abc import Mapping

from market.accounts.rules import CheckState
from market.agencies.rules import LineState
from market.agencies.rules import State as AgencyState
from market.cards.rules import CardState
from market.cases.rules import CaseState
from market.cases.rules.answers import AnswerState
from market.cases.rules.pains import PainState
from market.catalogue.rules import State as ItemState
from market.complaints.rules import ProposalState
from market.complaints.rules import State as ComplaintState
from market.contracts.rules import Offer
from market.contracts.rules import State as LetterState
from market.contracts.rules.change import ChangeState as ContractChangeState
from market.contracts.rules.claim import ClaimState
from market.contracts.rules.disputing import DisputeState
from market.contracts.rules.matter import ContractState, PaymentState
from market.contracts.rules.unsigned import UnsignedState
from market.evaluations.rules import EvaluationState
from market.evaluations.rules.appeal import AppealState
from market.owners.rules import State as OwnerState
from market.reputation.rules import BasisState, CreditState, MeasureState, TalkState
from market.rulebook.rules import State as RulebookState
from market.selection.direct.rules import OfferState
from market.selection.entries.rules.states import EntryState
from market.selection.jurors.rules import MemberState
from market.selection.notices.rules.changes import ChangeState
from market.selection.notices.rules.states import NoticeState
from market.selection.results.rules.pausing import PauseState
from market.selection.results.rules.states import RankState
from market.selection.results.rules.suspending import SuspensionState
from market.selection.scored.rules import JurorState
from market.selection.sources.rules.states import DrawState
from market.tasks.rules import OF_WINDOWS
from market.windows.rules import State as WindowState
from market.workdays.rules import State as ArrangementState

Waits = tuple[str, ...] | str
"""Names of the tables above, one or another of which waits in a state; or why nobody does."""
DONE = "it has ended"
CLOCK = "the clock's turn"
READY = "in force: nobody is owed anything"
OWN_DRAFT = "its author's own draft: nobody waits for it"
LATER = "of a way that is not offered yet"

ACCEPTING = ("complaint.accept", "complaint.sign")
DECIDING = ("complaint.decide", "complaint.sign", "complaint.answer", "complaint.opinion")
SERVING = ("contracts.deliver", "contracts.progress", "contracts.rework", "contracts.stopped")
PAYING = ("contracts.pay", "contracts.receipt")
STATES: Mapping[type[enum.StrEnum], Mapping[enum.StrEnum, Waits]] = {
    AgencyState: {
        AgencyState.DRAFT: OWN_DRAFT,
        AgencyState.SUBMITTED: ("agencies.check",),
        AgencyState.RETURNED: ("agencies.correct",),
        AgencyState.REFUSING: ("agencies.state_case", "agencies.decide"),
        AgencyState.REFUSED: DONE,
        AgencyState.PROVISIONAL: ("agencies.deferred", "agencies.deferred_check"),
        AgencyState.ACTIVE: ("agencies.objection", "standing.sign", "agencies.suspension_case"),
        AgencyState.SUSPENDED: ("standing.sign",),
        AgencyState.REVOKING: ("agencies.state_case", "revocation.propose", "agencies.decide"),
        AgencyState.REVOKED: DONE,
        AgencyState.EXITING: ("agencies.exit",),
        AgencyState.EXITED: DONE,
        AgencyState.REMOVING: ("agencies.state_case", "agencies.decide"),
        AgencyState.REMOVED: DONE,
    },
    LineState: {
        LineState.PENDING: ("agencies.addition", "agencies.check"),
        LineState.REFUSED: DONE,
        LineState.PROVISIONAL: ("agencies.deferred",),
        LineState.ACTIVE: READY,
        LineState.LAPSED: DONE,
        LineState.SUSPENDED: CLOCK,
        LineState.WITHDRAWN: DONE,
        LineState.ABOLISHED: DONE,
        LineState.BARRED: DONE,
    },
    CheckState: {
        CheckState.WAITING: ("accounts.identity",),
        CheckState.CONFIRMED: DONE,
        CheckState.REFUSED: DONE,
    },
    OwnerState: {
        OwnerState.SUBMITTED: ("owners.check",),
        OwnerState.RETURNED: ("owner.mend",),
        OwnerState.REFUSING: ("owner.second",),
        OwnerState.APPROVED: READY,
        OwnerState.REFUSED: DONE,
    },
    ItemState: {ItemState.PUBLISHED: READY, ItemState.ABOLISHED: DONE},
    NoticeState: {
        NoticeState.DRAFT: OWN_DRAFT,
        NoticeState.AWAITING_SIGNATURE: ("notice.sign",),
        NoticeState.SUBMITTED: ("notice.review", "notice.publish", "notice.refuse"),
        NoticeState.RETURNED: ("notice.mend",),
        NoticeState.REFUSED: DONE,
        NoticeState.ENTRY_OPEN: ("notice.question", "question.publish"),
        NoticeState.PAUSED: LATER,
        NoticeState.SEALED: CLOCK,
        NoticeState.WAITING_VALUE: CLOCK,
        NoticeState.SCORING: ("scored.sheets", "scored.accept"),
        NoticeState.SHORTLISTED: ("shortlist.choose",),
        NoticeState.AUCTION_READY: CLOCK,
        NoticeState.AUCTION_RUNNING: CLOCK,
        NoticeState.AUCTION_FROZEN: ("auction.resume",),
        NoticeState.ANNOUNCED: ("contracts.confirm",),
        NoticeState.HELD: (*ACCEPTING, *DECIDING),
        NoticeState.AWARDED: ("contracts.sign",),
        NoticeState.CONTRACTED: ("contracts.start",),
        NoticeState.IN_SERVICE: SERVING,
        NoticeState.DELIVERED: ("contracts.inspect", *PAYING),
        NoticeState.CLOSED: DONE,
        NoticeState.FAILED: DONE,
        NoticeState.CANCELLED: DONE,
        NoticeState.ANNULLED: DONE,
        NoticeState.TERMINATED: DONE,
        NoticeState.RELISTED: DONE,
        NoticeState.CHOOSING: ("direct.choose",),
        NoticeState.OFFERED: ("direct.answer",),
    },
    ChangeState: {
        ChangeState.PROPOSED: ("change.sign",),
        ChangeState.SIGNED: ("notice.change",),
        ChangeState.MADE: DONE,
        ChangeState.REFUSED: DONE,
        ChangeState.DROPPED: DONE,
    },
    EntryState: dict.fromkeys(EntryState, CLOCK),
    RankState: {
        RankState.PROPOSED: ("contracts.confirm",),
        RankState.RESERVE: CLOCK,
        RankState.NOT_SELECTED: DONE,
        RankState.WON: ("contracts.sign",),
        RankState.DISQUALIFIED: DONE,
        RankState.DECLINED: DONE,
        RankState.VOID: DONE,
    },
    PauseState: {
        PauseState.PROPOSED: ("pause.sign",),
        PauseState.ASKED: ("result.pause_asked",),
        PauseState.IN_FORCE: CLOCK,
        **dict.fromkeys((PauseState.ENDED, PauseState.REFUSED, PauseState.DROPPED), DONE),
    },
    SuspensionState: {
        SuspensionState.PROPOSED: ("order.sign",),
        SuspensionState.IN_FORCE: CLOCK,
        SuspensionState.LIFTING: ("order.sign",),
        SuspensionState.ENDED: DONE,
        SuspensionState.DROPPED: DONE,
    },
    DrawState: {
        DrawState.SCHEDULED: CLOCK,
        DrawState.SEALING: CLOCK,
        DrawState.WAITING_SLOT: CLOCK,
        DrawState.WAITING_VALUE: ("source.lose",),
        DrawState.SOURCE_LOST: ("lottery.report",),
        DrawState.DRAWN: DONE,
        DrawState.TOO_FEW: DONE,
        DrawState.ABORTED: DONE,
        DrawState.CANCELLED: DONE,
    },
    JurorState: {
        JurorState.RESERVE: LATER,
        **dict.fromkeys(
            (JurorState.SEATED, JurorState.JUDGING), ("scored.sheets", "scored.accept")
        ),
        **dict.fromkeys((JurorState.HANDED_IN, JurorState.GONE), DONE),
    },
    MemberState: {
        MemberState.APPLIED: ("jurors.admit",),
        **dict.fromkeys((MemberState.ADMITTED, MemberState.SUSPENDED), READY),
        **dict.fromkeys((MemberState.REFUSED, MemberState.LEFT), DONE),
    },
    OfferState: {
        OfferState.WAITING: ("direct.answer",),
        **dict.fromkeys((OfferState.REFUSED, OfferState.SILENT), ("direct.choose",)),
        **dict.fromkeys((OfferState.ACCEPTED, OfferState.WITHDRAWN), DONE),
    },
    Offer: {
        Offer.AWAITING: ("contracts.confirm",),
        Offer.BLOCKED: ("agencies.deferred", "agencies.deferred_check"),
        Offer.HELD: (*ACCEPTING, *DECIDING),
        Offer.ISSUED: DONE,
        Offer.DECLINED: DONE,
        Offer.VOID: DONE,
    },
    LetterState: {
        LetterState.ISSUED: ("contracts.sign",),
        LetterState.HELD: (*ACCEPTING, *DECIDING),
        LetterState.CONTRACT_OVERDUE: ("contracts.sign", "contracts.hearing", "contracts.find"),
        LetterState.DECLINED: DONE,
        LetterState.CONTRACTED: READY,
        LetterState.VOID: DONE,
        LetterState.FORFEITED: DONE,
        LetterState.RELEASED: DONE,
    },
    UnsignedState: {
        UnsignedState.HEARING: ("contracts.hearing",),
        UnsignedState.FINDING: ("contracts.find",),
        UnsignedState.PROPOSED: ("contracts.find", "unsigned.sign"),
        UnsignedState.DECIDED: DONE,
        UnsignedState.ENDED: DONE,
    },
    ContractState: {
        ContractState.PROPOSED: ("contracts.check",),
        ContractState.QUESTIONED: ("contracts.sign",),
        ContractState.NOT_STARTED: ("contracts.start",),
        ContractState.RUNNING: SERVING,
        ContractState.STOPPED: ("contracts.stopped",),
        ContractState.DELIVERED: ("contracts.inspect",),
        ContractState.RETURNED: SERVING,
        ContractState.ACCEPTED: PAYING,
        ContractState.CLOSED: DONE,
        ContractState.SETTLING: ("contracts.settle",),
        ContractState.ENDED: PAYING,
        ContractState.VOID: DONE,
    },
    CardState: {
        CardState.PROPOSED: ("cards.statement", "card.issue"),
        CardState.ISSUED: ("cards.plan",),
        CardState.PLANNED: DONE,
        CardState.DROPPED: DONE,
        CardState.WITHDRAWN: DONE,
    },
    CaseState: {
        CaseState.OPEN: ("cases.contact",),
        CaseState.CONTACTED: ("cases.rectify",),
        CaseState.TRANSFERRED: ("cases.transferred",),
        CaseState.RECTIFIED: ("cases.call_back",),
        CaseState.CLOSED: DONE,
    },
    AnswerState: {
        AnswerState.DRAFT: ("answer.publish",),
        AnswerState.PUBLISHED: ("answer.publish",),
        AnswerState.WITHDRAWN: DONE,
    },
    PainState: {
        PainState.WORKING: ("cases.pain",),
        PainState.SOLVED: DONE,
        PainState.DROPPED: DONE,
    },
    EvaluationState: {
        EvaluationState.AWAITED: ("evaluations.evaluate",),
        EvaluationState.SEALED: CLOCK,
        EvaluationState.OPEN: READY,
        EvaluationState.UNRATED: DONE,
    },
    AppealState: {
        AppealState.WAITING: ("evaluations.answer", "evaluations.appeal_decision"),
        AppealState.UPHELD: DONE,
        AppealState.REJECTED: DONE,
    },
    ContractChangeState: {
        ContractChangeState.ASKED: ("contracts.change", "contracts.object"),
        ContractChangeState.SECOND: ("contracts.change",),
        ContractChangeState.AGREED: DONE,
        ContractChangeState.REFUSED: DONE,
        ContractChangeState.WITHDRAWN: DONE,
        ContractChangeState.STOOD: DONE,
        ContractChangeState.VOID: DONE,
    },
    ClaimState: {
        ClaimState.ASKED: ("contracts.claim",),
        ClaimState.CONFIRMED: DONE,
        ClaimState.REFUSED: DONE,
        ClaimState.SENT: DONE,
    },
    DisputeState: {
        DisputeState.OPEN: READY,  # both may end it; a court may, and no clock does
        DisputeState.ALLOWED: DONE,
        DisputeState.DROPPED: PAYING,
    },
    PaymentState: {
        PaymentState.REGISTERED: ("contracts.receipt",),
        PaymentState.CONFIRMED: DONE,
        PaymentState.STANDS: DONE,
        PaymentState.DENIED: ("contracts.pay",),
    },
    ComplaintState: {
        ComplaintState.DRAFT: OWN_DRAFT,
        ComplaintState.FILED: ACCEPTING,
        ComplaintState.COMPLETING: ("complaint.complete", "complaint.accept"),
        ComplaintState.TRANSFERRED: ("complaint.transfer", "complaint.accept"),
        ComplaintState.ACCEPTED: DECIDING,
        ComplaintState.PAUSED: ("complaint.decide",),
        ComplaintState.ESCALATED: (*ACCEPTING, *DECIDING),
        ComplaintState.NOT_ACCEPTED: DONE,
        ComplaintState.WITHDRAWN: DONE,
        ComplaintState.UPHELD: ("complaint.publish", "decision.publish"),
        ComplaintState.PARTLY: ("complaint.publish", "decision.publish"),
        ComplaintState.DISMISSED: ("complaint.publish", "decision.publish"),
        ComplaintState.REMEDYING: ("complaint.remedy", "decision.remedy"),
        ComplaintState.CALLBACK: ("complaint.call_back", "decision.call_back"),
        ComplaintState.CLOSED: DONE,
    },
    ProposalState: {
        state: ("complaint.sign", "proposal.sign", "erasure.sign")
        if state is ProposalState.PROPOSED
        else DONE
        for state in ProposalState
    },
    CreditState: {
        CreditState.PROPOSED: ("credit.statement", "credit.decide"),
        CreditState.IN_FORCE: CLOCK,
        CreditState.DROPPED: DONE,
        CreditState.APPEALED: ("credit.appeal_decision",),
        CreditState.VOID: DONE,
        CreditState.REPAIRING: ("credit.repair_decision",),
        CreditState.REPAIRED: DONE,
        CreditState.EXPIRED: DONE,
    },
    MeasureState: {
        MeasureState.PROPOSED: ("credit.measure_statement", "suspension.sign"),
        MeasureState.IN_FORCE: CLOCK,
        MeasureState.DROPPED: DONE,
        MeasureState.ENDED: DONE,
    },
    TalkState: {
        TalkState.CALLED: ("talk.hold",),
        TalkState.HELD: ("talk.sign",),
        TalkState.SIGNED: DONE,
        TalkState.UNSIGNED: DONE,
        TalkState.CANCELLED: DONE,
    },
    BasisState: {
        BasisState.PROPOSED: ("basis.decide",),
        BasisState.APPROVED: READY,
        BasisState.REJECTED: DONE,
    },
    ArrangementState: {
        ArrangementState.PROPOSED: ("calendar.approve",),
        ArrangementState.APPROVED: READY,
        ArrangementState.REJECTED: DONE,
    },
    RulebookState: {
        RulebookState.PROPOSED: ("rulebook.approve",),
        RulebookState.APPROVED: READY,
        RulebookState.REJECTED: DONE,
    },
    WindowState: {
        WindowState.OPEN: tuple(OF_WINDOWS),
        WindowState.PAUSED: tuple(OF_WINDOWS),
        WindowState.HELD: tuple(OF_WINDOWS),
        WindowState.MET: DONE,
        WindowState.EXPIRED: ("windows.settle",),
        WindowState.CANCELLED: DONE,
    },
}
"""Every state of every object: what waits in it and so whose turn it is, or why it is nobody's."""
STATELESS: dict[str, Waits] = {
    "agency whose representative's number is not known": ("representative.tell",),
    "representative told by an agency": ("agencies.representative",),
    "fault of a public body that makes a card due": ("card.propose",),
    "tip, unread": ("tip.read", "complaint.tip"),
    "tip, read by one": ("tip.close",),
    "attachment of a notice, whose withdrawal one person has asked for": ("attachment.decide",),
    "tip, to be handed over": ("complaint.hand_over",),
    "finding of a flag, in which one reader found nothing": ("flag.second",),
    "tip, handed over": ("complaint.hand_over_ask",),
}
"""The same of objects whose state is told by dates alone."""
