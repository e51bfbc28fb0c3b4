"""What a rulebook says of auctions (竞价): how long, by which step, how long one waits. Pure.

Source: docs/rules.md#scores; the rounds follow 重庆 2020, three in nine minutes.
"""

from market.rulebook.headings import PLATFORM, SELECTION, number
from market.rulebook.parameters import N_

LEAD = number(
    SELECTION,
    N_("竞价：报名截止到开始至少间隔"),
    30,
    N_("分钟"),
    PLATFORM,
    low=2,
    high=1440,
)
FIRST = number(SELECTION, N_("实时竞价：先持续"), 15, N_("分钟"), PLATFORM, low=1, high=240)
COUNTDOWN = number(
    SELECTION, N_("实时竞价：出现新低价后至少再等"), 5, N_("分钟"), PLATFORM, low=1, high=60
)
HARD_STOP = number(SELECTION, N_("实时竞价：最长持续"), 60, N_("分钟"), PLATFORM, low=1, high=480)
STEP = number(SELECTION, N_("实时竞价：每次至少降最低限价的"), 2, N_("%"), PLATFORM, low=1, high=20)
ROUNDS = number(SELECTION, N_("分轮竞价：轮数"), 3, N_("轮"), PLATFORM, low=1, high=9)
ROUND = number(SELECTION, N_("分轮竞价：每轮"), 3, N_("分钟"), PLATFORM, low=1, high=60)
PAUSE = number(SELECTION, N_("分轮竞价：两轮之间"), 2, N_("分钟"), PLATFORM, low=1, high=60)
ROUND_STEP = number(
    SELECTION, N_("分轮竞价：每轮至少比上次低"), 1, N_("%"), PLATFORM, low=1, high=20
)
DRAIN = number(SELECTION, N_("竞价：结束后等待在途出价"), 3, N_("秒"), PLATFORM, low=0, high=3)
