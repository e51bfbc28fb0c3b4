"""Words of results: refusals, facts on the log, states with their colours (docs/rules.md#states).

What the rooms below have named is shown on the pages of results too.
"""

from flask_babel import lazy_gettext as _l

from market.selection.entries.words import ENTRY_STATES, LATE, NEVER_OPENED
from market.selection.notices.words import (
    BY_DECISION,
    CORRECTED,
    FAILURES,
    FIELDS,
    FUNDS,
    HOW,
    JOINED,
    LOW,
    METHODS,
    SIDES,
    WHY,
)
from market.selection.results.rules.states import RankState
from market.selection.sources.words import DRAW_STATES, LEVELS, SOURCE_KINDS

WORDS = {
    "exit.unfinished": _l(
        "还有 %(count)s 件未了结的报名或中选项目，了结后才能退出。报名截止前的可以撤回；中选的须签订合同，"
        "候补的须等中选机构签订合同。"
    ),
    "result.none": _l("中选公告尚未发布。"),
    "result.wrong_state": _l("这一名次现在的状态不能这样办理。"),
    "result.no_such_entrant": _l("选取顺序中没有这家机构。"),
}

EVENTS = {
    "suspension.ordered": _l("行业主管部门责令暂停"),
    "suspension.ended": _l("责令暂停结束"),
    "result.published": _l("发布中选公告"),
    "result.held": _l("投诉处理中，暂缓确定"),
    "result.released": _l("投诉处理完毕，恢复计算"),
    "result.annulled": _l("撤销中选结果"),
    "result.skip": _l("一家机构退出顺序，依次递补"),
    "result.stood": _l("公示期满，结果确定"),
    "result.final": _l("结果最终确定"),
}
SHEET = (
    _l("编号"),
    _l("标题"),
    _l("状态"),
    _l("项目业主"),
    _l("报名"),
    _l("中选机构"),
    _l("中选价（元）"),
    _l("选取失败的原因"),
    _l("公告时间"),
)
"""The columns of the list that is saved."""
RANK_STATES = {
    RankState.PROPOSED: (_l("拟中选"), "green"),
    RankState.RESERVE: (_l("候补"), "blue"),
    RankState.NOT_SELECTED: (_l("未中选"), "grey"),
    RankState.WON: (_l("中选"), "green"),
    RankState.DISQUALIFIED: (_l("取消资格"), "red"),
    RankState.DECLINED: (_l("放弃中选"), "yellow"),
    RankState.VOID: (_l("报名作废"), "red"),
}

__all__ = [
    "BY_DECISION",
    "CORRECTED",
    "DRAW_STATES",
    "ENTRY_STATES",
    "EVENTS",
    "FAILURES",
    "FIELDS",
    "FUNDS",
    "HOW",
    "JOINED",
    "LATE",
    "LEVELS",
    "LOW",
    "METHODS",
    "NEVER_OPENED",
    "RANK_STATES",
    "SIDES",
    "SOURCE_KINDS",
    "WHY",
    "WORDS",
]
