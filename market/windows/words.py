"""What people read about deadlines."""

from flask_babel import lazy_gettext as _l

from market.windows.events import (
    WindowClosed,
    WindowConfirmed,
    WindowDoubted,
    WindowHeld,
    WindowMoved,
    WindowOpened,
    WindowOverdue,
    WindowPaused,
    WindowReminded,
    WindowResumed,
    WindowSettled,
)
from market.windows.rules import Nature, Show, State

WORDS = {
    "window.wrong_state": _l("这个期限的状态已经改变，请刷新后再看。"),
    "windows.no_doubt": _l("没有这一条，或者已经核对过了。"),
    "windows.no_feed": _l("这个订阅地址已经失效。请登录后重新取得。"),
}

EVENTS = {
    WindowOpened.kind: _l("期限开始计算"),
    WindowClosed.kind: _l("期限结束"),
    WindowPaused.kind: _l("期限停止计算"),
    WindowResumed.kind: _l("期限继续计算"),
    WindowReminded.kind: _l("到期前提醒"),
    WindowOverdue.kind: _l("超期，记一次"),
    WindowHeld.kind: _l("暂定期限到期，等候工作日历公布"),
    WindowMoved.kind: _l("工作日历变动，期限改变"),
    WindowConfirmed.kind: _l("工作日历公布，暂定期限确定"),
    WindowDoubted.kind: _l("工作日历变动时已经结束，转人工核对"),
    WindowSettled.kind: _l("已结束的期限人工核对完毕"),
}

STATES = {
    State.OPEN: (_l("计算中"), "blue"),
    State.PAUSED: (_l("停止计算"), "yellow"),
    State.HELD: (_l("等候日历"), "yellow"),
    State.MET: (_l("已办结"), "green"),
    State.EXPIRED: (_l("已届满"), "grey"),
    State.CANCELLED: (_l("已取消"), "grey"),
}

NATURES = {Nature.RIGHT: _l("权利期限"), Nature.DUTY: _l("办理期限"), Nature.ACT: _l("系统时刻")}

SHOWN = {
    Show.LIVE: _l("全部未结束"),
    Show.OVERDUE: _l("已超期"),
    Show.SOON: _l("2 个工作日内到期"),
    Show.PROVISIONAL: _l("暂定"),
    Show.ENDED: _l("已结束"),
}
