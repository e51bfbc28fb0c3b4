"""The tables of what follows the award: letters, contracts, payments, evaluations. Pure."""

from market.opendata.rules.columns import N_, Table, date, fen, instant, text, whole

LETTERS = Table(
    "letters",
    N_("中选通知书与合同登记"),
    ("notice", "rank"),
    (
        text("notice", N_("公告编号")),
        whole("rank", N_("名次")),
        text("number", N_("通知书编号")),
        text("document", N_("文号")),
        text("state", N_("状态")),
        text("winner", N_("中选机构编号")),
        fen("amount_fen", N_("中选价（分）")),
        instant("issued_at", N_("发出时间")),
        instant("contract_overdue_at", N_("签约逾期的时间")),
        instant("declined_at", N_("放弃时间")),
        text("decline_reason", N_("放弃的原因")),
        instant("voided_at", N_("失效时间")),
        text("contract", N_("合同编号")),
        date("signed_on", N_("签订日期")),
        instant("registered_at", N_("合同登记时间")),
    ),
)
CONTRACTS = Table(
    "contracts",
    N_("合同（双方已确认）"),
    ("number", "agency"),
    (
        text("number", N_("合同编号")),
        text("notice", N_("公告编号")),
        text("title", N_("标题")),
        text("item", N_("服务事项编码")),
        text("owner", N_("业主编号（自然人不公开）")),
        text("agency", N_("机构编号")),
        text("state", N_("状态")),
        fen("amount_fen", N_("合同金额（分，仅公开财政和国有资金）")),
        date("signed_on", N_("签订日期")),
        whole("service_days", N_("服务期限（日）")),
        whole("changes", N_("双方同意的变更次数")),
    ),
)
PAYMENTS = Table(
    "payments_by_owner",
    N_("业主付款（财政和国有资金，验收以后）"),
    ("contract",),
    (
        text("contract", N_("合同编号")),
        text("notice", N_("公告编号")),
        text("owner", N_("业主编号")),
        fen("amount_fen", N_("应付金额（分）")),
        fen("paid_fen", N_("已登记付款（分，机构否认的不计）")),
        date("last_day", N_("付款期限（含当日）")),
        date("paid_on", N_("最近一次付款的日期")),
        text("state", N_("付款状态（按生成当日）")),
    ),
)
EVALUATIONS = Table(
    "evaluations",
    N_("双方互评（公开以后，不含文字）"),
    ("contract", "by"),
    (
        text("contract", N_("合同编号")),
        text("by", N_("评价方：业主或机构")),
        text("notice", N_("公告编号")),
        text("owner", N_("业主编号（自然人不公开）")),
        text("agency", N_("机构编号")),
        text("item", N_("服务事项编码")),
        whole("quality", N_("质量（1 至 5）")),
        whole("timeliness", N_("时效（1 至 5）")),
        whole("attitude", N_("态度（1 至 5）")),
        whole("fees", N_("收费（1 至 5）")),
        whole("conduct", N_("守信（1 至 5）")),
        whole("overall", N_("综合（百分之一分）")),
        instant("given_at", N_("评价时间")),
        instant("opened_at", N_("公开时间")),
        instant("replied_at", N_("回应时间")),
        instant("followed_at", N_("追加评价的时间")),
        text("appeal", N_("申诉的状态")),
        text("effect", N_("申诉成立的后果：文字隐去或不计入均分")),
    ),
)
