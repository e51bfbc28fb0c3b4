"""Deadlines as iCalendar (RFC 5545), for a person's own calendar program."""

import datetime as dt
from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from icalendar import Calendar, Event

from market.kernel.clock import CHINA
from market.web.locale import shown
from market.windows.queries import Due
from market.windows.rules import Kind, Nature, State

DAY = dt.timedelta(days=1)


def of(dues: Iterable[Due], kinds: Mapping[str, Kind], now: dt.datetime, host: str) -> bytes:
    """Live windows as events. A window keeps its UID when its due moves, so that the program moves
    it too.

    What ends at the end of a day is a whole-day event on that last day; any other end is an event
    at that instant.
    """
    whole = Calendar()
    whole.add("prodid", "-//market//windows//ZH")
    whole.add("version", "2.0")
    whole.add("x-wr-calname", _("我的期限"))
    whole.add("x-wr-timezone", "Asia/Shanghai")
    for due in dues:
        title = shown(kinds[due.kind].title) if due.kind in kinds else due.kind
        whole.add_component(_event(due, str(title), now, host))
    return whole.to_ical()


def _event(due: Due, title: str, now: dt.datetime, host: str) -> Event:
    event = Event()
    event.add("uid", f"window-{due.id}@{host}")
    event.add("dtstamp", now)
    end = due.due_at.astimezone(CHINA)
    if end.time() == dt.time():
        event.add("dtstart", end.date() - DAY)
        event.add("dtend", end.date())  # The end of a whole-day event is not included.
    else:
        event.add("dtstart", due.due_at)
    marks = [_("暂定")] if due.is_provisional else []
    marks += [_("已超期")] if due.overdue_at else []
    is_paused = due.state is State.PAUSED
    marks += [_("计时暂停，恢复后顺延")] if is_paused else []
    event.add("status", "TENTATIVE" if is_paused or due.is_provisional else "CONFIRMED")
    event.add("summary", " ".join([title, due.subject, *(f"[{mark}]" for mark in marks)]))
    event.add("description", _meaning(due.nature))
    event.add("transp", "TRANSPARENT")
    return event


def _meaning(nature: Nature) -> str:
    """What happens when a deadline of this nature is over."""
    if nature is Nature.DUTY:
        return _("超过期限记入公开日志一次，事情仍须办结。")
    if nature is Nature.RIGHT:
        return _("到期不再受理。")
    return _("由系统到时执行。")
