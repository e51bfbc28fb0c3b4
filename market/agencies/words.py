"""Words of agencies: why one may not enter, states with their colours (docs/rules.md#states)."""

import datetime as dt

from flask_babel import lazy_gettext as _l

from market.agencies.rules import LineState, State, Tier, Type, why_not

WORDS = {
    "agency.none": _l("没有这家中介服务机构，或尚未入驻。"),
    "agency.line_wrong_state": _l("这一服务事项现在的状态不能这样办理。"),
    "agency.wrong_state": _l(
        "这件申请或这家机构现在的状态不能这样办理，可能已由他人办理。请刷新页面查看。"
    ),
    "agency.valid_order": _l("“%(name)s”的有效期止早于有效期起，请核对。"),
    "agency.expired": _l(
        "“%(name)s”的有效期止为 %(valid_to)s，已经过期，不能用于申请。请先换证，或删去这一项。"
    ),
    "agency.not_yet_valid": _l("“%(name)s”的有效期从 %(valid_from)s 开始，今天尚未生效。"),
    "agency.not_enrolled": _l("贵机构尚未入驻，不能报名。"),
    "agency.not_active": _l("贵机构当前不在“已入驻”状态，不能报名。"),
    "agency.suspended": _l("贵机构已被暂停报名。暂停期满或恢复后可以报名；已中选的项目继续履行。"),
    "agency.no_line": _l("贵机构没有登记这一服务事项，不能报名。"),
    "agency.qualification_expired": _l(
        "贵机构承接这一事项的资质已到期，或在选取前将到期，不能报名。"
    ),
    "agency.no_line_of": _l("本公告合并选取几个事项，贵机构没有登记其中的 %(item)s，不能报名。"),
    "agency.qualification_expired_of": _l(
        "本公告合并选取几个事项，贵机构登记 %(item)s 的资质已过有效期，不能报名。"
    ),
    "agency.line_closed_of": _l(
        "本公告合并选取几个事项，贵机构登记的 %(item)s 当前不能报名，因此不能报名。"
    ),
    "agency.line_closed": _l("贵机构的这一服务事项当前不能报名。"),
}
EVENTS = {
    "agency.line_lapsed": _l("资质到期，事项停止报名"),
    "agency.qualification_expiring": _l("资质将到期，已提醒机构"),
}
STATES = {
    State.DRAFT: (_l("填写中"), "grey"),
    State.SUBMITTED: (_l("已提交，待核验"), "blue"),
    State.RETURNED: (_l("待补正"), "yellow"),
    State.REFUSING: (_l("拟不予入驻，可陈述"), "yellow"),
    State.REFUSED: (_l("不予入驻"), "red"),
    State.PROVISIONAL: (_l("容缺入驻"), "yellow"),
    State.ACTIVE: (_l("已入驻"), "green"),
    State.SUSPENDED: (_l("暂停报名"), "yellow"),
    State.REVOKING: (_l("撤销程序中（已暂停报名）"), "yellow"),
    State.REVOKED: (_l("入驻已撤销"), "red"),
    State.EXITING: (_l("退出办理中"), "grey"),
    State.EXITED: (_l("已退出"), "grey"),
    State.REMOVING: (_l("拟清退，可陈述"), "yellow"),
    State.REMOVED: (_l("已清退"), "red"),
}
LINE_STATES = {
    LineState.PENDING: (_l("待核验"), "blue"),
    LineState.REFUSED: (_l("未通过"), "red"),
    LineState.PROVISIONAL: (_l("容缺，可报名"), "yellow"),
    LineState.ACTIVE: (_l("可报名"), "green"),
    LineState.LAPSED: (_l("资质已到期"), "red"),
    LineState.SUSPENDED: (_l("暂停报名"), "yellow"),
    LineState.WITHDRAWN: (_l("已停办"), "grey"),
    LineState.ABOLISHED: (_l("事项已取消"), "grey"),
    LineState.BARRED: (_l("与审批机关有隶属关系，不得承接"), "red"),
}
CANNOT_NOW = (_l("暂不能报名"), "grey")


def line_tag(
    agency: State,
    line: LineState,
    valid_to: dt.date | None,
    on: dt.date,
    stopped_until: dt.date | None = None,
) -> tuple[object, str]:
    """Label and colour of a service line on a day: it says 可报名 where the agency may enter, and
    nowhere else. `stopped_until`: the last day of a measure on its record, None without one.
    """
    why = why_not(agency, line, valid_to, on)
    if why == "agency.suspended" or (why is None and stopped_until is not None):
        return STATES[State.SUSPENDED]
    if why == "agency.not_active":
        return CANNOT_NOW
    if why == "agency.qualification_expired":
        return LINE_STATES[LineState.LAPSED]
    return LINE_STATES[line]


SHEET = (
    _l("平台编号"),
    _l("名称"),
    _l("统一社会信用代码"),
    _l("机构类型"),
    _l("状态"),
    _l("登记地区"),
    _l("入驻日期"),
)
"""The columns of the directory that is saved."""
TYPES = {
    Type.ENTERPRISE: _l("企业"),
    Type.INSTITUTION: _l("事业单位"),
    Type.SOCIAL: _l("社会组织"),
    Type.INDIVIDUAL: _l("个体工商户"),
}
TIERS = {
    Tier.HERE: _l("本地"),
    Tier.CITY: _l("本市其他县（市、区）"),
    Tier.PROVINCE: _l("省内其他市"),
    Tier.ELSEWHERE: _l("省外"),
}
