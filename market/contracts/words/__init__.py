"""Words of awards, their letters and matters: refusals, facts on the log, states with their colours
(docs/rules.md#states).
"""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from market.contracts.rules import Decline, Offer, State
from market.contracts.rules.change import NOT_OF, Change, ChangeState, Reason
from market.contracts.rules.change import REASONS as ALLOWED
from market.contracts.rules.matter import ContractState, Side, Track
from market.contracts.rules.unsigned import Fault, UnsignedState, Way
from market.contracts.words import inspecting, money
from market.web.shown import Part

WORDS = {
    "award.none": _l(
        "没有这份中选通知书。请核对编号；如果您手中的文书查不到，请勿据此签约，并联系中介超市协管办。"
    ),
    "award.not_a_number": _l("请输入文书编号，例如 瑞中选〔2026〕12号，或 TZ-360481-2026-00012。"),
    "award.signed_when": _l("签订日期应在发出通知书之日（%(issued)s）和今天（%(today)s）之间。"),
    "award.complaint_open": _l(
        "有投诉正在处理，暂时不能确认或放弃中选，也不能登记合同。投诉办结后再办理。"
    ),
    "award.wrong_state": _l("这项中选现在的状态不能这样办理。请刷新页面查看。"),
    "award.confirm_late": _l("确认期限已过，到期没有确认的，视为放弃中选。"),
    "unsigned.over": _l("陈述期限已过，或者现在没有需要陈述的事项。"),
    "unsigned.stated": _l("贵方已经陈述过了，陈述只有一次。"),
    "unsigned.wrong_state": _l(
        "责任认定现在的状态不能这样办理：双方陈述期满之前不能提出，提出后由另一人审签。"
    ),
    "unsigned.contract_waits": _l("有一方刚刚登记了合同，正等另一方核对；核对之前不作责任认定。"),
    "unsigned.same_person": _l("提出认定意见和审签的，不能是同一个人。"),
    "unsigned.note_missing": _l("退回的，请写明原因"),
    "contract.nothing_owed": _l("现在没有到期应付而未付的金额。"),
    "contract.claim_waits": _l("已经请业主确认，正在等待答复。"),
    "contract.claim_paid": _l(
        "现在未付的金额少于请求确认的金额，不能确认。请选择不确认，并写明已付的金额和凭证。"
    ),
    "contract.claim_answered": _l("业主已经答复过了。请刷新页面查看。"),
    "contract.no_claim": _l("没有找到这份应收账款确认书，请核对编号；查不到的，请勿据此办理融资。"),
    "contract.claim_reasons": _l("不确认的，请写明原因"),
    "contract.not_late": _l("付款期限还没有过，到期后仍未付款的才能发出催款函。"),
    "contract.demanded_lately": _l("%(on)s 已经发出过催款函，下一封最早 %(following)s 发出。"),
    "contract.none": _l("没有找到这份合同，或者它还没有经双方确认。请核对编号。"),
    "contract.wrong_state": _l("这份合同现在的状态不能这样办理。请刷新页面查看。"),
    "contract.waits": _l("合同已由一方登记，正等另一方核对确认。"),
    "contract.same_person": _l("登记合同和核对确认合同的，不能是同一个人。"),
    "contract.party_differs": _l("合同上的名称与中选通知书不一致，通知书写的是：%(name)s"),
    "contract.amount_differs": _l(
        "合同金额与中选金额不一致（差一分也不行），中选金额是 %(amount)s。"
        "合同写错的，请双方改正合同后再登记"
    ),
    "contract.days_differ": _l("服务期限与选取公告不一致，公告写的是 %(days)s 天"),
    "contract.pays_too_late": _l(
        "机关、事业单位的付款期限最长 %(most)s 天（《保障中小企业款项支付条例》第九条），"
        "超过的约定请双方改正"
    ),
    "contract.question_missing": _l("不一致的，请写明哪里不一致"),
    "contract.started_when": _l("开始日期应在签订日期（%(signed)s）和今天（%(today)s）之间"),
    "contract.acceptor_signed": _l(
        "起草公告、审签公告或签订合同的人不能验收，请由本单位另一位履约验收人办理。"
    ),
    "contract.list_empty": _l("退回的，请把不符合的要求判为不符合，或者列出需要修改的内容"),
    "contract.list_long": _l("清单最多 %(most)s 条，每条最多 %(longest)s 个字"),
    "contract.no_change": _l("没有等待答复的合同变更。"),
    "contract.change_waits": _l("已有一项合同变更在等待答复，请先答复或者撤回。"),
    "contract.change_answered": _l("这项变更已经答复过了。请刷新页面查看。"),
    "contract.change_when": _l("合同现在的状态不能这样变更。请刷新页面查看。"),
    "contract.change_reason": _l("请选择这种变更可用的原因"),
    "contract.change_days": _l("延长的天数应在 1 到 %(most)s 之间"),
    "contract.change_amount": _l("变更后的金额应大于零"),
    "contract.change_same": _l("变更后的金额与现在的合同金额相同"),
    "contract.change_person": _l("请填写新的项目负责人，不能与现在的相同"),
    "contract.head_differs": _l(
        "合同登记的项目负责人是 %(name)s，成果应由他确认；更换的，请先提出变更并经业主同意"
    ),
    "contract.change_approval": _l(
        "变更合计超过原合同金额的 %(percent)s%%，财政性或者国有资金须填写批准文号"
    ),
    "contract.end_amount": _l("结算金额应在 0 和合同金额（%(most)s）之间"),
    "contract.second_same_person": _l("会签的人不能是业主方提出或者同意变更的人。"),
    "contract.objection_missing": _l("不同意解除的，请写明理由"),
    "contract.no_payment": _l("没有找到这笔付款。"),
    "contract.payment_answered": _l("这笔付款已经核对过了。请刷新页面查看。"),
    "contract.pays_nothing": _l("付款金额应大于零"),
    "contract.overpaid": _l("付款金额超过未付的金额，未付 %(left)s"),
    "contract.paid_when": _l("付款日期不能晚于今天（%(today)s）"),
    **inspecting.WORDS,
    **money.WORDS,
}
EVENTS = {
    "award.offered": _l("请中选机构确认"),
    "award.qualification_lapsed": _l("履约期间中选机构资质到期，已告知业主"),
    "award.confirmed": _l("中选机构确认接受中选"),
    "award.lapsed": _l("中选机构逾期未确认，视为放弃中选"),
    "award.blocked": _l("中选通知书暂缓发出"),
    "award.offer_void": _l("中选通知书不再发出"),
    "award.issued": _l("发出中选通知书"),
    "award.held": _l("因投诉暂缓发出或执行中选通知书"),
    "award.resumed": _l("中选通知书恢复有效"),
    "award.declined": _l("中选机构放弃中选"),
    "award.void": _l("中选通知书失效"),
    "award.contract_overdue": _l("逾期未签合同"),
    "award.contracted": _l("登记合同"),
    "award.hearing_opened": _l("逾期未签合同，请双方陈述申辩"),
    "award.side_stated": _l("一方已陈述未签合同的原因"),
    "award.finding_due": _l("陈述申辩期满，待认定责任"),
    "award.fault_proposed": _l("提出责任认定意见，待审签"),
    "award.fault_returned": _l("责任认定意见退回"),
    "award.fault_found": _l("认定未签合同的责任"),
    "award.finding_escalated": _l("责任认定超期，改由上级认定"),
    "award.unsigned_ended": _l("未签合同的责任认定终止"),
    "contract.proposed": _l("一方登记合同，等另一方核对"),
    "contract.questioned": _l("另一方认为登记的合同与签订的不一致"),
    "contract.dropped": _l("未经双方确认的合同登记失效"),
    "contract.confirmed": _l("双方确认合同"),
    "contract.adopted": _l("已登记的合同转入履约流程"),
    "contract.started": _l("开始服务"),
    "contract.progressed": _l("报告服务进展"),
    "contract.delivered": _l("交付成果"),
    "contract.returned": _l("成果退回修改"),
    "contract.accepted": _l("成果验收通过"),
    "contract.change_asked": _l("一方提出合同变更，等另一方答复"),
    "contract.cancel_asked": _l("一方提出解除合同，等另一方说明意见"),
    "contract.cancel_objected": _l("另一方对解除合同提出异议"),
    "contract.change_void": _l("待答复的合同变更失效"),
    "contract.terminated": _l("投诉处理决定解除合同"),
    "contract.settlement_due": _l("合同已解除，等双方商定结算金额"),
    "contract.unsettled": _l("到期没有商定结算金额"),
    "contract.change_agreed": _l("双方同意合同变更，等业主会签"),
    "contract.changed": _l("合同变更生效"),
    "contract.change_refused": _l("合同变更没有同意"),
    "contract.change_withdrawn": _l("撤回合同变更"),
    "contract.paid": _l("业主登记付款"),
    "contract.received": _l("机构确认收款"),
    "contract.receipt_lapsed": _l("机构到期未对付款提出异议"),
    "contract.not_received": _l("机构表示没有收到这笔付款"),
    "contract.pay_reminded": _l("提醒业主付款"),
    "contract.claim_asked": _l("机构请业主确认应收账款"),
    "contract.claim_answered": _l("业主答复应收账款确认"),
    "contract.demanded": _l("机构发出催款函"),
    "contract.closed": _l("履约办结"),
    **money.EVENTS,
}
STATES = {
    State.ISSUED: (_l("已发中选通知书，待签合同"), "green"),
    State.HELD: (_l("投诉处理中，暂缓签约"), "yellow"),
    State.CONTRACT_OVERDUE: (_l("逾期未签合同"), "red"),
    State.DECLINED: (_l("已放弃"), "red"),
    State.CONTRACTED: (_l("合同已登记"), "green"),
    State.VOID: (_l("通知书已失效"), "red"),
    State.FORFEITED: (_l("未签合同，取消中选"), "red"),
    State.RELEASED: (_l("未签合同，通知书终止"), "red"),
}
OFFERS = {
    Offer.AWAITING: (_l("待机构确认"), "blue"),
    Offer.BLOCKED: (_l("容缺材料未齐，暂缓发出"), "yellow"),
    Offer.HELD: (_l("投诉处理中，暂缓发出"), "yellow"),
    Offer.DECLINED: (_l("已放弃"), "red"),
    Offer.VOID: (_l("中选已失效，不再发出通知书"), "red"),
}
NOT_YET = (_l("尚未发出"), "yellow")
"""What the public reads where the reason is for the winner, the owner and the office alone
(docs/rules.md#states).
"""
DECLINES = {
    Decline.FORCE_MAJEURE: _l("不可抗力"),
    Decline.TERMS_CHANGED: _l("业主变更了公告中的条件"),
    Decline.OWNER_LATE: _l("业主逾期不签合同"),
    Decline.CAPACITY: _l("人员或设备不能按期到位"),
    Decline.OTHER: _l("其他原因"),
}
CONTRACTS = {
    ContractState.PROPOSED: (_l("待对方核对合同"), "blue"),
    ContractState.QUESTIONED: (_l("合同登记有异议，待重新登记"), "yellow"),
    ContractState.NOT_STARTED: (_l("待开始"), "blue"),
    ContractState.RUNNING: (_l("进行中"), "blue"),
    ContractState.STOPPED: (_l("已暂停"), "yellow"),
    ContractState.DELIVERED: (_l("待验收"), "blue"),
    ContractState.RETURNED: (_l("退回修改"), "yellow"),
    ContractState.ACCEPTED: (_l("已验收，待付款"), "green"),
    ContractState.CLOSED: (_l("已办结"), "grey"),
    ContractState.SETTLING: (_l("已解除，待结算"), "yellow"),
    ContractState.ENDED: (_l("已终止"), "grey"),
    ContractState.VOID: (_l("登记已失效"), "red"),
}
CHANGES = {
    Change.EXTEND: _l("延长服务期限"),
    Change.AMOUNT: _l("变更合同金额"),
    Change.STOP: _l("暂停服务"),
    Change.RESUME: _l("恢复服务"),
    Change.END: _l("终止合同"),
    Change.CANCEL: _l("单方解除合同"),
    Change.SCOPE: _l("变更服务内容"),
    Change.PERSON: _l("更换项目负责人"),
    Change.SETTLE: _l("商定结算金额"),
}
REASONS = {
    Reason.OWNER_INPUT_LATE: _l("业主资料或者配合不到位"),
    Reason.AUTHORITY_LATE: _l("行政机关办理的环节延误"),
    Reason.FORCE_MAJEURE: _l("不可抗力"),
    Reason.OWN_DELAY: _l("机构自身原因（延长的天数在履约情况中注明）"),
    Reason.SCOPE: _l("工作量增减"),
    Reason.AGREED: _l("双方协商一致"),
    Reason.PROJECT_ENDED: _l("项目停止或者取消"),
    Reason.CAUSE_GONE: _l("暂停的原因已经消除"),
    Reason.AGENCY_FAULT: _l("机构违约"),
    Reason.OWNER_FAULT: _l("业主违约"),
    Reason.OWNER_NEED: _l("业主的需要或者要求"),
    Reason.RULES_CHANGED: _l("规划、标准或者审批要求变化"),
    Reason.CANNOT_SERVE: _l("原负责人不能继续履职"),
    Reason.RULED: _l("有生效的裁判、裁决或者调解书"),
}
REGISTER_SHEET = (
    _l("编号"),
    _l("选取公告"),
    _l("标题"),
    _l("服务事项"),
    _l("项目业主"),
    _l("中选机构"),
    _l("状态"),
    _l("合同金额（元）"),
    _l("签订日期"),
    _l("服务期限（天）"),
    _l("生效的变更"),
)
"""The columns of the public register that is saved."""
NOT_NAMED = _l("自然人")
"""Instead of the name of a natural person who buys."""
CHANGE_STATES = {
    ChangeState.ASKED: (_l("待对方答复"), "blue"),
    ChangeState.SECOND: (_l("待业主会签"), "blue"),
    ChangeState.AGREED: (_l("已生效"), "green"),
    ChangeState.REFUSED: (_l("没有同意"), "grey"),
    ChangeState.WITHDRAWN: (_l("已撤回"), "grey"),
    ChangeState.STOOD: (_l("已生效，对方没有同意"), "yellow"),
    ChangeState.VOID: (_l("已失效"), "grey"),
}
AGREED = "agreed"
DISAGREED = "disagreed"
OPINIONS = {
    AGREED: _l("同意解除和结算金额"),
    DISAGREED: _l("不同意（合同仍然解除，意见记录在案）"),
}
ANSWERS = {AGREED: _l("同意"), DISAGREED: _l("不同意")}


