"""The dates of a complaint: what is written must agree when it is saved, and be in time when it is
filed.
"""

import datetime as dt

from market.complaints import rules
from market.complaints.models import Complaint
from market.complaints.queries.bodies import book_of
from market.complaints.queries.register import closes
from market.complaints.rules import Channel
from market.db import Work
from market.kernel.errors import Invalid
from market.rulebook.rules import Rulebook
from market.selection.results.queries import Selection
from market.workdays import queries as workdays
from market.workdays.rules import Deadline


def check_saved(work: Work, row: Complaint, notice: Selection | None) -> None:
    """Refuse, at its field, a date that cannot be or, of the conduct complained of, is too long
    ago: as `check_dates` does and `complaint.act_too_late`. A complaint about a notice that comes
    late
    is kept as a draft and refused at filing.
    """
    by = check_dates(work, row, notice)
    due = _act_closes(work, row) if notice is None else None
    if due is not None and not rules.is_in_time(by, due):
        raise Invalid("complaint.act_too_late", field="act_on", closed=rules.ends(due.due_at))


def check_in_time(work: Work, row: Complaint, notice: Selection | None) -> None:
    """Refuse what `check_dates` does, `complaint.notice_not_public` and `complaint.too_late`."""
    by = check_dates(work, row, notice)
    if notice is not None:
        return rules.check_in_time(by, notice.published_at, closes(work, notice))
    return rules.check_in_time(by, _act_began(row), _act_closes(work, row))


def was_in_time(work: Work, row: Complaint, notice: Selection | None) -> bool:
    """Whether a complaint that was filed came in time, by what is known now. A provisional due, or
    none, ended no right.
    """
    by = rules.in_time_by(row.channel, row.received_at or work.now, row.posted_on, work.now)
    return rules.is_in_time(by, closes(work, notice) if notice else _act_closes(work, row))


def check_dates(work: Work, row: Complaint, notice: Selection | None) -> dt.datetime:
    """The instant by which timeliness is judged. Refuses as `rules.in_time_by`,
    `rules.check_act_day` and `rules.check_receipt` do.
    """
    received_at = row.received_at or work.received_at
    by = rules.in_time_by(row.channel, received_at, row.posted_on, work.now)
    if notice is None:
        rules.check_act_day(row.act_on, by, work.today)
    elif row.channel is not Channel.ONLINE:
        rules.check_receipt(received_at, by, notice.published_at)
    return by


def _act_began(row: Complaint) -> dt.datetime:
    if row.act_on is None:
        raise AssertionError("unreachable")
    return rules.day_began(row.act_on)


def _act_closes(work: Work, row: Complaint) -> Deadline | None:
    span = book_of(work, None).window(Rulebook.conduct_file_days)
    return rules.filing_deadline(_act_began(row), span, workdays.calendar(work))
