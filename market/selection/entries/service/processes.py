"""What web processes say of themselves while a close is near (market/web/fair.py)."""

import datetime as dt

from sqlalchemy import delete

from market.db import Work
from market.selection import permissions
from market.selection.entries.models import WebProcess
from market.selection.entries.rules import draining


def report(work: Work, *, process: str, low_water: dt.datetime) -> None:
    """Say that a process has answered everything that came before `low_water`; rows of processes
    that are long gone are cleared away.
    """
    permissions.require(work.actor, "selection.clock")
    work.session.merge(WebProcess(id=process, beat_at=work.now, low_water=low_water))
    gone = WebProcess.beat_at < work.now - 10 * draining.SILENT
    work.session.execute(delete(WebProcess).where(gone))


def leave(work: Work, *, process: str) -> None:
    """Say that a process has ended, with nothing in hand."""
    permissions.require(work.actor, "selection.clock")
    work.session.execute(delete(WebProcess).where(WebProcess.id == process))
