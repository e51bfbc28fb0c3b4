"""The one thing that a letter asks of its reader, and until when; or that nothing is to be done. One
table: a letter without a row fails a test (tests/letters).
"""

import dataclasses
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from market.letters.rules import To


@dataclasses.dataclass(frozen=True)
class Ask:
    """What to do. `until`: the field of the log's entry that has the end (exclusive), or the kind of
    window that runs on the matter; "" where no day is set.
    """

    what: LazyString
    until: str = ""


NOTHING = Ask(_l("不需要您办理任何事。"))
LOOK = Ask(_l("不需要您办理任何事；有不同意见的，可以投诉。"), "complaint.filing")
SIGN = _l("审看后由您签发或退回。")
STATE = _l("有不同意见的，请陈述、申辩或补交证据。")
SIGN_CONTRACT = Ask(_l("双方签订合同，由业主登记。"), "contracts.sign")
DECIDE = Ask(_l("作出处理决定。"), "complaint.decide")
ACCEPT = Ask(_l("决定是否受理。"), "complaint.accept")
WATCH = Ask(_l("督促办理单位尽快办结。"))
MEND_OWNER = Ask(_l("按所列意见改好后再提交。"))

_QUIET = (
    *("contract.dropped", "contract.started", "contract.progressed"),
    *("contract.cancel_objected", "contract.change_void", "contract.terminated"),
    *("contract.unsettled", "contract.changed", "contract.change_refused"),
    *("contract.change_withdrawn", "contract.received", "contract.receipt_lapsed"),
    *("contract.closed", "complaint.hold_began", "agency.suspension_dropped"),
    *("agency.reinstated", "agency.objection_decided", "agency.kept"),
    *("agency.exit_withdrawn", "agency.exited", "agency.removal_dropped"),
    *("agency.lines_opened", "agency.representative_confirmed", "award.lapsed"),
    *("award.declined", "award.contracted", "award.unsigned_ended", "evaluation.replied"),
    *("evaluation.followed", "evaluation.appeal_decided", "complaint.accepted"),
    *("complaint.withdrawn", "complaint.violation_found", "complaint.paused"),
    *("complaint.resumed", "complaint.remedy_acted", "complaint.fabrication_found"),
    *("complaint.decision_published", "complaint.hold_continued", "complaint.hold_lapsed"),
    *("complaint.taken_in", "complaint.remedied"),
)
"""What asks nothing of anybody."""
ASKS: Mapping[str, Ask | Mapping[To, Ask]] = {
    "identity.asked": {
        To.CLAIMANT: Ask(_l("在“实名身份”页提交证件，或带身份证到窗口。")),
        To.IDENTITY_CHECKERS: Ask(_l("核验身份。"), "accounts.identity"),
    },
    "identity.passed_on": Ask(_l("核验身份。"), "accounts.identity"),
    "identity.checked": NOTHING,
    "identity.refused": Ask(_l("原因消除后可以重新提交证件。")),
    "identity.overdue": {
        To.IDENTITY_CHECKERS: Ask(_l("尽快核验身份。")),
        To.INSPECTORS: NOTHING,
    },
    "tip.added": Ask(_l("阅处这条线索。"), "complaint.tip"),
    "tip.to_hand_over": Ask(_l("把移交单送交纪检监察机关，登记签收回执。"), "complaint.hand_over"),
    "tip.ask_due": Ask(_l("询问一次办理情况并登记。"), "complaint.hand_over_ask"),
    "tip.received": Ask(_l("阅处这条线索。"), "complaint.tip"),
    "enrolment.submitted": Ask(_l("核验：通过，或一次性列出需要补正的内容。"), "agencies.check"),
    "enrolment.returned": Ask(_l("按清单补正后重新提交。"), "agencies.correct"),
    "enrolment.refusal_proposed": {
        To.APPLICANT: Ask(STATE, "agencies.state_case"),
        To.HEADS: Ask(_l("申请人陈述期满后，由您复核签发。"), "agencies.decide"),
    },
    "enrolment.lapsed": Ask(_l("仍要入驻的，改好后重新提交。")),
    "enrolment.refused": Ask(_l("有不同意见的，按申请页写明的救济途径提出。")),
    "enrolment.passed": NOTHING,
    "enrolment.documents_deferred": Ask(_l("按期补交容缺材料。"), "agencies.deferred"),
    "enrolment.document_submitted": Ask(_l("核验补交的材料。"), "agencies.deferred_check"),
    "enrolment.document_returned": Ask(_l("改好后再交一次材料。"), "agencies.deferred"),
    "enrolment.documents_completed": NOTHING,
    "agency.revocation_opened": {
        To.AGENCY: Ask(_l("补交材料，或陈述理由。"), "agencies.state_case"),
        To.CHECKERS: Ask(_l("机构陈述期满后提出意见：撤销，或给新的期限。")),
        To.HEADS: NOTHING,
        To.SECTOR: NOTHING,
    },
    "agency.revocation_proposed": Ask(SIGN, "agencies.decide"),
    "agency.due_renewed": Ask(_l("在新的期限内补交材料。"), "agencies.deferred"),
    "agency.case_stated": Ask(_l("看过陈述后作出决定。"), "agencies.decide"),
    "agency.suspension_proposed": {
        To.AGENCY: Ask(STATE, "agencies.suspension_case"),
        To.HEADS: Ask(SIGN),
    },
    "agency.suspended": Ask(_l("有不同意见的，按机构页写明的救济途径提出。")),
    "agency.line_lapsed": Ask(_l("上传新的资质证书，申请恢复这一事项。")),
    "agency.qualification_expiring": Ask(_l("换领证书后上传新证，经核验后继续有效。"), "until"),
    "agency.objection_filed": {
        To.AGENCY: NOTHING,
        To.CHECKERS: Ask(_l("核实异议并作出处理。"), "agencies.objection"),
    },
    "agency.revoked": Ask(_l("有不同意见的，按入驻页写明的救济途径提出。")),
    "agency.exit_asked": Ask(_l("确认退出。"), "agencies.exit"),
    "agency.removal_proposed": {
        To.AGENCY: Ask(STATE, "agencies.state_case"),
        To.HEADS: Ask(_l("机构陈述期满后，由您签发或退回。"), "agencies.decide"),
    },
    "agency.removed": {
        To.AGENCY: Ask(_l("有不同意见的，按入驻页写明的救济途径提出。")),
        To.AUTHORITY: NOTHING,
    },
    "agency.addition_requested": Ask(_l("核验增加的事项。"), "agencies.addition"),
    "agency.addition_returned": MEND_OWNER,
    "agency.representative_told": Ask(_l("核验法定代表人。"), "agencies.representative"),
    "agency.representative_returned": MEND_OWNER,
    "owner.registered": Ask(_l("核验业主登记。"), "owners.check"),
    "owner.returned": MEND_OWNER,
    "owner.approved": NOTHING,
    "owner.refused": Ask(_l("原因消除后可以重新登记。")),
    "owner.resubmitted": Ask(_l("核验业主登记。"), "owners.check"),
    "owner.refusal_proposed": Ask(SIGN, "owners.check"),
    "owner.refusal_dropped": Ask(_l("重新核验。"), "owners.check"),
    "notice.submitted": Ask(_l("审核并发布，或一次性退回。"), "notice.review"),
    "notice.returned": MEND_OWNER,
    "notice.refused": Ask(_l("改走公告页写明的渠道。")),
    "notice.opened": {
        To.OWNER: NOTHING,
        To.QUALIFIED: Ask(_l("愿意承接的，请报名。"), "entry_close"),
    },
    "choice.opened": Ask(_l("从名单里选定一家机构，填写商定的金额。"), "direct.choose"),
    "shortlist.drawn": {
        To.OWNER: Ask(_l("在小名单内选定一家机构，写明理由。"), "shortlist.choose"),
        To.ENTRANTS: NOTHING,
    },
    "direct.offered": Ask(_l("答复是否接受。"), "direct.answer"),
    "direct.answered": Ask(_l("看结果；没有接受的，另选一家。"), "direct.choose"),
    "letters.fixed": Ask(_l("声明有没有利害关系，然后评分。"), "scored.sheets"),
    "juror.replaced": {
        To.OWNER: NOTHING,
        To.JURORS: Ask(_l("声明有没有利害关系，然后评分。"), "scored.sheets"),
    },
    "jurors.drawn": {
        To.OWNER: NOTHING,
        To.JURORS: Ask(_l("答复是否参加，声明有没有利害关系。"), "scored.accept"),
    },
    "expert.applied": Ask(_l("审核申请，提出意见。"), "jurors.admit"),
    "expert.proposed": Ask(_l("由提出意见的人以外的一人签发。"), "jurors.admit"),
    "expert.decided": NOTHING,
    "sheets.closed": NOTHING,
    "auction.opened": {
        To.OWNER: NOTHING,
        To.BIDDERS: Ask(_l("看本机构的代号和开始时间，到时在竞价页出价。")),
    },
    "auction.frozen": {
        To.OWNER: NOTHING,
        To.BIDDERS: NOTHING,
        To.REVIEWERS: Ask(_l("故障排除后，由发布人在竞价页公告恢复的时间。")),
    },
    "auction.resumed": {
        To.OWNER: NOTHING,
        To.BIDDERS: Ask(_l("恢复后可以继续出价，已有的出价不变。")),
    },
    "notice.amended": {
        To.OWNER: NOTHING,
        To.QUALIFIED: Ask(_l("对照更正后的内容，决定是否报名或修改报价。"), "entry.close"),
    },
    "notice.cancelled": NOTHING,
    "attachment.accused": {
        To.OWNER: NOTHING,
        To.REVIEWERS: Ask(_l("由提出人以外的人决定是否撤下。")),
        To.HEADS: Ask(_l("由提出人以外的人决定是否撤下。")),
    },
    "attachment.kept": NOTHING,
    "attachment.withdrawn": NOTHING,
    "question.asked": Ask(_l("起草答复，由审签人公布。"), "notice.question"),
    "question.answered": NOTHING,
    "pause.asked": Ask(_l("由贵单位决定的：同意，或写明理由不同意。"), "result.pause_asked"),
    "pause.began": Ask(_l("事情弄清楚之后可以提前恢复。"), "result.pause"),
    "pause.refused": Ask(_l("理由写在暂停页上；仍要暂停的，可以重新申请。")),
    "pause.ended": Ask(_l("报名截止以公告页为准，愿意承接的请按时报名。"), "entry.close"),
    "amendment.asked": Ask(_l("审核更正申请：同意，或写明理由不予更正。"), "notice.change"),
    "amendment.refused": Ask(_l("仍要更正的，改好后重新申请。")),
    "notice.relisted": {
        To.OWNER: NOTHING,
        To.ENTRANTS: Ask(_l("愿意承接的，请在新的公告里重新报名。")),
    },
    "entry.received": Ask(_l("保存回执；截止前可以撤回或修改报价。"), "entry.close"),
    "entry.withdrawn": Ask(_l("仍想参加的，截止前可以重新报名。"), "entry.close"),
    "selection.failed": {
        To.OWNER: Ask(_l("决定是否重新发布（二次）。")),
        To.ENTRANTS: NOTHING,
    },
    "draw.postponed": NOTHING,
    "drain.cut": NOTHING,
    "result.published": {
        To.OWNER: NOTHING,
        To.WINNER: Ask(
            _l("现在不需要办理；公示期满无投诉的，将收到中选通知书。"), "result.standstill"
        ),
        To.ENTRANTS: LOOK,
    },
    "result.held": NOTHING,
    "result.released": NOTHING,
    "result.annulled": NOTHING,
    "result.skip": {
        To.OWNER: NOTHING,
        To.SKIPPED: Ask(_l("有不同意见的，按公告页和投诉页写明的救济途径提出。")),
        To.ENTRANTS: NOTHING,
    },
    "award.offered": {
        To.OWNER: NOTHING,
        To.WINNER: Ask(_l("确认，或说明理由放弃。"), "due"),
    },
    "award.blocked": {
        To.OWNER: NOTHING,
        To.WINNER: Ask(_l("补齐容缺材料。"), "agencies.deferred"),
    },
    "award.issued": SIGN_CONTRACT,
    "award.void": Ask(_l("请勿签约、进场；已签的请联系协管办。")),
    "award.held": Ask(_l("在恢复之前请勿签约、进场。")),
    "award.resumed": SIGN_CONTRACT,
    "award.contract_overdue": Ask(_l("尽快签订合同并登记，或说明原因。")),
    "award.qualification_lapsed": {
        To.OWNER: Ask(_l("核对机构能否继续履约；不能的，按合同约定处理。")),
        To.REGULATOR: NOTHING,
    },
    "award.hearing_opened": Ask(
        _l("陈述没有签订合同的原因；愿意签订的，现在仍可以签订并登记。"), "contracts.hearing"
    ),
    "award.finding_due": Ask(_l("看过双方陈述，提出责任认定意见，由另一人审签。"), "due"),
    "award.fault_proposed": Ask(SIGN, "contracts.find"),
    "award.fault_returned": Ask(_l("按退回原因重新提出认定意见。"), "contracts.find"),
    "award.fault_found": Ask(_l("有不同意见的，按通知书页写明的救济途径提出。")),
    "award.finding_escalated": {
        To.FINDERS: Ask(_l("看过双方陈述，提出责任认定意见，由另一人审签。"), "due"),
        To.OWNER: NOTHING,
        To.WINNER: NOTHING,
        To.INSPECTORS: NOTHING,
    },
    **dict.fromkeys(_QUIET, NOTHING),
    "contract.proposed": Ask(
        _l("由没有登记的一方打开合同文件，逐项核对后确认或提出不一致。"), "due"
    ),
    "contract.questioned": Ask(_l("双方核对合同，由任何一方重新登记。"), "contracts.sign"),
    "contract.confirmed": {
        To.OWNER: Ask(_l("把服务需要的资料交给机构。")),
        To.WINNER: Ask(_l("收齐资料后开始服务并登记；简易流程的，直接按期交付成果。")),
    },
    "contract.adopted": {
        To.OWNER: NOTHING,
        To.WINNER: Ask(_l("登记开始服务的日期；简易流程的，直接按期交付成果。")),
    },
    "contract.delivered": Ask(_l("验收：通过，或一次性列出需要修改的内容。"), "due"),
    "contract.returned": Ask(_l("按清单修改后再次交付。"), "due"),
    "contract.accepted": {
        To.OWNER: Ask(_l("按期付款，并登记付款凭证。"), "pay_due"),
        To.WINNER: NOTHING,
    },
    "contract.change_asked": Ask(_l("被请求的一方核对变更的内容和原因，同意或者不同意。"), "due"),
    "contract.cancel_asked": Ask(_l("另一方看解除的原因和结算金额，同意，或者写明异议。"), "due"),
    "contract.settlement_due": Ask(_l("一方提出已完成工作的结算金额，另一方答复。"), "due"),
    "contract.change_agreed": Ask(_l("业主由另一人会签。"), "due"),
    "contract.paid": Ask(_l("对照到账记录，确认收到或表示没有收到。"), "due"),
    "contract.not_received": Ask(_l("核对付款；没有付的，尽快付款并重新登记。")),
    "contract.pay_reminded": Ask(_l("付款，或登记已经付款的凭证。")),
    "contract.claim_asked": Ask(_l("核对未付金额，确认，或者写明不能确认的原因。"), "due"),
    "contract.claim_answered": Ask(_l("确认了的，可以在合同页下载确认书。")),
    "contract.demanded": Ask(_l("付款并登记凭证；已经付款的，登记凭证。")),
    "contract.pay_found": Ask(_l("对照财政付款记录登记付款；记录有误的，联系财政部门。")),
    "contract.disputed": Ask(
        _l("看争议的金额和原因；同意不付的，在合同页登记，不同意的不必答复。")
    ),
    "contract.dispute_ended": {
        To.OWNER: Ask(_l("争议撤回的，按期支付这一部分并登记凭证。")),
        To.WINNER: NOTHING,
    },
    "card.proposed": Ask(STATE, "cards.statement"),
    "card.stated": Ask(_l("看过说明后，由提出人以外的人决定。")),
    "card.decided": {
        To.CARDED: Ask(_l("发出的，请提交整改计划。"), "cards.plan"),
        To.CARD_SUPERIOR: NOTHING,
    },
    "card.planned": NOTHING,
    "card.withdrawn": NOTHING,
    "case.opened": Ask(_l("联系当事人，了解情况。"), "due"),
    "case.rectified": Ask(_l("由没有办理过的人回访整改结果。"), "due"),
    "case.called_back": Ask(_l("没有解决的，继续整改并答复。"), "cases.rectify"),
    "case.assigned": Ask(_l("由您办理到底，直到回访销号。")),
    "case.supervised": Ask(_l("按督办要求办理，并在期限内报告。"), "due"),
    "case.reported": NOTHING,
    "pain.listed": Ask(_l("在期限以前解决，随时公布进展。"), "due"),
    "evaluation.asked": Ask(_l("评价对方在这个项目里的履约。"), "due"),
    "evaluation.opened": Ask(
        _l("有不同看法的，可以回应；有规定的理由的，可以申诉一次。"), "evaluations.appeal"
    ),
    "evaluation.appealed": {
        To.EVALUATOR: Ask(_l("对申诉作出说明。"), "evaluations.answer"),
        To.EVALUATION_BODY: Ask(_l("由没有经手这个项目的人决定申诉。"), "due"),
    },
    "evaluation.answered": Ask(
        _l("由没有经手这个项目的人决定申诉。"), "evaluations.appeal_decision"
    ),
    "complaint.filed": {To.COMPLAINANT: NOTHING, To.BODY: ACCEPT},
    "complaint.transferred": {
        To.COMPLAINANT: NOTHING,
        To.BODY: Ask(_l("接收这件投诉。"), "complaint.transfer"),
    },
    "complaint.reassigned": {To.COMPLAINANT: NOTHING, To.BODY: ACCEPT},
    "complaint.completion_asked": Ask(_l("补充材料，只有这一次。"), "complaint.complete"),
    "complaint.completed": ACCEPT,
    "complaint.not_accepted": Ask(_l("有不同意见的，按投诉页写明的救济途径提出。")),
    "complaint.withdrawal_noted": {
        To.COMPLAINANT: NOTHING,
        To.BODY: DECIDE,
        To.RESPONDENT: NOTHING,
    },
    "complaint.answer_asked": Ask(_l("书面答复。"), "complaint.answer"),
    "complaint.answered": DECIDE,
    "complaint.acceptance_overdue": {
        To.COMPLAINANT: NOTHING,
        To.BODY: Ask(_l("尽快决定是否受理。")),
        To.SUPERIOR: WATCH,
        To.INSPECTORS: NOTHING,
    },
    "complaint.decision_overdue": {
        To.COMPLAINANT: NOTHING,
        To.BODY: Ask(_l("尽快作出处理决定。")),
        To.SUPERIOR: WATCH,
        To.INSPECTORS: NOTHING,
    },
    "complaint.transfer_overdue": {To.SUPERIOR: WATCH, To.INSPECTORS: NOTHING},
    "complaint.escalated": {
        To.COMPLAINANT: NOTHING,
        To.BODY: Ask(_l("接办这件投诉。")),
        To.INSPECTORS: NOTHING,
    },
    "complaint.decided": Ask(_l("有不同意见的，按决定写明的救济途径提出。")),
    "complaint.completion_lapsed": {To.COMPLAINANT: NOTHING, To.BODY: ACCEPT},
    "complaint.joined": {
        To.COMPLAINANT: NOTHING,
        To.ASSISTING: Ask(_l("向牵头单位提交意见。"), "due"),
    },
    "complaint.opinion_given": DECIDE,
    "complaint.opinion_overdue": {To.BODY: DECIDE, To.SUPERIOR: WATCH, To.INSPECTORS: NOTHING},
    "complaint.closed": Ask(_l("可以评价这次办理。")),
    "credit.proposed": {
        To.PARTY: Ask(STATE, "credit.statement"),
        To.DECIDERS: Ask(_l("当事方陈述期满后，由提出人以外的人作出决定。")),
    },
    "credit.stated": Ask(_l("看过陈述后，由提出人以外的人作出决定。")),
    "credit.decided": Ask(_l("有不同意见的，可以申诉一次。"), "credit.appeal"),
    "credit.appealed": Ask(_l("由没有经手的人决定申诉。"), "credit.appeal_decision"),
    "credit.appeal_decided": NOTHING,
    "credit.repair_asked": Ask(_l("核对改正情况，决定是否修复。"), "credit.repair_decision"),
    "credit.repair_decided": NOTHING,
    "credit.expired": NOTHING,
    "credit.suspension_proposed": {
        To.PARTY: Ask(STATE, "credit.measure_statement"),
        To.SUSPENDERS: Ask(_l("机构陈述期满后，由提出人以外的人签发或不予签发。")),
    },
    "credit.suspension_stated": Ask(_l("看过陈述后，由提出人以外的人签发或不予签发。")),
    "credit.suspension_decided": Ask(_l("有不同意见的，可以依法申请行政复议或者提起行政诉讼。")),
    "credit.suspension_ended": NOTHING,
    "credit.removal_ended": NOTHING,
    "credit.talk_called": Ask(_l("按约定的日期和地点参加约谈。")),
    "credit.talk_held": Ask(_l("核对约谈记录，由签署人签字，可以补充说明。")),
    "credit.talk_ended": NOTHING,
    "behaviour.basis_proposed": Ask(_l("由另一人核对并批准。")),
    "oversight.reviewed": Ask(_l("看一看审阅意见；提出了问题的，请改正。")),
    "oversight.asked": Ask(_l("在期限内答复。"), "oversight.answer"),
    "oversight.answered": Ask(_l("看答复，需要的再审阅一次。")),
    "suspension.ordered": NOTHING,
    "suspension.ended": NOTHING,
    "calendar.missing": Ask(_l("导入国务院办公厅公布的下一年放假安排。")),
    "calendar.imported": Ask(_l("由另一人核对并批准。")),
    "rulebook.proposed": Ask(_l("由另一人核对并批准。")),
    "window.reminded": Ask(_l("请在到期之前办结。"), "due"),
    "window.overdue": Ask(_l("已经超期，请尽快办结。")),
    "window.moved": Ask(_l("按新的期限办理。"), "due"),
    "window.confirmed": Ask(_l("按确定的期限办理。"), "due"),
    "window.held": {
        To.RESPONSIBLE: NOTHING,
        To.EDITORS: Ask(_l("导入并批准工作日历。")),
    },
}


def ask_of(kind: str, to: To) -> Ask:
    """What a letter about such a fact asks of such a reader. KeyError: nobody has said."""
    found = ASKS[kind]
    return found if isinstance(found, Ask) else found[to]
