"""The rulebook's words: refusals, facts of the log, states, units."""

from flask_babel import lazy_gettext as _l

from market.rulebook import ways
from market.rulebook.rules import State
from market.web.shown import Part

WORDS = {
    "rulebook.none_in_force": _l("%(day)s 没有生效的办法参数。请管理员先完成初始化。"),
    "rulebook.no_version": _l("没有第 %(version)s 版办法参数。"),
    "rulebook.proposal_pending": _l(
        "第 %(version)s 版正在等待批准，批准或退回之后才能再提出修改。"
    ),
    "rulebook.nothing_changes": _l("没有改动任何参数。"),
    "rulebook.unknown_parameter": _l("没有“%(name)s”这个参数。"),
    "rulebook.out_of_choice": _l("请在列出的各项中选择。"),
    "rulebook.wrong_kind": _l("参数“%(name)s”的值类型不对。"),
    "rulebook.wrong_unit": _l("参数“%(name)s”不能用这个单位。"),
    "rulebook.no_such_body": _l(
        "“投诉运行机构自身时的受理单位”："
        "没有名称或统一社会信用代码为“%(name)s”的管理机构或行业主管部门，请核对。"
    ),
    "rulebook.out_of_range": _l("要在 %(low)s 到 %(high)s 之间。"),
    "rulebook.text_too_long": _l("最多写 %(most)s 个字，不能有换行。"),
    "rulebook.unknown_way": _l("请从列表里选择选取方式，至少一种。"),
    "rulebook.way_never": _l("财政性资金和国有企业资金不能直接选取，不能开通。"),
    "rulebook.no_starter": _l("没有名为“%(name)s”的出厂参数，可用的有：%(known)s。"),
    "rulebook.not_empty": _l(
        "这个数据库已经有办法参数，不能再换成“%(name)s”。出厂参数只能在空库初始化时选定。"
    ),
    "rulebook.open_data_unnamed": _l("数据开放前，请写明开放目录及编号、开放类别和许可协议。"),
    "rulebook.no_document_number": _l("请写明文号，例如 瑞府办发〔2026〕12号。"),
    "rulebook.not_in_future": _l("生效日期要在 %(today)s 之后。"),
    "rulebook.before_newest": _l(
        "已批准的上一版从 %(day)s 起生效，这一版以它为基础，不能早于这一天生效。"
    ),
    "rulebook.same_person": _l("提出修改的人不能自己批准，请由另一位规则批准人批准。"),
    "rulebook.wrong_state": _l("这一版已经办结，不能再次批准或退回。"),
}
EVENTS = {
    "rulebook.proposed": _l("提出修改办法参数，待批准"),
    "rulebook.approved": _l("办法参数批准"),
    "rulebook.rejected": _l("办法参数修改退回"),
}
STATES = {
    State.PROPOSED: (_l("待批准"), "yellow"),
    State.APPROVED: (_l("已批准"), "green"),
    State.REJECTED: (_l("已退回"), "red"),
}
SHOWN = {
    "rulebook.document_number": Part(_l("文号")),
    "rulebook.title": Part(_l("文件标题")),
    "rulebook.in_force_from": Part(_l("生效日期")),
    "rulebook.digest": Part(_l("改动"), is_said=False),
    "rulebook.base": Part(_l("改动"), is_said=False),
}
SPANS = {
    "working_day": _l("%(n)s 个工作日"),
    "calendar_day": _l("%(n)s 日（自然日）"),
    "hour": _l("%(n)s 小时"),
    "minute": _l("%(n)s 分钟"),
}
"""A span of so many of each unit."""
COUNTS = {
    "家": _l("%(n)s 家"),
    "年": _l("%(n)s 年"),
    "秒": _l("%(n)s 秒"),
    "分钟": SPANS["minute"],
}
"""So many of what a plain parameter counts, where one and several are called differently."""
UNITS = {
    "working_day": _l("个工作日"),
    "calendar_day": _l("日（自然日）"),
    "hour": _l("小时"),
    "minute": _l("分钟"),
}
WAYS = {code: _l(title) for code, title in ways.WAYS.items()}
"""Ways of selecting by their codes."""
