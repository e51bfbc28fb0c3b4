"""What a rulebook says of scoring (综合评分): who judges, for how long, by which weight of the quote. Pure.

Source: docs/rules.md#methods; where experts come from is for the place to say.
"""

from market.rulebook.headings import CUSTOMER, PLATFORM, SELECTION, days, money, number
from market.rulebook.parameters import N_, Kind, Parameter

DAYS = days(SELECTION, N_("综合评分：评审人员声明利害关系并评分"), 3, PLATFORM, high=15)
SOURCE = Parameter(
    SELECTION,
    N_("财政性、国有企业资金的综合评分：评审专家来自（没有启用的，不开通）"),
    Kind.CHOICE,
    "none",
    "",
    CUSTOMER,
)
POOL_MIN = number(
    SELECTION, N_("评审专家库：每类至少几人才能抽取"), 15, N_("人"), PLATFORM, low=5, high=200
)
ADMIT_DAYS = days(SELECTION, N_("评审专家入库申请的审核"), 5, PLATFORM, high=20)
ACCEPT_DAYS = days(SELECTION, N_("抽中的评审专家声明利害关系、答复是否参加"), 1, PLATFORM, high=5)
SCORED_FROM = money(
    SELECTION, N_("财政性、国有企业资金的综合评分：最高限价不低于"), 100_000_00, PLATFORM, low=0
)
FIVE_FROM = money(
    SELECTION, N_("综合评分：最高限价达到此数的，评审人员不少于五名"), 200_000_00, PLATFORM
)
PRICE_MIN = number(
    SELECTION, N_("综合评分：报价的权重最低"), 10, N_("分"), PLATFORM, low=1, high=90
)
PRICE_MAX = number(
    SELECTION, N_("综合评分：报价的权重最高"), 50, N_("分"), PLATFORM, low=1, high=90
)
CREDIT_MAX = number(
    SELECTION,
    N_("综合评分：社会资金项目履约记分的权重最高（启用记分后才能计入）"),
    20,
    N_("分"),
    PLATFORM,
    low=0,
    high=20,
)
CREDIT_MAX_PUBLIC = number(
    SELECTION,
    N_("综合评分：财政性、国有企业资金项目履约记分的权重最高（须写明所依据的省级规定）"),
    0,
    N_("分"),
    CUSTOMER,
    low=0,
    high=20,
)
