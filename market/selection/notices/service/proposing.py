"""Times that an owner need not work out: when entries may close, and when the result can come."""

import dataclasses
import datetime as dt

from market.db import Work
from market.rulebook import queries as rulebooks
from market.selection.notices.models import Notice
from market.selection.notices.queries import against, case
from market.selection.way import way_if_built

MINUTE = dt.timedelta(minutes=1)


def fill_close(work: Work, notice: Notice) -> None:
    """Give a notice without a close the earliest that its rulebook allows, where agencies enter."""
    way = way_if_built(notice.method)
    if notice.entry_close is None and way is not None and way.has_entries:
        notice.entry_close = case.proposed_close(work, rulebooks.version(work, notice.rulebook))


def fill_draw(work: Work, notice: Notice) -> None:
    """Give a notice with a close and no draw the first instant after close, drain and gap at which its
    way can have the result; nothing where the way says by itself when that comes.
    """
    way = way_if_built(notice.method)
    if notice.draw_at is not None or notice.entry_close is None or way is None:
        return
    if not way.has_entries or way.sets_result_time:
        return
    rulebook = rulebooks.version(work, notice.rulebook)
    least = notice.entry_close + case.drain(rulebook) + case.gap(rulebook)
    whole = least.replace(second=0, microsecond=0) + MINUTE
    terms = dataclasses.replace(case.terms_of(notice), draw_at=whole)
    notice.draw_at = way.result_time(work, against.published(notice, terms))
