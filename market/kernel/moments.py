"""Instants as they stand in a sentence, by the clock on a Chinese wall. Pure."""

import datetime as dt

from market.kernel.clock import CHINA


def moment(instant: dt.datetime) -> str:
    """2026-03-12 17:00:03: where seconds decide."""
    return instant.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def minute(instant: dt.datetime) -> str:
    """2026-03-12 17:00."""
    return instant.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def end(instant: dt.datetime) -> str:
    """An end that is no longer included: midnight belongs to the day before, 2026-03-11 24:00."""
    local = instant.astimezone(CHINA)
    if local.time() == dt.time():
        return f"{local.date() - dt.timedelta(days=1):%Y-%m-%d} 24:00"
    return minute(instant)
