"""Words of awards and their letters: refusals, facts on the log, states with their colours
(docs/rules.md#states).
"""

from flask_babel import lazy_gettext as _l

from market.contracts.rules import Decline, Offer, State

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
}
STATES = {
    State.ISSUED: (_l("已发中选通知书，待签合同"), "green"),
    State.HELD: (_l("投诉处理中，暂缓签约"), "yellow"),
    State.CONTRACT_OVERDUE: (_l("逾期未签合同"), "red"),
    State.DECLINED: (_l("已放弃"), "red"),
    State.CONTRACTED: (_l("合同已登记"), "green"),
    State.VOID: (_l("通知书已失效"), "red"),
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
