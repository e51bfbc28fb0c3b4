"""The tables of what stands behind the selections: how parties keep their word, versions of items,
decisions, monthly figures, the table of behaviours. Pure.

What these leave out (docs/rules.md#open-data): minor and repaired records and what was only
proposed, cards that the place has not made public, what anybody wrote.
"""

from market.opendata.rules.columns import N_, Table, date, fen, instant, text, whole

CONTRACT_CHANGES = Table(
    "contract_changes",
    N_("合同变更（双方同意并生效的）"),
    ("log_index",),
    (
        text("contract", N_("合同编号")),
        text("notice", N_("公告编号")),
        whole("no", N_("第几次变更申请")),
        text("change", N_("变更内容")),
        text("reason", N_("变更原因类别（单方解除的不公开）")),
        text("by", N_("提出方：业主或机构")),
        whole("days", N_("增加的日历日")),
        fen("amount_fen", N_("变更后的合同金额（分，仅公开财政和国有资金）")),
        instant("changed_at", N_("生效时间")),
    ),
)
OWNER_FACTS = Table(
    "owner_facts",
    N_("业主履约事实（单位）"),
    ("owner",),
    (
        text("owner", N_("业主编号")),
        whole("contracts", N_("双方已确认的合同份数")),
        whole("accepted", N_("已验收的份数")),
        whole("closed", N_("已办结的份数")),
        whole("changed", N_("有变更的份数")),
        whole("inspections_late", N_("验收曾经逾期的份数")),
        whole("evaluations", N_("机构已公开的评价件数")),
        whole("overall", N_("机构评价的均分（百分之一分）")),
    ),
)
CREDIT_EVENTS = Table(
    "credit_events_in_force",
    N_("有效的履约记录（不含一般、已修复和已过期的）"),
    ("number",),
    (
        text("number", N_("记录编号")),
        text("agency", N_("机构编号")),
        text("behaviour", N_("行为代码")),
        text("grade", N_("程度")),
        whole("points", N_("记分")),
        text("measure", N_("措施")),
        text("article", N_("措施依据的条文")),
        text("body", N_("作出决定的单位编号")),
        text("state", N_("状态")),
        date("happened_on", N_("行为发生日期")),
        date("counts_from", N_("有效期自（含）")),
        date("counts_until", N_("有效期至（不含）")),
    ),
)
ITEM_VERSIONS = Table(
    "item_versions",
    N_("服务事项的历次版本"),
    ("item", "version", "state"),
    (
        text("item", N_("服务事项编码")),
        whole("version", N_("版本")),
        text("state", N_("状态：发布或取消")),
        instant("at", N_("时间")),
    ),
)
DECISIONS = Table(
    "decisions",
    N_("投诉处理决定"),
    ("complaint",),
    (
        text("complaint", N_("投诉编号")),
        text("notice", N_("公告编号")),
        text("body", N_("作出决定的单位编号")),
        text("outcome", N_("处理结果")),
        text("remedies", N_("处理措施，以空格分隔")),
        instant("decided_at", N_("决定时间")),
        instant("published_at", N_("决定公开时间")),
        text("digest", N_("公开文本的 SHA-256（十六进制）")),
    ),
)
CARDS = Table(
    "faults_and_cards",
    N_("效能提示卡（当地决定公开的）"),
    ("number",),
    (
        text("number", N_("提示卡编号")),
        text("body", N_("单位编号")),
        text("body_kind", N_("单位类别")),
        text("behaviour", N_("行为代码")),
        text("colour", N_("颜色")),
        whole("faults", N_("依据的效能问题件数")),
        text("document", N_("发卡依据的文号")),
        text("state", N_("状态")),
        instant("issued_at", N_("发出时间")),
        instant("planned_at", N_("提交整改计划的时间")),
        instant("withdrawn_at", N_("撤回时间")),
    ),
)
STATISTICS = Table(
    "statistics_by_month",
    N_("月度统计（最近十二个月，每天计算一次）"),
    ("month", "measure"),
    (
        text("month", N_("月份")),
        text("measure", N_("指标")),
        whole("numerator", N_("分子（天数为百分之一日，计数即其数）")),
        whole("denominator", N_("分母（0 表示没有可计的）")),
    ),
)
BEHAVIOURS = Table(
    "behaviours",
    N_("履约行为目录"),
    ("code",),
    (
        text("code", N_("行为代码")),
        text("party", N_("对谁")),
        text("text", N_("行为")),
        text("grade", N_("程度")),
        text("points", N_("可记的分，以空格分隔")),
        whole("months", N_("有效月数")),
        text("basis", N_("依据")),
        text("proposes", N_("谁提出")),
        text("decides", N_("谁决定")),
        text("effect_points", N_("今天生效的分，以空格分隔")),
        text("effect_measure", N_("今天生效的措施")),
        text("article", N_("使其生效的条文")),
        date("in_force_from", N_("条文生效日期")),
    ),
)
