"""The parameters of procedure, with their defaults and where each comes from. Pure.

A rulebook is one version of all of them; what a notice was published under holds for it to its end
(docs/rules.md#decision-1).
"""

import dataclasses
import enum
import hashlib
import json
from collections.abc import Mapping
from typing import cast

from market.kernel.states import move
from market.rulebook import auctions, judging, overseeing, ways
from market.rulebook.headings import (
    COMPLAINTS,
    CONTRACTS,
    CREDIT,
    CUSTOMER,
    ENROLMENT,
    GUANGDONG,
    KEEPING_LAW,
    OPENNESS,
    OVERSIGHT,
    PAYMENT_RULES,
    PLATFORM,
    PROCUREMENT_LAW,
    RUICHANG,
    SELECTION,
    TENDER_RULES,
    days,
    flag,
    money,
    number,
    text,
)
from market.rulebook.parameters import N_, A
from market.rulebook.parameters import (
    Amount as Amount,  # what a rulebook is made of, read from here
)
from market.rulebook.parameters import Kind as Kind
from market.rulebook.parameters import Parameter as Parameter
from market.rulebook.parameters import Value as Value

DAYS = ("working_day", "calendar_day")
MINUTE = "minute"
STARTERS = (COUNTY, CITY) = ("county", "city")  # the rulebooks that come with the product


