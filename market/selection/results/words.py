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
from market.selection.results.rules.pausing import PauseCode, PauseState
from market.selection.results.rules.states import RankState
from market.selection.sources.words import DRAW_STATES, LEVELS, SOURCE_KINDS
from market.web.shown import Part

WORDS = {
    "exit.unfinished": _l(
        "还有 %(count)s 件未了结的报名或中选项目，了结后才能退出。报名截止前的可以撤回；中选的须签订合同，"
        "候补的须等中选机构签订合同。"
    ),
    "result.none": _l("中选公告尚未发布。"),
    "pause.none": _l("这份公告没有暂停申请。"),
    "pause.live": _l("这份公告已有一份暂停申请在办理，或正在暂停。"),
    "pause.too_late": _l("只有报名截止之前的公告可以暂停。"),
    "pause.wrong_state": _l(
        "这份暂停申请现在的状态不能这样办理，可能刚由他人办理。请刷新页面查看。"
    ),
    "pause.no_note": _l("请写明不同意的理由。"),
    "result.wrong_state": _l("这一名次现在的状态不能这样办理。"),
    "result.no_such_entrant": _l("选取顺序中没有这家机构。"),
}

EVENTS = {
    "pause.asked": _l("业主申请暂停公告"),
    "pause.began": _l("公告暂停，时间推后"),
    "pause.refused": _l("暂停申请没有通过"),
    "pause.ended": _l("暂停结束"),
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

PAUSES = {
    PauseState.PROPOSED: (_l("待本单位审签"), "yellow"),
    PauseState.ASKED: (_l("待同意"), "blue"),
    PauseState.IN_FORCE: (_l("暂停中"), "yellow"),
    PauseState.ENDED: (_l("已结束"), "grey"),
    PauseState.REFUSED: (_l("未同意"), "red"),
    PauseState.DROPPED: (_l("已撤回"), "grey"),
}
PAUSE_CODES = {
    PauseCode.REQUIREMENTS: _l("需求、图纸或数据需要核实"),
    PauseCode.APPROVAL: _l("项目审批或资金有变化，待确认"),
    PauseCode.QUESTIONS: _l("提问较多，需要统一答复"),
    PauseCode.FORCE: _l("不可抗力"),
}
SHOWN = {
    "pause.state": Part(_l("暂停申请"), is_said=False),
    "pause.days": Part(_l("日数")),
    "pause.reason": Part(_l("理由")),
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
    "PAUSES",
    "PAUSE_CODES",
    "RANK_STATES",
    "SHOWN",
    "SIDES",
    "SOURCE_KINDS",
    "WHY",
    "WORDS",
]
