"""For every state of every object: what waits in it, and so whose turn it is. Tables alone: a state without
a row fails a test (tests/tasks).
"""

import enum
from collections.abc import Mapping

from market.accounts.rules import CheckState
from market.agencies.rules import LineState
from market.agencies.rules import State as AgencyState
from market.catalogue.rules import State as ItemState
from market.complaints.rules import ProposalState
from market.complaints.rules import State as ComplaintState
from market.contracts.rules import Offer
from market.contracts.rules import State as LetterState
from market.contracts.rules.change import ChangeState as ContractChangeState
from market.contracts.rules.matter import ContractState, PaymentState
from market.contracts.rules.unsigned import UnsignedState
from market.evaluations.rules import EvaluationState
from market.evaluations.rules.appeal import AppealState
from market.owners.rules import State as OwnerState
from market.reputation.rules import BasisState, CreditState, MeasureState
from market.rulebook.rules import State as RulebookState
from market.selection.direct.rules import OfferState
from market.selection.entries.rules.states import EntryState
from market.selection.notices.rules.changes import ChangeState
from market.selection.notices.rules.states import NoticeState
from market.selection.results.rules.states import RankState
from market.selection.results.rules.suspending import SuspensionState
from market.selection.scored.rules import JurorState
from market.selection.sources.rules.states import DrawState
from market.tasks.rules import OF_WINDOWS
from market.windows.rules import State as WindowState
from market.workdays.rules import State as ArrangementState


def N_(text: str) -> str:  # noqa: N802  (the mark that the message catalogue looks for)
    """A text that is shown through the catalogue."""
    return text


@dataclasses.dataclass(frozen=True)
class Desk:
    """The page where something is done ({subject} a public number, {row} the id behind the matter's
    colon), the permission that it needs, and what it is called; None: as its window is.
    """

    page: str
    may: str
    title: str | None = None


