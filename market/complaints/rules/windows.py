"""The kinds of windows of a complaint. How many days each has stands in the rulebook in force."""

import datetime as dt

from market.complaints.rules.tips import ASK, ASK_FROM, HAND_OVER, TIP
from market.windows.rules import Kind, Nature
from market.workdays.rules import WorkCalendar, last_day

FILING = Kind("complaint.filing", Nature.RIGHT, "提出投诉")
ACCEPT = Kind("complaint.accept", Nature.DUTY, "决定是否受理投诉")
COMPLETE = Kind("complaint.complete", Nature.RIGHT, "补充投诉材料")
ANSWER = Kind("complaint.answer", Nature.DUTY, "答复投诉")
DECIDE = Kind("complaint.decide", Nature.DUTY, "作出投诉处理决定")
TAKEOVER = Kind("complaint.takeover", Nature.ACT, "投诉提级督办")
TRANSFER = Kind("complaint.transfer", Nature.DUTY, "接收转交的投诉")
OPINION = Kind("complaint.opinion", Nature.DUTY, "提交联合办理意见")
PUBLISH = Kind("complaint.publish", Nature.DUTY, "公开投诉处理决定")
REMEDY = Kind("complaint.remedy", Nature.DUTY, "报告已纠正")
CALL_BACK = Kind("complaint.call_back", Nature.DUTY, "回访投诉人")
HOLD_CAP = Kind("complaint.hold_cap", Nature.ACT, "投诉暂缓期满")
WINDOW_KINDS = {
    kind.name: kind
    for kind in (
        FILING,
        ACCEPT,
        COMPLETE,
        ANSWER,
        DECIDE,
        TAKEOVER,
        TRANSFER,
        OPINION,
        PUBLISH,
        REMEDY,
        CALL_BACK,
        HOLD_CAP,
        TIP,
        HAND_OVER,
        ASK_FROM,
        ASK,
    )
}

INSIDE = dt.timedelta(milliseconds=1)


def last_instant(due_at: dt.datetime) -> dt.datetime:
    """The last instant inside a window. What is counted on from an overdue window starts with its
    last day, not with the day after, on which the due itself falls (R2, R4).
    """
    return due_at - INSIDE


def middle_day(today: dt.date, due_at: dt.datetime, calendar: WorkCalendar) -> dt.date:
    """The working day at which half of what is left before a due has passed: by then an assisting
    body is asked for its opinion unless the leading one says otherwise. With no working day left it
    is
    the last day, of a due that is over the next working day.
    """
    last = last_day(due_at)
    left = calendar.count(today, last)
    return (
        last if left == 0 and last >= today else calendar.nth_after(today, max(1, (left + 1) // 2))
    )