def reasons_of(change: Change, side: Side | None) -> dict[Reason, LazyString]:
    """The reasons that a side may have for a kind of change, in their order."""
    return {
        reason: label
        for reason, label in REASONS.items()
        if reason in ALLOWED[change]
        and not (change is Change.CANCEL and NOT_OF.get(reason) is side)
    }


SIDES = {Side.OWNER: _l("业主"), Side.AGENCY: _l("机构")}
TRACKS = {Track.LONG: _l("完整流程"), Track.SHORT: _l("简易流程（四步）")}
STEPS = {
    Track.LONG: (
        _l("双方登记合同"),
        _l("开始服务"),
        _l("交付成果"),
        _l("验收"),
        _l("付款"),
        _l("办结"),
    ),
    Track.SHORT: (
        _l("双方确认合同"),
        _l("交付成果"),
        _l("验收"),
        _l("付款"),
    ),
}
"""The way through a matter; the first that is not done is its present step."""
_LONG = {
    ContractState.PROPOSED: 0,
    ContractState.QUESTIONED: 0,
    ContractState.VOID: 0,
    ContractState.NOT_STARTED: 1,
    ContractState.RUNNING: 2,
    ContractState.STOPPED: 2,
    ContractState.RETURNED: 2,
    ContractState.DELIVERED: 3,
    ContractState.ACCEPTED: 4,
    ContractState.CLOSED: 6,
    ContractState.SETTLING: 4,
    ContractState.ENDED: 4,
}
STEP_OF = {
    Track.LONG: _LONG,
    Track.SHORT: {state: max(step - 1, 0) for state, step in _LONG.items()},
}
CONFIRMED = "confirmed"
QUESTIONED = "questioned"
LOOKED_AT = {
    CONFIRMED: _l("与双方签订的合同一致，确认"),
    QUESTIONED: _l("不一致，请重新登记"),
}
FAULTS = {
    Fault.AGENCY: _l("机构无正当理由不签合同"),
    Fault.OWNER: _l("业主无正当理由不签合同"),
    Fault.NEITHER: _l("双方都没有过错（不可抗力等）"),
}
WAYS = {
    Way.NEXT_RANK: _l("取消中选，由下一名递补并重新公示"),
    Way.RELIST: _l("中选结果撤销，机构不承担责任，可以重新发布"),
    Way.MORE_TIME: _l("签订合同的期限重新计算一次"),
}
PROCEDURES = {
    UnsignedState.HEARING: (_l("陈述申辩中"), "yellow"),
    UnsignedState.FINDING: (_l("待认定责任"), "yellow"),
    UnsignedState.PROPOSED: (_l("待认定责任"), "yellow"),
    UnsignedState.DECIDED: (_l("已认定责任"), "grey"),
    UnsignedState.ENDED: (_l("已终止"), "grey"),
}
SIGNED = "signed"
SENT_BACK = "sent_back"
SIGNING = {
    SIGNED: _l("同意，签发"),
    SENT_BACK: _l("退回"),
}
SHOWN = {
    "unsigned.state": Part(_l("办理状态"), is_said=False),
    "unsigned.owner": Part(_l("业主陈述"), is_said=False),
    "unsigned.agency": Part(_l("机构陈述"), is_said=False),
    "unsigned.fault": Part(_l("认定"), FAULTS),
    "unsigned.reasons": Part(_l("理由"), is_said=False),
    "unsigned.basis": Part(_l("依据"), is_said=False),
    "unsigned.proposed_at": Part(_l("提出时间")),
    "contract.state": Part(_l("合同的状态"), is_said=False),
    "contract.registered_at": Part(_l("登记时间")),
    "contract.signed_on": Part(_l("签订日期")),
    "contract.amount_fen": Part(_l("合同金额")),
    "contract.service_days": Part(_l("服务期限")),
    "contract.pay_days": Part(_l("付款期限")),
    "contract.requirements": Part(_l("验收要求"), is_said=False),
    "contract.head": Part(_l("项目负责人"), is_said=False),
    "contract_change.person": Part(_l("新的项目负责人"), is_said=False),
    "contract.is_sme": Part(_l("中小企业声明"), is_said=False),
    "contract_claim.no": Part(_l("应收账款确认"), is_said=False),
    "contract_claim.amount_fen": Part(_l("请求确认的金额")),
    "contract_dispute.no": Part(_l("付款争议"), is_said=False),
    "contract_dispute.amount_fen": Part(_l("争议金额")),
    "contract.left_fen": Part(_l("现在未付")),
    "contract.track": Part(_l("流程"), TRACKS),
    "contract.file": Part(_l("合同文件"), is_said=False),
    "contract.version": Part(_l("成果版本")),
    "contract.delivered": Part(_l("成果文件"), is_said=False),
    "contract_change.no": Part(_l("变更"), is_said=False),
    "contract_change.state": Part(_l("变更的状态"), is_said=False),
    "contract_change.change": Part(_l("变更内容"), CHANGES),
    "contract_change.reason": Part(_l("变更原因"), REASONS),
    "contract_change.days": Part(_l("延长天数")),
    "contract_change.amount_fen": Part(_l("变更后的合同金额")),
    "contract_change.approval": Part(_l("批准文号")),
    "contract_change.statement": Part(_l("情况说明"), is_said=False),
    "contract.payments": Part(_l("付款登记"), is_said=False),
}
