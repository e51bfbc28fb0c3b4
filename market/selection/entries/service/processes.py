"""What web processes say of themselves while a close is near (market/web/fair.py)."""

import datetime as dt

from sqlalchemy import delete

from market.db import Work
from market.selection import permissions
from market.selection.entries.models import WebProcess
from market.selection.entries.queries import draining as draining_queries
from market.selection.entries.rules import draining


def report(work: Work, *, process: str, low_water: dt.datetime) -> None:
    """Say that a process has answered everything that came before `low_water`; rows of processes
    that are long gone are cleared away, unless bids are made: then they say since when nobody was there.
    """
    permissions.require(work.actor, "selection.clock")
    known = work.session.get(WebProcess, process) or WebProcess(
        id=process, began_at=min(low_water, work.now)
    )
    known.beat_at = work.now
    known.low_water = low_water
    work.session.add(known)
    if draining_queries.is_bidding(work):
        return
    gone = WebProcess.beat_at < work.now - 10 * draining.SILENT
    work.session.execute(delete(WebProcess).where(gone))


def leave(work: Work, *, process: str) -> None:
    """Say that a process has ended, with nothing in hand. While bids are made its last word stays, so that
    the clock knows since when nobody is there.
    """
    permissions.require(work.actor, "selection.clock")
    if draining_queries.is_bidding(work):
        ahead = work.now + draining.SILENT  # it holds nothing
        known = work.session.get(WebProcess, process) or WebProcess(id=process, began_at=work.now)
        known.beat_at = work.now
        known.low_water = ahead
        work.session.add(known)
        return
    work.session.execute(delete(WebProcess).where(WebProcess.id == process))
