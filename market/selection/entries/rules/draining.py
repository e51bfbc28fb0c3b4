"""How long the clock waits after a close for forms that are in hand. Pure.

The list is sealed when the rulebook's drain is over and every web process has passed the close; a
process that hangs holds it for a bounded time, and one that is gone not at all.
"""

import datetime as dt

SILENT = dt.timedelta(seconds=30)  # a process that has not spoken for so long is gone
MOST = dt.timedelta(minutes=5)
NEAR = dt.timedelta(minutes=2)  # before a close, from when the processes speak


def longest(drain: dt.timedelta, gap: dt.timedelta) -> dt.timedelta:
    """How long after the close the list is sealed in any case: the witness needs it well before the
    draw, which is `drain` and `gap` after the close at the earliest.
    """
    return min(MOST, drain + gap / 2)


def holds(
    close: dt.datetime, now: dt.datetime, beat_at: dt.datetime, low_water: dt.datetime
) -> bool:
    """Whether a web process may still hold a form from before a close."""
    return low_water <= close and now - beat_at < SILENT
