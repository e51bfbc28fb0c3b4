"""The tables of open data: the data dictionary, from which files, API and page are written. Pure.

Money is in fen, instants are ISO 8601 on the wall of a Chinese office, codes are those of the log.
What the tables leave out (docs/rules.md#open-data): who entered before the seal, identity and
telephone numbers, who complains and what anybody wrote, natural persons who buy, flags.
"""

import dataclasses
import enum


class Sort(enum.StrEnum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    FEN = "fen"
    INSTANT = "instant"
    DATE = "date"
    FLAG = "flag"


@dataclasses.dataclass(frozen=True)
class Column:
    """One column: its name in files and API, what people call it, what it holds."""

    name: str
    title: str
    sort: Sort = Sort.TEXT


@dataclasses.dataclass(frozen=True)
class Table:
    """One table: its name, what people call it, the columns of its key, all columns."""

    name: str
    title: str
    key: tuple[str, ...]
    own: tuple[Column, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its own columns, and behind them those of every table."""
        return (*self.own, *COMMON)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def N_(text: str) -> str:  # noqa: N802 - the customary name of the marker that extraction looks for
    """Mark a text for translation where it is a constant."""
    return text


def _text(name: str, title: str) -> Column:
    return Column(name, title)


def _whole(name: str, title: str) -> Column:
    return Column(name, title, Sort.WHOLE)


def _fen(name: str, title: str) -> Column:
    return Column(name, title, Sort.FEN)


def _instant(name: str, title: str) -> Column:
    return Column(name, title, Sort.INSTANT)


def _date(name: str, title: str) -> Column:
    return Column(name, title, Sort.DATE)


def _flag(name: str, title: str) -> Column:
    return Column(name, title, Sort.FLAG)


COMMON = (
    _text("jurisdiction", N_("行政区划代码")),
    _whole("log_index", N_("公开日志序号（这一行因它而公开）")),
    _instant("updated_at", N_("日志最近一次提到它的时间")),
)
NOTICES = Table(
    "notices",
    N_("选取公告"),
    ("number",),
    (
        _text("number", N_("公告编号")),
        _text("title", N_("标题")),
        _text("state", N_("状态")),
        _whole("listing", N_("第几次公告")),
        _text("predecessor", N_("上一次公告的编号")),
        _text("owner", N_("业主编号（自然人不公开）")),
        _text("owner_kind", N_("业主类别")),
        _text("owner_code", N_("业主统一社会信用代码")),
        _text("owner_name", N_("业主名称（自然人不公开）")),
        _text("item", N_("服务事项编码")),
        _text("category", N_("服务类别")),
        _text("regulator", N_("行业主管部门编号")),
        _text("fund", N_("资金来源")),
        _whole("fiscal_percent", N_("财政性资金占比（百分数）")),
        _text("method", N_("选取方式")),
        _fen("ceiling_fen", N_("最高限价（分）")),
        _whole("service_days", N_("服务期限（日）")),
        _flag("is_urgent", N_("是否紧急")),
        _whole("rulebook", N_("适用的办法参数版本")),
        _instant("published_at", N_("发布时间")),
        _instant("entry_close", N_("报名截止时间")),
        _instant("draw_at", N_("选取时间")),
        _instant("amended_at", N_("最近一次更正的时间")),
        _instant("announced_at", N_("结果公告时间")),
        _text("failure", N_("选取失败的原因")),
        _whole("entries", N_("有效报名家数")),
        _text("draw", N_("选取编号")),
        _text("draw_state", N_("选取状态")),
        _text("draw_level", N_("随机数保证等级")),
    ),
)
ENTRIES = Table(
    "entries",
    N_("报名名单（封存以后）"),
    ("notice", "no"),
    (
        _text("notice", N_("公告编号")),
        _whole("no", N_("报名序号")),
        _text("agency", N_("机构编号")),
        _text("state", N_("状态：入列或不合格")),
        _text("reason", N_("未入列的原因")),
        _fen("quote_fen", N_("报价（分）")),
        _instant("received_at", N_("收到时间")),
        _whole("rank", N_("名次")),
        _text("rank_state", N_("名次的状态")),
        _text("rank_reason", N_("失去名次的原因")),
        _text("ticket", N_("随机票号（十六进制）")),
    ),
)
DRAWS = Table(
    "draws",
    N_("选取的随机数"),
    ("number",),
    (
        _text("number", N_("选取编号")),
        _text("notice", N_("公告编号")),
        _text("seed", N_("随机种子（十六进制）")),
        _whole("entrants", N_("名单家数")),
        _instant("drawn_at", N_("顺序公布时间")),
    ),
)
RESULTS = Table(
    "results",
    N_("中选公告（含已被替代的）"),
    ("notice", "rank"),
    (
        _text("notice", N_("公告编号")),
        _whole("rank", N_("名次")),
        _text("number", N_("中选公告编号")),
        _text("winner", N_("中选机构编号")),
        _fen("amount_fen", N_("中选价（分）")),
        _whole("entrants", N_("名单家数")),
        _instant("published_at", N_("公布时间")),
        _text("state", N_("这一名次现在的状态")),
    ),
)
LETTERS = Table(
    "letters",
    N_("中选通知书与合同登记"),
    ("notice", "rank"),
    (
        _text("notice", N_("公告编号")),
        _whole("rank", N_("名次")),
        _text("number", N_("通知书编号")),
        _text("document", N_("文号")),
        _text("state", N_("状态")),
        _text("winner", N_("中选机构编号")),
        _fen("amount_fen", N_("中选价（分）")),
        _instant("issued_at", N_("发出时间")),
        _instant("contract_overdue_at", N_("签约逾期的时间")),
        _instant("declined_at", N_("放弃时间")),
        _text("decline_reason", N_("放弃的原因")),
        _instant("voided_at", N_("失效时间")),
        _text("contract", N_("合同编号")),
        _date("signed_on", N_("签订日期")),
        _instant("registered_at", N_("合同登记时间")),
    ),
)
AGENCIES = Table(
    "agencies",
    N_("中介机构"),
    ("number",),
    (
        _text("number", N_("机构编号")),
        _text("credit_code", N_("统一社会信用代码（个体工商户不批量公开）")),
        _text("name", N_("名称")),
        _text("kind", N_("机构类型")),
        _text("state", N_("状态")),
        _text("region", N_("注册地区划代码")),
        _text("region_name", N_("注册地")),
        _instant("enrolled_at", N_("入驻时间")),
    ),
)
SERVICE_LINES = Table(
    "service_lines",
    N_("机构可承接的事项"),
    ("agency", "item"),
    (
        _text("agency", N_("机构编号")),
        _text("item", N_("服务事项编码")),
        _text("state", N_("状态")),
        _date("valid_to", N_("资质有效期止")),
    ),
)
OWNERS = Table(
    "owners",
    N_("项目业主（单位）"),
    ("number",),
    (
        _text("number", N_("业主编号")),
        _text("kind", N_("业主类别")),
        _text("name", N_("名称")),
        _text("credit_code", N_("统一社会信用代码")),
    ),
)
BODIES = Table(
    "bodies",
    N_("管理机构和主管部门"),
    ("number",),
    (
        _text("number", N_("单位编号")),
        _text("kind", N_("类别")),
        _text("name", N_("名称")),
        _text("credit_code", N_("统一社会信用代码")),
    ),
)
ITEMS = Table(
    "items",
    N_("服务事项"),
    ("code",),
    (
        _text("code", N_("服务事项编码")),
        _text("category", N_("服务类别")),
        _text("name", N_("名称")),
        _text("regulator", N_("行业主管部门")),
        _text("qualification", N_("资质要求")),
        _text("legal_basis", N_("设定依据")),
        _text("approval", N_("对应的审批事项")),
        _whole("time_limit_days", N_("办理时限（工作日）")),
        _whole("version", N_("版本")),
        _text("state", N_("状态")),
    ),
)
COMPLAINTS = Table(
    "complaints",
    N_("投诉"),
    ("number",),
    (
        _text("number", N_("投诉编号")),
        _text("notice", N_("公告编号")),
        _text("about", N_("投诉事由类别")),
        _text("state", N_("状态")),
        _text("body", N_("办理单位编号")),
        _instant("filed_at", N_("投诉时间")),
        _instant("accepted_at", N_("受理时间")),
        _text("refusal", N_("不予受理的原因")),
        _instant("acceptance_overdue_at", N_("受理逾期的时间")),
        _instant("decided_at", N_("决定时间")),
        _text("outcome", N_("处理结果")),
        _text("remedies", N_("处理措施，以空格分隔")),
        _instant("decision_overdue_at", N_("决定逾期的时间")),
        _instant("withdrawn_at", N_("撤回时间")),
        _instant("ended_at", N_("办结时间")),
        _instant("published_at", N_("决定公开时间")),
        _instant("remedied_at", N_("纠正时间")),
        _instant("closed_at", N_("结案时间")),
        _instant("hold_began_at", N_("暂缓发出通知书自")),
        _instant("hold_ended_at", N_("暂缓发出通知书至")),
        _whole("rating", N_("投诉人对办理的评价（1 至 5）")),
    ),
)
COMPLAINT_DUTIES = Table(
    "complaint_duties",
    N_("投诉办理期限"),
    ("complaint", "no"),
    (
        _text("complaint", N_("投诉编号")),
        _whole("no", N_("第几个期限")),
        _text("duty", N_("期限类别")),
        _text("body", N_("负责单位编号")),
        _text("state", N_("状态")),
        _instant("began_at", N_("起算时间")),
        _instant("due_at", N_("到期时间（不含）")),
        _instant("overdue_at", N_("逾期的时间")),
        _instant("ended_at", N_("结束时间")),
    ),
)
CALENDAR = Table(
    "calendar",
    N_("放假调休安排"),
    ("arrangement", "date"),
    (
        _text("arrangement", N_("安排编号")),
        _date("date", N_("日期")),
        _flag("is_working", N_("是否工作日")),
        _text("name", N_("节日")),
        _text("document", N_("文号")),
    ),
)
PARAMETERS = Table(
    "rulebook_parameters",
    N_("办法参数"),
    ("version", "name"),
    (
        _whole("version", N_("版本")),
        _text("name", N_("参数")),
        _text("value", N_("值")),
        _text("unit", N_("单位")),
        _date("in_force_from", N_("生效日期")),
        _text("document", N_("文号")),
    ),
)
LOG = Table(
    "log_leaves",
    N_("公开日志"),
    ("log_index",),
    (
        _text("type", N_("事实的类别")),
        _text("subject", N_("编号")),
        _instant("at", N_("时间")),
        _text("hash", N_("叶哈希（十六进制）")),
        _text("leaf", N_("原文（JSON）")),
    ),
)
TABLES = {
    table.name: table
    for table in (
        NOTICES,
        ENTRIES,
        DRAWS,
        RESULTS,
        LETTERS,
        AGENCIES,
        SERVICE_LINES,
        OWNERS,
        BODIES,
        ITEMS,
        COMPLAINTS,
        COMPLAINT_DUTIES,
        CALENDAR,
        PARAMETERS,
        LOG,
    )
}
"""Every table by its name, in the order of the dictionary."""
