"""Notices, found and locked. Other rooms get cards, never rows."""

from market.db import Work
from market.selection.notices.models import Notice
from market.selection.rows import one


def by_id(work: Work, notice_id: int, *, lock: bool = False) -> Notice:
    """A notice by its row's id. Refuses `notice.none`."""
    return one(work, Notice, Notice.id == notice_id, "notice.none", lock)


def by_number(work: Work, number: str, *, lock: bool = False) -> Notice:
    """A published notice. Refuses `notice.none`."""
    return one(work, Notice, Notice.number == number, "notice.none", lock)
