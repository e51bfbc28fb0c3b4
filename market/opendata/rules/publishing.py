"""When data are open and under which terms, when a day's files are due, how long they stay. Pure.

Source: docs/rules.md#open-data.
"""

import dataclasses
import datetime as dt

from market.kernel.clock import CHINA
from market.rulebook.rules import Rulebook

HOUR = 3  # of the Chinese night: after the nightly comparison with the log
KEPT_DAYS = 31  # how many days' files stay beside the newest


@dataclasses.dataclass(frozen=True)
class Terms:
    """On whose authority data are open: catalogue and number, class, licence."""

    catalogue: str
    sort: str
    licence: str


def terms(rulebook: Rulebook) -> Terms | None:
    """The terms under which data are open; None while they are not."""
    if not rulebook.open_data:
        return None
    return Terms(rulebook.open_data_catalogue, rulebook.open_data_class, rulebook.open_data_licence)


def day_due(now: dt.datetime, newest: dt.date | None) -> dt.date | None:
    """The day whose files are to be written now; None while the newest ones will do.

    A day's files are written from `HOUR` on; the very first ones at once.
    """
    here = now.astimezone(CHINA)
    today = here.date()
    if newest is None:
        return today
    return today if newest < today and here.hour >= HOUR else None


def is_outdated(day: dt.date, newest: dt.date) -> bool:
    """Whether a day's files have stood long enough."""
    return (newest - day).days > KEPT_DAYS


def key(division: str, day: dt.date) -> str:
    """The number under which the log has a day's files: SJ-360481-20260305."""
    return f"SJ-{division}-{day:%Y%m%d}"
