"""What a rulebook says of oversight: flags, orders of suspension, answers, samples (双随机抽查). Pure.

Source: docs/rules.md#review.
"""

from market.rulebook.headings import OVERSIGHT, PLATFORM, days, number, text
from market.rulebook.parameters import N_

LIKENESS_MONTHS = number(
    OVERSIGHT, N_("报名相似性信息（摘要）保存"), 24, N_("个月"), PLATFORM, low=1, high=36
)
FLAGS_ON = text(OVERSIGHT, N_("启用的风险提示编号，用空格分开；不填：全部"), PLATFORM)
PAUSE_CAP_DAYS = number(
    OVERSIGHT,
    N_("责令暂停报名阶段的选取合计最长"),
    20,
    N_("个工作日"),
    PLATFORM,
    low=1,
    high=60,
)
OVERSIGHT_ANSWER_DAYS = days(OVERSIGHT, N_("答复监管部门对一次选取的询问"), 5, PLATFORM, high=15)
REVIEW_SHARE = number(
    OVERSIGHT, N_("每月随机抽查已结束选取的比例"), 5, N_("%"), PLATFORM, low=1, high=100
)
REVIEW_LEAST = number(OVERSIGHT, N_("每月至少抽查选取"), 3, N_("件"), PLATFORM, low=0, high=1000)
REVIEW_MOST = number(OVERSIGHT, N_("每月至多抽查选取"), 200, N_("件"), PLATFORM, low=1, high=1000)
CALLBACK_SHARE = number(
    OVERSIGHT, N_("每月随机回访办结事项的比例"), 10, N_("%"), PLATFORM, low=1, high=100
)
CALLBACK_LEAST = number(OVERSIGHT, N_("每月至少回访"), 10, N_("件"), PLATFORM, low=0, high=1000)
CALLBACK_MOST = number(OVERSIGHT, N_("每月至多回访"), 200, N_("件"), PLATFORM, low=1, high=1000)
PUBLISH_DAYS = days(OVERSIGHT, N_("抽取之后公布抽查结果"), 20, PLATFORM, high=60)