class State(enum.StrEnum):
    """A proposed version counts for nothing until a second person approves it."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


NEXT = {State.PROPOSED: {State.APPROVED, State.REJECTED}}


GROUPS = (ENROLMENT, SELECTION, CONTRACTS, COMPLAINTS, CREDIT, OVERSIGHT, OPENNESS)


def _ways(title: str) -> Parameter[str]:
    return Parameter(SELECTION, title, Kind.WAYS, "random", "", PLATFORM)


@dataclasses.dataclass(frozen=True)
class Rulebook:
    """One version, whole and immutable.

    `rulebook.accept_days` is the amount, `rulebook.window(Rulebook.accept_days)` the span. A
    parameter that came with a later release than the version has its default.
    """

    version: int
    values: Mapping[str, Value]

    # Each: its group, what people call it, the default, where that comes from; `low` and `high`
    # only bound what a rulebook may say instead.
    complaint_file_days = days(COMPLAINTS, N_("中选公告后可投诉（即公示期）"), 3, RUICHANG, high=15)
    accept_days = days(COMPLAINTS, N_("决定是否受理"), 2, RUICHANG, high=15)
    decide_days = days(COMPLAINTS, N_("受理后作出处理决定"), 15, RUICHANG)
    completion_days = days(COMPLAINTS, N_("补正投诉材料（一次）"), 3, PLATFORM)
    answer_days = days(COMPLAINTS, N_("被投诉人答复"), 5, PLATFORM)
    hand_over_days = days(COMPLAINTS, N_("移交问题线索；到时询问"), 1, PLATFORM, high=5)
    hand_over_ask_days = days(COMPLAINTS, N_("移交签收后可以询问一次"), 15, PLATFORM, high=60)
    transfer_days = days(COMPLAINTS, N_("移送有权处理的单位"), 1, PLATFORM)
    takeover_days = days(COMPLAINTS, N_("超期后由上级接办；接办单位自己的办理期限"), 5, PLATFORM)
    publish_days = days(COMPLAINTS, N_("作出处理决定后公开"), 5, PLATFORM)
    remedy_days = days(COMPLAINTS, N_("处理决定公开后报告已纠正"), 10, PLATFORM)
    call_back_days = days(COMPLAINTS, N_("纠正后（不成立的：公开后）回访投诉人"), 5, PLATFORM)
    conduct_file_days = days(COMPLAINTS, N_("对入驻决定和窗口服务可投诉"), 5, PLATFORM)
    hold_cap_days = days(
        COMPLAINTS,
        N_("受理后暂缓发出中选通知书最长"),
        30,
        PROCUREMENT_LAW,
        high=90,
        unit="calendar_day",
    )
    expert_stop_allowed = flag(COMPLAINTS, N_("专家鉴定期间停止计算办理期限"), CUSTOMER)
    keep_years = number(
        COMPLAINTS, N_("作出决定的投诉至少保存"), 15, N_("年"), KEEPING_LAW, low=15, high=100
    )
    identity_check_days = days(
        COMPLAINTS,
        N_("核验投诉人等的实名身份；到期未核验的，公开暂缓自动开始"),
        1,
        PLATFORM,
        high=5,
    )
    self_complaint_body = text(COMPLAINTS, N_("投诉运行机构自身时的受理单位"), CUSTOMER)
    formal_check_days = days(ENROLMENT, N_("入驻形式核验"), 2, GUANGDONG)
    correction_days = days(ENROLMENT, N_("补正入驻材料（一次性告知）"), 5, PLATFORM)
    statement_days = days(ENROLMENT, N_("撤销入驻、因投诉决定暂停报名前陈述申辩"), 3, PLATFORM)
    suspend_cap_days = number(
        ENROLMENT,
        N_("因登记簿上的事实暂停报名，最长几日后重新核对"),
        30,
        N_("日（自然日）"),
        CUSTOMER,
        low=1,
        high=180,
    )
    removal_statement_days = days(ENROLMENT, N_("清退前陈述申辩"), 5, PLATFORM)
    enrolment_publicity_days = days(ENROLMENT, N_("入驻公示（入驻后）"), 5, PLATFORM)
    activation_link_hours = days(
        ENROLMENT, N_("账户激活链接有效"), 48, GUANGDONG, high=168, unit="hour"
    )
    entry_window_days = days(SELECTION, N_("报名时间最短"), 3, PLATFORM, high=30)
    entry_window_urgent_days = days(SELECTION, N_("紧急项目报名时间最短"), 1, PLATFORM, high=30)
    question_answer_days = days(SELECTION, N_("答复对公告的提问"), 1, PLATFORM, high=5)
    min_entrants_fiscal = number(
        SELECTION, N_("最少报名家数：财政性资金"), 3, N_("家"), PLATFORM, low=1, high=20
    )
    min_entrants_state = number(
        SELECTION, N_("最少报名家数：国有企业资金"), 3, N_("家"), PLATFORM, low=1, high=20
    )
    min_entrants_social = number(
        SELECTION, N_("最少报名家数：社会资金"), 1, N_("家"), PLATFORM, low=1, high=20
    )
    min_entrants_relisted = number(
        SELECTION, N_("最少报名家数：二次公告"), 2, N_("家"), PLATFORM, low=1, high=20
    )
    ways_fiscal = _ways(N_("财政性资金可用的选取方式"))
    ways_state = _ways(N_("国有企业资金可用的选取方式"))
    ways_social = _ways(N_("社会资金可用的选取方式"))
    fiscal_limit_fen = money(
        SELECTION, N_("财政性资金限额（达到的走政府采购）"), 300_000_00, CUSTOMER
    )
    item_limits = text(
        SELECTION,
        N_("个别事项的财政性资金限额，例如 301:20万 506:30万；不填：都按上一项"),
        CUSTOMER,
    )
    central_items = text(
        SELECTION, N_("列入集中采购目录的事项编号（使用财政性资金的不在本平台选取）"), CUSTOMER
    )
    tender_limit_fen = money(
        SELECTION,
        N_("《必须招标的工程项目规定》适用的限额：使用财政性、国有资金的下列事项"),
        1_000_000_00,
        TENDER_RULES,
    )
    tender_items = Parameter(
        SELECTION,
        N_("《必须招标的工程项目规定》适用的事项编号（工程的勘察、设计、监理）"),
        Kind.TEXT,
        default="201 202 203 204 205 209 210 211 212 501 502 503 504 505 506 508",
        unit="",
        source=TENDER_RULES,
    )
    drain_seconds = number(
        SELECTION, N_("截止后等待在途报名"), 60, N_("秒"), PLATFORM, low=0, high=600
    )
    seal_gap_minutes = number(
        SELECTION, N_("名单封存到随机选取至少间隔"), 10, N_("分钟"), PLATFORM, low=1, high=1440
    )
    choose_days = days(SELECTION, N_("直接选取、信用择优：业主选定机构"), 3, PLATFORM, high=15)
    credit_public_basis = text(
        SELECTION,
        N_("履约记分计入财政性资金、国有企业资金项目选取所依据的省级规定和条款；不填不开通"),
        CUSTOMER,
    )
    direct_accept_days = days(
        SELECTION, N_("直接选取：机构答复是否接受（到期不答复视为不接受）"), 2, PLATFORM, high=10
    )
    direct_completed_cap = number(
        SELECTION,
        N_("直接选取：排序时计入的已办结项目最多"),
        10,
        N_("个"),
        PLATFORM,
        low=1,
        high=100,
    )
    juror_days = judging.DAYS
    juror_source = judging.SOURCE
    juror_pool_min = judging.POOL_MIN
    juror_admit_days = judging.ADMIT_DAYS
    juror_accept_days = judging.ACCEPT_DAYS
    scored_from_fen = judging.SCORED_FROM
    jurors_five_from_fen = judging.FIVE_FROM
    price_weight_min = judging.PRICE_MIN
    price_weight_max = judging.PRICE_MAX
    credit_weight_max = judging.CREDIT_MAX
    credit_weight_max_public = judging.CREDIT_MAX_PUBLIC
    auction_lead_minutes = auctions.LEAD
    auction_first_minutes = auctions.FIRST
    auction_countdown_minutes = auctions.COUNTDOWN
    auction_hard_stop_minutes = auctions.HARD_STOP
    auction_step_percent = auctions.STEP
    auction_rounds = auctions.ROUNDS
    auction_round_minutes = auctions.ROUND
    auction_pause_minutes = auctions.PAUSE
    auction_round_step_percent = auctions.ROUND_STEP
    auction_drain_seconds = auctions.DRAIN
    confirm_days = Parameter(
        CONTRACTS,
        N_("公示期满后中选机构确认，到期不确认视为放弃（0：不须确认，期满自动发出中选通知书）"),
        Kind.WINDOW,
        default=0,
        unit="working_day",
        source=PLATFORM,
        low=0,
        high=5,
    )
    contract_days = days(CONTRACTS, N_("中选通知书发出后签订合同"), 10, PLATFORM)
    hearing_days = days(CONTRACTS, N_("逾期未签合同的，双方陈述申辩"), 5, PLATFORM)
    find_days = days(CONTRACTS, N_("陈述申辩后认定未签合同的责任"), 10, PLATFORM)
    register_days = days(CONTRACTS, N_("一方登记合同后，另一方核对确认"), 3, PLATFORM, high=15)
    start_days = days(CONTRACTS, N_("合同确认后开始服务"), 20, PLATFORM)
    progress_days = days(CONTRACTS, N_("服务期间报告一次进展"), 20, PLATFORM)
    inspection_days = days(CONTRACTS, N_("成果交付后验收"), 10, PLATFORM, high=30)
    rework_days = days(CONTRACTS, N_("退回后按清单修改再交付"), 10, PLATFORM)
    change_days = days(CONTRACTS, N_("一方提出合同变更后，另一方答复"), 3, PLATFORM)
    stop_days = days(CONTRACTS, N_("服务暂停最长，之后恢复或者终止合同"), 60, PLATFORM)
    settle_days = days(
        CONTRACTS, N_("合同解除后，双方商定已完成工作的结算金额"), 20, PLATFORM, high=60
    )
    receipt_days = days(
        CONTRACTS, N_("业主登记付款后，机构核对；到期不提出的，按业主登记的凭证"), 5, PLATFORM
    )
    pay_days_cap = number(
        CONTRACTS,
        N_("机关、事业单位合同约定的付款期限最长"),
        60,
        N_("日（自然日）"),
        PAYMENT_RULES,
        low=30,
        high=60,
    )
    evaluate_days = days(CONTRACTS, N_("验收后双方互相评价（到期未评价的不计分）"), 10, PLATFORM)
    evaluation_correct_hours = days(
        CONTRACTS, N_("评价提交后可以更正"), 24, PLATFORM, high=72, unit="hour"
    )
    evaluation_reply_days = days(CONTRACTS, N_("回应评价，对评价申诉作出说明"), 5, PLATFORM)
    evaluation_appeal_days = days(CONTRACTS, N_("评价公开后可以申诉（一次）"), 5, PLATFORM)
    evaluation_appeal_decide_days = days(CONTRACTS, N_("决定评价申诉"), 10, PLATFORM)
    evaluation_follow_up_months = number(
        CONTRACTS, N_("评价公开满几个月可以追加一次"), 6, N_("个月"), PLATFORM, low=0, high=24
    )
    evaluation_stars_from = number(
        CONTRACTS, N_("评价不少于此数才显示均分"), 3, N_("件"), PLATFORM, low=1, high=20
    )
    rating_days = days(OPENNESS, N_("办结后可以作好差评"), 15, PLATFORM, unit="calendar_day")
    case_contact_days = days(
        OPENNESS, N_("收到诉求（不满意评价、办不成事、热线工单）后联系当事人"), 1, PLATFORM
    )
    case_rectify_days = days(OPENNESS, N_("诉求的整改"), 5, PLATFORM)
    case_complex_days = days(OPENNESS, N_("诉求的整改：情况复杂的"), 15, PLATFORM)
    case_transfer_days = days(OPENNESS, N_("诉求转 12345、110 等之后取回办理结果"), 15, PLATFORM)
    short_track_below_fen = money(
        CONTRACTS,
        N_("合同金额低于此数的，按简易流程办理（四步）"),
        50_000_00,
        PLATFORM,
        low=0,
        high=1_000_000_00,
    )
    open_data = flag(OPENNESS, N_("数据开放：每日数据表、OCDS 和接口（须写明下面三项）"), CUSTOMER)
    open_data_catalogue = text(OPENNESS, N_("数据开放：公共数据开放目录及编号"), CUSTOMER)
    open_data_class = text(OPENNESS, N_("数据开放：开放类别"), CUSTOMER)
    open_data_licence = text(OPENNESS, N_("数据开放：许可协议"), CUSTOMER)
    installable = flag(
        OPENNESS, N_("可以添加到手机主屏幕（断网时显示一页说明，不存其他内容）"), CUSTOMER
    )

    credit_marks = flag(CREDIT, N_("启用履约记分和档次"), CUSTOMER)
    credit_statement_days = days(CREDIT, N_("记入履约记录前陈述申辩"), 5, PLATFORM)
    credit_appeal_days = days(CREDIT, N_("记入后可以申诉（一次）"), 10, PLATFORM)
    credit_appeal_decide_days = days(CREDIT, N_("决定申诉"), 15, PLATFORM)
    credit_repair_decide_days = days(CREDIT, N_("决定是否修复"), 10, PLATFORM)
    cards_document = text(
        CREDIT, N_("效能提示（黄牌、红牌）所依据文件的名称和文号（不填：不发）"), CUSTOMER
    )
    cards_public = flag(CREDIT, N_("公开效能提示"), CUSTOMER)
    card_statement_days = days(CREDIT, N_("发出效能提示前说明情况"), 5, PLATFORM)
    card_plan_days = days(CREDIT, N_("黄牌：提交整改计划"), 5, PLATFORM)
    card_red_plan_days = days(CREDIT, N_("红牌：提交整改计划"), 10, PLATFORM)
    appeal_body = text(CREDIT, N_("申诉的受理单位（不填：原单位未经手的人）"), CUSTOMER)

    likeness_months = overseeing.LIKENESS_MONTHS
    flags_on = overseeing.FLAGS_ON
    pause_cap_days = overseeing.PAUSE_CAP_DAYS
    oversight_answer_days = overseeing.OVERSIGHT_ANSWER_DAYS
    review_share = overseeing.REVIEW_SHARE
    review_least = overseeing.REVIEW_LEAST
    review_most = overseeing.REVIEW_MOST
    callback_share = overseeing.CALLBACK_SHARE
    callback_least = overseeing.CALLBACK_LEAST
    callback_most = overseeing.CALLBACK_MOST
    sample_publish_days = overseeing.PUBLISH_DAYS

    # The award stands as long as complaints may be filed (docs/rules.md#result-and-award).
    publicity_days = complaint_file_days

    def amount(self, parameter: Parameter[A]) -> A:
        """What this version says of a parameter: days, a number, fen, yes or no, words."""
        return cast(A, self._value(parameter).amount)

    def window(self, parameter: Parameter[int]) -> tuple[int, str]:
        """The span of a window parameter: how many, and of which unit (working_day, calendar_day,
        hour, minute).
        """
        value = self._value(parameter)
        return int(value.amount), value.unit

    def codes(self, parameter: Parameter[str]) -> tuple[str, ...]:
        """The ways of selecting that this version switches on, by their codes."""
        return ways.chosen(self.amount(parameter))

    def _value(self, parameter: Parameter[A]) -> Value:
        return self.values.get(parameter.name) or Value(parameter.default, parameter.unit)


PARAMETERS: dict[str, Parameter[int] | Parameter[bool] | Parameter[str]] = {
    name: known
    for name, known in vars(Rulebook).items()
    if isinstance(known, Parameter) and known.name == name
}
"""Every parameter by its name, in the order of the class; aliases left out."""


@dataclasses.dataclass(frozen=True)
class Change:
    """One parameter that two versions have differently; None where a version had none yet."""

    name: str
    before: Value | None
    after: Value | None


def move_state(old: State, new: State) -> State:
    """The step, or the refusal `rulebook.wrong_state`."""
    return move(NEXT, old, new, "rulebook.wrong_state")


def key(division: str, version: int) -> str:
    """The number under which the log has a version: GZ-360481-2."""
    return f"GZ-{division}-{version}"


def defaults() -> dict[str, Value]:
    """Every parameter as it is when nobody has changed it."""
    return {
        name: Value(parameter.default, parameter.unit) for name, parameter in PARAMETERS.items()
    }


def differences(before: Mapping[str, Value], after: Mapping[str, Value]) -> tuple[Change, ...]:
    """What one version changes against another, in the order of the table."""
    names = [*PARAMETERS, *(name for name in {**before, **after} if name not in PARAMETERS)]
    return tuple(
        Change(name, before.get(name), after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    )


def digest(values: Mapping[str, Value]) -> str:
    """SHA-256 in lower-case hex over the canonical JSON of all values: the log keeps it."""
    plain = {name: [value.amount, value.unit] for name, value in values.items()}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