OF_WINDOWS: dict[str, Desk] = {
    "accounts.identity": Desk("/office/people/{row}", "person.verify"),
    "agencies.check": Desk("/office/enrolments/{subject}", "enrolment.check"),
    "agencies.decide": Desk("/office/enrolments", "enrolment.sign"),
    "agencies.objection": Desk("/office/enrolments", "agency.decide_objection"),
    "agencies.addition": Desk("/office/agencies/{subject}", "enrolment.check"),
    "agencies.exit": Desk("/office/agencies/{subject}", "exit.confirm"),
    "agencies.deferred": Desk("/enrolment/outstanding/{row}", "enrolment.fill"),
    "agencies.deferred_check": Desk("/office/agencies/{subject}", "agency.check_document"),
    "agencies.correct": Desk("/enrolment", "enrolment.submit"),
    "agencies.state_case": Desk("/enrolment", "enrolment.submit"),
    "agencies.suspension_case": Desk("/enrolment/suspension", "enrolment.submit"),
    "owners.check": Desk("/office/owners/{subject}", "owner.check"),
    "notice.review": Desk("/office/notices/{row}", "notice.review"),
    "notice.change": Desk("/notices/changes/{row}", "notice.amend"),
    "notice.question": Desk("/notices/questions/{row}", "question.answer"),
    "complaint.accept": Desk("/complaints/{subject}", "complaint.handle"),
    "complaint.decide": Desk("/complaints/{subject}", "complaint.handle"),
    "complaint.transfer": Desk("/complaints/{subject}", "complaint.handle"),
    "complaint.opinion": Desk("/complaints/{subject}", "complaint.handle"),
    "complaint.publish": Desk("/complaints/{subject}/publish", "complaint.handle"),
    "complaint.remedy": Desk("/complaints/{subject}/remedied", "complaint.handle"),
    "complaint.call_back": Desk("/complaints/{subject}/call-back", "complaint.call_back"),
    "complaint.tip": Desk("/office/tips", "tip.read"),
    "complaint.hand_over": Desk("/office/tips/{subject}/hand-over", "tip.read"),
    "complaint.hand_over_ask": Desk("/office/tips/{subject}/hand-over", "tip.read"),
    "complaint.answer": Desk("/complaints/{subject}", "complaint.answer"),
    "complaint.complete": Desk("/complaints/{subject}", SIGNED_IN),
    "direct.choose": Desk("/notices/{subject}/agencies", "direct.choose"),
    "direct.answer": Desk("/notices/{subject}/offer", "direct.answer"),
    "contracts.confirm": Desk("/awards/{subject}", "award.confirm"),
    "contracts.sign": Desk("/awards/{subject}", "award.contract"),
    "credit.statement": Desk("/credit/{subject}", "credit.state"),
    "credit.measure_statement": Desk("/credit/{subject}", "credit.state"),
    "credit.appeal_decision": Desk("/credit/{subject}", "credit.appeal_decide"),
    "credit.repair_decision": Desk("/credit/{subject}", "credit.repair_decide"),
    "contracts.hearing": Desk("/awards/{subject}/statement", "award.state"),
    "contracts.find": Desk("/awards/{subject}/fault", "award.find"),
    "contracts.check": Desk("/contracts/{subject}/check", "contract.confirm"),
    "contracts.start": Desk("/contracts/{subject}/start", "contract.work"),
    "contracts.progress": Desk("/contracts/{subject}/report", "contract.work"),
    "contracts.deliver": Desk("/contracts/{subject}/deliver", "contract.work"),
    "contracts.rework": Desk("/contracts/{subject}/deliver", "contract.work"),
    "contracts.change": Desk("/contracts/{subject}/answer", "contract.change"),
    "contracts.stopped": Desk("/contracts/{subject}", "contract.change"),
    "contracts.inspect": Desk("/contracts/{subject}/inspect", "contract.accept"),
    "contracts.pay": Desk("/contracts/{subject}/pay", "contract.pay"),
    "contracts.receipt": Desk("/contracts/{subject}/receipt/{row}", "contract.receive"),
    "oversight.answer": Desk("/oversight/questions/{row}", "oversight.answer"),
}
"""Kind of window -> where it is met while nothing else is said of the matter."""
NO_TASK = {
    "agencies.publicity": "others may object; the agency has nothing to do",
    "credit.appeal": "the party may appeal; it has nothing to do",
    "complaint.filing": "anybody may complain; nobody has to",
}
"""Kinds of windows of people's time that nobody has to meet, and why."""
STAGES: dict[str, Desk] = {
    "notice.publish": Desk("/office/notices/{row}", "notice.publish", N_("公告待发布")),
    "question.publish": Desk(
        "/notices/questions/{row}", "question.publish", N_("对提问的答复待审核公布")
    ),
    "notice.refuse": Desk("/office/notices/{row}", "notice.refuse", N_("不予发布的意见待复核")),
    "complaint.sign": Desk(
        "/complaints/{subject}/sign", "complaint.sign", N_("投诉拟办意见待审签")
    ),
    "unsigned.sign": Desk(
        "/awards/{subject}/fault/sign", "award.find_sign", N_("未签合同的责任认定待审签")
    ),
    "owner.second": Desk(
        "/office/owners/{subject}", "owner.second", N_("业主登记不予通过的意见待复核")
    ),
}
"""Who has a matter while its window runs on: the second person, or whoever comes next."""
WITHOUT_CLOCK: dict[str, Desk] = {
    "notice.sign": Desk("/notices/{row}/check", "notice.sign", N_("公告待审签")),
    "change.sign": Desk("/notices/changes/{row}", "notice.sign", N_("公告更正待审签")),
    "notice.mend": Desk("/notices/{row}/edit", "notice.draft", N_("公告被退回，待修改后再提交")),
    "attachment.decide": Desk(
        "/notices/attachments/{row}", "attachment.withdraw", N_("附件待另一人决定是否撤下")
    ),
    "owner.mend": Desk("/owners/mine", "owner.mend", N_("业主登记待补正")),
    "proposal.sign": Desk("/complaints/{subject}/sign", "complaint.sign", N_("投诉意见待审签")),
    "decision.publish": Desk(
        "/complaints/{subject}/publish", "complaint.handle", N_("处理决定待公开")
    ),
    "decision.remedy": Desk(
        "/complaints/{subject}/remedied", "complaint.handle", N_("待报告已纠正")
    ),
    "decision.call_back": Desk(
        "/complaints/{subject}/call-back", "complaint.call_back", N_("待回访")
    ),
    "tip.read": Desk("/office/tips", "tip.read", N_("举报线索待阅处")),
    "tip.close": Desk("/office/tips", "tip.read", N_("举报线索待另一人办结")),
    "standing.sign": Desk(
        "/office/agencies/{subject}", "agency.sign_standing", N_("暂停报名或恢复报名待签发")
    ),
    "revocation.propose": Desk(
        "/office/agencies/{subject}",
        "agency.propose_revocation",
        N_("容缺材料逾期，撤销程序待提出意见"),
    ),
    "erasure.sign": Desk("/office/erasures", "erasure.sign", N_("删除个人信息待审签")),
    "source.lose": Desk("/office/sources", "source.lose", N_("见证值逾时未到，待认定失效")),
    "lottery.report": Desk("/office/sources", "lottery.report", N_("选取等候彩票开奖号码，待录入")),
    "calendar.approve": Desk("/office/calendar", "calendar.approve", N_("工作日历待批准")),
    "rulebook.approve": Desk("/office/rulebook", "rulebook.approve", N_("办法参数待批准")),
    "credit.decide": Desk("/credit/{subject}", "credit.decide", N_("履约记录待决定")),
    "suspension.sign": Desk("/credit/{subject}", "credit.sign_suspension", N_("拟暂停报名待签发")),
    "basis.decide": Desk("/office/behaviours", "basis.decide", N_("行为清单的依据待批准")),
    "windows.settle": Desk(
        "/office/windows", "windows.settle", N_("工作日历变动前已结束的期限待核对")
    ),
}
"""What waits though no clock runs on it."""

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
        NoticeState.SCORING: ("scored.sheets",),
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
        **dict.fromkeys((JurorState.SEATED, JurorState.JUDGING), ("scored.sheets",)),
        **dict.fromkeys((JurorState.HANDED_IN, JurorState.GONE), DONE),
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
        ContractState.ENDED: PAYING,
        ContractState.VOID: DONE,
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
        ContractChangeState.ASKED: ("contracts.change",),
        ContractChangeState.SECOND: ("contracts.change",),
        ContractChangeState.AGREED: DONE,
        ContractChangeState.REFUSED: DONE,
        ContractChangeState.WITHDRAWN: DONE,
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
    "tip, unread": ("tip.read", "complaint.tip"),
    "tip, read by one": ("tip.close",),
    "attachment of a notice, whose withdrawal one person has asked for": ("attachment.decide",),
    "tip, to be handed over": ("complaint.hand_over",),
    "tip, handed over": ("complaint.hand_over_ask",),
}
"""The same of objects whose state is told by dates alone."""
