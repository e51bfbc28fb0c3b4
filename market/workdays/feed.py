"""The calendar as iCalendar (RFC 5545): a whole-day event for each holiday and each make-up day."""

import datetime as dt

from flask_babel import gettext as _
from icalendar import Calendar, Event

from market.workdays.rules import WorkCalendar

DAY = dt.timedelta(days=1)


def of(calendar: WorkCalendar) -> bytes:
    """The published years of a calendar. Events keep their UID from one reading to the next."""
    whole = Calendar()
    whole.add("prodid", "-//market//workdays//ZH")
    whole.add("version", "2.0")
    whole.add("x-wr-calname", _("工作日历（放假与调休上班）"))
    whole.add("x-wr-timezone", "Asia/Shanghai")
    for year in sorted({one.year for one in calendar.arrangements}):
        sources = [one for one in calendar.arrangements if one.year == year]
        stamp = dt.datetime.combine(max(one.issued_on for one in sources), dt.time(), dt.UTC)
        source = "\n".join(
            one.title + _("（%(text)s）", text=one.document_number) for one in sources
        )
        for stretch in calendar.stretches(year):
            off = _("%(name)s放假", name=stretch.name)
            worked = _("%(name)s调休上班", name=stretch.name)
            whole.add_component(_event(stretch.first, stretch.last, stamp, source, off))
            for day in stretch.made_up:
                whole.add_component(_event(day, day, stamp, source, worked))
    return whole.to_ical()


def _event(first: dt.date, last: dt.date, stamp: dt.datetime, source: str, summary: str) -> Event:
    event = Event()
    event.add("uid", f"{first}@workdays")
    event.add("dtstamp", stamp)
    event.add("dtstart", first)
    event.add("dtend", last + DAY)  # The end of a whole-day event is not included.
    event.add("summary", summary)
    event.add("description", source)
    event.add("transp", "TRANSPARENT")
    return event
