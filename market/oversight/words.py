"""Words of oversight: checks, marks, outcomes, what the list is narrowed by, the columns of an export."""

from flask_babel import lazy_gettext as _l

from market.oversight.rules import Check, Mark, Outcome, Verdict
from market.oversight.rules.asking import Addressee

WORDS = {
    "oversight.unmarked": _l("请对这一项作出判断；不涉及的选“不涉及”。"),
    "oversight.no_remark": _l("请写明发现的问题和依据。"),
    "oversight.not_in_order": _l(
        "有检查项未通过或有意见，结论不能是“未发现问题”。请改选结论并写明情况。"
    ),
    "oversight.no_text": _l("请写明内容。"),
    "oversight.no_question": _l("没有找到这条询问。"),
    "oversight.answered": _l("这条询问已经答复，答复以后不再改动。"),
    "oversight.own_matter": _l(
        "您经办过这份公告，或本单位就是项目业主，不能由您审阅。请由其他人审阅。"
    ),
}
EVENTS = {
    "oversight.reviewed": _l("监管部门审阅了选取记录"),
    "oversight.asked": _l("监管部门就选取记录询问经办单位"),
    "oversight.answered": _l("经办单位答复了监管部门的询问"),
}
ADDRESSEES = {
    Addressee.OWNER: _l("项目业主"),
    Addressee.OFFICE: _l("中介超市运行机构"),
}

CHECKS = {
    Check.FROZEN: _l("公告文本与日志中的摘要一致"),
    Check.PERIOD: _l("报名时间不少于规定"),
    Check.REQUIREMENT: _l("资质要求未超出事项清单"),
    Check.CONDITIONS: _l("没有限制条件，或已说明理由"),
    Check.AMENDMENTS: _l("更正没有提前截止时间"),
    Check.NUMBERS: _l("每个报名编号都有且只有一个结局"),
    Check.EXCLUSIONS: _l("报名无效的都有理由"),
    Check.RECOMPUTED: _l("抽取结果可以重算"),
    Check.ORDER: _l("日志先后有序，见证达到公告的等级"),
    Check.RIGHTLY_EXCLUDED: _l("报名无效的认定正确（抽查）"),
    Check.INTERESTS: _l("经办人与参选机构没有应回避的关系"),
    Check.REASONS: _l("取消、选择的理由成立"),
    Check.AGREEMENT: _l("结果、通知书、合同一致"),
    Check.COMPLAINTS: _l("投诉由应当办理的单位办理"),
}
MARKS = {
    Mark.GOOD: _l("没有问题"),
    Mark.REMARK: _l("有意见"),
    Mark.NOT_ASKED: _l("不涉及"),
}
OUTCOMES = {
    Outcome.IN_ORDER: (_l("未发现问题"), "green"),
    Outcome.REMARK: (_l("有意见"), "yellow"),
    Outcome.FAULT: (_l("发现问题"), "red"),
    Outcome.CLUE: (_l("问题线索"), "red"),
}
VERDICTS = {
    Verdict.HOLDS: (_l("已重算"), "green"),
    Verdict.BROKEN: (_l("重算不符"), "red"),
    Verdict.UNDECIDED: (_l("未能重算"), "yellow"),
}
SYSTEM = {
    True: (_l("通过"), "green"),
    False: (_l("未通过"), "red"),
    None: (_l("尚无结果"), "grey"),
}
STEPS = {
    "drafted": _l("起草"),
    "signed": _l("审签"),
    "submitted": _l("提交"),
    "reviewed": _l("审核"),
    "published": _l("发布"),
    "overridden": _l("认定不构成限制条件"),
    "amended": _l("更正"),
    "cancelled": _l("取消"),
}
COLUMNS = (
    _l("公告编号"),
    _l("公告标题"),
    _l("状态"),
    _l("项目业主"),
    _l("服务事项"),
    _l("选取方式"),
    _l("资金来源"),
    _l("最高限价（元）"),
    _l("第几次公告"),
    _l("发布时间"),
    _l("中选公告时间"),
    _l("报名"),
    _l("有效"),
    _l("无效"),
    _l("截止后提交"),
    _l("中选机构"),
    _l("中选金额（元）"),
    _l("失败原因"),
    _l("超期事项"),
    _l("重算"),
    _l("审阅次数"),
    _l("投诉"),
)
"""The columns of an export, in its order (`export.cells`)."""
