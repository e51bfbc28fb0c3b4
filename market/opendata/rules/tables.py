"""The tables of open data: the data dictionary, from which files, API and page are written. Pure.

Money is in fen, instants are ISO 8601 on the wall of a Chinese office, codes are those of the log.
What the tables leave out (docs/rules.md#open-data): who entered before the seal, identity and
telephone numbers, who complains and what anybody wrote, natural persons who buy, flags.
"""

from market.opendata.rules import matters, standing
from market.opendata.rules.columns import N_, Table, date, fen, flag, instant, text, whole

NOTICES = Table(
    "notices",
    N_("选取公告"),
    ("number",),
    (
        text("number", N_("公告编号")),
        text("title", N_("标题")),
        text("state", N_("状态")),
        whole("listing", N_("第几次公告")),
        text("predecessor", N_("上一次公告的编号")),
        text("owner", N_("业主编号（自然人不公开）")),
        text("owner_kind", N_("业主类别")),
        text("owner_code", N_("业主统一社会信用代码")),
        text("owner_name", N_("业主名称（自然人不公开）")),
        text("item", N_("服务事项编码")),
        text("category", N_("服务类别")),
        text("regulator", N_("行业主管部门编号")),
        text("fund", N_("资金来源")),
        whole("fiscal_percent", N_("财政性资金占比（百分数）")),
        text("method", N_("选取方式")),
        fen("ceiling_fen", N_("最高限价（分）")),
        whole("service_days", N_("服务期限（日）")),
        flag("is_urgent", N_("是否紧急")),
        whole("rulebook", N_("适用的办法参数版本")),
        instant("published_at", N_("发布时间")),
        instant("entry_close", N_("报名截止时间")),
        instant("draw_at", N_("选取时间")),
        instant("amended_at", N_("最近一次更正的时间")),
        instant("announced_at", N_("结果公告时间")),
        text("failure", N_("选取失败的原因")),
        whole("entries", N_("有效报名家数")),
        text("draw", N_("选取编号")),
        text("draw_state", N_("选取状态")),
        text("draw_level", N_("随机数保证等级")),
        text("further", N_("合并选取的其他事项编码（用空格分开）")),
        text("joined", N_("合并选取的资质要求：全部具备或具备其一")),
    ),
)
ENTRIES = Table(
    "entries",
    N_("报名名单（封存以后）"),
    ("notice", "no"),
    (
        text("notice", N_("公告编号")),
        whole("no", N_("报名序号")),
        text("agency", N_("机构编号")),
        text("state", N_("状态：入列或不合格")),
        text("reason", N_("未入列的原因")),
        fen("quote_fen", N_("报价（分）")),
        instant("received_at", N_("收到时间")),
        whole("rank", N_("名次")),
        text("rank_state", N_("名次的状态")),
        text("rank_reason", N_("失去名次的原因")),
        text("ticket", N_("随机票号（十六进制）")),
    ),
)
SELECTIONS = Table(
    "selections",
    N_("选取（报名截止以后）"),
    ("number",),
    (
        text("number", N_("选取编号")),
        text("notice", N_("公告编号")),
        text("method", N_("选取方式")),
        text("state", N_("选取状态（不抽取的为公告状态）")),
        text("level", N_("随机数保证等级")),
        whole("entries", N_("有效报名家数")),
        instant("draw_at", N_("选取时间")),
        instant("announced_at", N_("结果公告时间")),
        text("failure", N_("选取失败的原因")),
    ),
)
SCORES = Table(
    "scores",
    N_("评审得分（报价开启以后）"),
    ("notice", "no"),
    (
        text("notice", N_("公告编号")),
        whole("no", N_("报名序号")),
        text("agency", N_("机构编号")),
        fen("quote_fen", N_("报价（分）")),
        text("invalid", N_("报价或方案无效的原因")),
        whole("price", N_("价格得分（百分之一分）")),
        whole("proposal", N_("方案得分（百分之一分）")),
        whole("total", N_("总分（百分之一分）")),
        whole("rank", N_("名次")),
        whole("sheets", N_("评审表份数")),
        whole("rate_bp", N_("下浮率（万分之一）")),
        whole("promised_days", N_("承诺的服务期限（日）")),
        whole("credit", N_("履约记分得分（百分之一分）")),
        whole("response", N_("服务期限得分（百分之一分）")),
    ),
)
DRAWS = Table(
    "draws",
    N_("选取的随机数"),
    ("number",),
    (
        text("number", N_("选取编号")),
        text("notice", N_("公告编号")),
        text("seed", N_("随机种子（十六进制）")),
        whole("entrants", N_("名单家数")),
        instant("drawn_at", N_("顺序公布时间")),
    ),
)
RESULTS = Table(
    "results",
    N_("中选公告（含已被替代的）"),
    ("notice", "rank"),
    (
        text("notice", N_("公告编号")),
        whole("rank", N_("名次")),
        text("number", N_("中选公告编号")),
        text("winner", N_("中选机构编号")),
        fen("amount_fen", N_("中选价（分）")),
        whole("entrants", N_("名单家数")),
        instant("published_at", N_("公布时间")),
        text("state", N_("这一名次现在的状态")),
    ),
)
AGENCIES = Table(
    "agencies",
    N_("中介机构"),
    ("number",),
    (
        text("number", N_("机构编号")),
        text("credit_code", N_("统一社会信用代码（个体工商户不批量公开）")),
        text("name", N_("名称")),
        text("kind", N_("机构类型")),
        text("state", N_("状态")),
        text("region", N_("注册地区划代码")),
        text("region_name", N_("注册地")),
        instant("enrolled_at", N_("入驻时间")),
    ),
)
SERVICE_LINES = Table(
    "service_lines",
    N_("机构可承接的事项"),
    ("agency", "item"),
    (
        text("agency", N_("机构编号")),
        text("item", N_("服务事项编码")),
        text("state", N_("状态")),
        date("valid_to", N_("资质有效期止")),
    ),
)
OWNERS = Table(
    "owners",
    N_("项目业主（单位）"),
    ("number",),
    (
        text("number", N_("业主编号")),
        text("kind", N_("业主类别")),
        text("name", N_("名称")),
        text("credit_code", N_("统一社会信用代码")),
    ),
)
BODIES = Table(
    "bodies",
    N_("管理机构和主管部门"),
    ("number",),
    (
        text("number", N_("单位编号")),
        text("kind", N_("类别")),
        text("name", N_("名称")),
        text("credit_code", N_("统一社会信用代码")),
    ),
)
ITEMS = Table(
    "items",
    N_("服务事项"),
    ("code",),
    (
        text("code", N_("服务事项编码")),
        text("category", N_("服务类别")),
        text("name", N_("名称")),
        text("regulator", N_("行业主管部门")),
        text("qualification", N_("资质要求")),
        text("legal_basis", N_("设定依据")),
        text("approval", N_("对应的审批事项")),
        whole("time_limit_days", N_("办理时限（工作日）")),
        whole("version", N_("版本")),
        text("state", N_("状态")),
        text("approving_body", N_("审批部门")),
    ),
)
COMPLAINTS = Table(
    "complaints",
    N_("投诉"),
    ("number",),
    (
        text("number", N_("投诉编号")),
        text("notice", N_("公告编号")),
        text("about", N_("投诉事由类别")),
        text("state", N_("状态")),
        text("body", N_("办理单位编号")),
        instant("filed_at", N_("投诉时间")),
        instant("accepted_at", N_("受理时间")),
        text("refusal", N_("不予受理的原因")),
        instant("acceptance_overdue_at", N_("受理逾期的时间")),
        instant("decided_at", N_("决定时间")),
        text("outcome", N_("处理结果")),
        text("remedies", N_("处理措施，以空格分隔")),
        instant("decision_overdue_at", N_("决定逾期的时间")),
        instant("withdrawn_at", N_("撤回时间")),
        instant("ended_at", N_("办结时间")),
        instant("published_at", N_("决定公开时间")),
        instant("remedied_at", N_("纠正时间")),
        instant("closed_at", N_("结案时间")),
        instant("hold_began_at", N_("暂缓发出通知书自")),
        instant("hold_ended_at", N_("暂缓发出通知书至")),
        whole("rating", N_("投诉人对办理的评价（1 至 5）")),
    ),
)
COMPLAINT_DUTIES = Table(
    "complaint_duties",
    N_("投诉办理期限"),
    ("complaint", "no"),
    (
        text("complaint", N_("投诉编号")),
        whole("no", N_("第几个期限")),
        text("duty", N_("期限类别")),
        text("body", N_("负责单位编号")),
        text("state", N_("状态")),
        instant("began_at", N_("起算时间")),
        instant("due_at", N_("到期时间（不含）")),
        instant("overdue_at", N_("逾期的时间")),
        instant("ended_at", N_("结束时间")),
    ),
)
RATINGS = Table(
    "ratings_by_month",
    N_("好差评（最近十二个月，按办结月份）"),
    ("body", "month"),
    (
        text("body", N_("单位编号")),
        text("month", N_("办结月份")),
        whole("finished", N_("办结件数")),
        whole("rated", N_("已评价件数")),
        whole("good", N_("对单位评 3 至 5 的件数")),
        whole("bad", N_("不满意件数（评 1 或 2，含对人员、平台）")),
        whole("rectified", N_("已整改件数")),
        whole("in_time", N_("按期整改件数")),
        whole("called", N_("已回访件数")),
        whole("days", N_("平均整改时间（百分之一日）")),
    ),
)
CALENDAR = Table(
    "calendar",
    N_("放假调休安排"),
    ("arrangement", "date"),
    (
        text("arrangement", N_("安排编号")),
        date("date", N_("日期")),
        flag("is_working", N_("是否工作日")),
        text("name", N_("节日")),
        text("document", N_("文号")),
    ),
)
PARAMETERS = Table(
    "rulebook_parameters",
    N_("办法参数"),
    ("version", "name"),
    (
        whole("version", N_("版本")),
        text("name", N_("参数")),
        text("value", N_("值")),
        text("unit", N_("单位")),
        date("in_force_from", N_("生效日期")),
        text("document", N_("文号")),
    ),
)
LOG = Table(
    "log_leaves",
    N_("公开日志"),
    ("log_index",),
    (
        text("type", N_("事实的类别")),
        text("subject", N_("编号")),
        instant("at", N_("时间")),
        text("hash", N_("叶哈希（十六进制）")),
        text("leaf", N_("原文（JSON）")),
    ),
)
TABLES = {
    table.name: table
    for table in (
        NOTICES,
        ENTRIES,
        SELECTIONS,
        SCORES,
        DRAWS,
        RESULTS,
        matters.LETTERS,
        matters.CONTRACTS,
        standing.CONTRACT_CHANGES,
        matters.PAYMENTS,
        matters.EVALUATIONS,
        standing.OWNER_FACTS,
        AGENCIES,
        SERVICE_LINES,
        standing.CREDIT_EVENTS,
        OWNERS,
        BODIES,
        ITEMS,
        standing.ITEM_VERSIONS,
        COMPLAINTS,
        COMPLAINT_DUTIES,
        standing.DECISIONS,
        standing.CARDS,
        RATINGS,
        standing.STATISTICS,
        CALENDAR,
        PARAMETERS,
        standing.BEHAVIOURS,
        LOG,
    )
}
"""Every table by its name, in the order of the dictionary."""
