"""When what somebody wrote may be deleted, and when it has to be kept (个人信息保护法 第四十七条;
政府采购法 第四十二条). Pure.
"""

import datetime as dt
import enum

from market.complaints.rules.states import ENDED, State
from market.kernel.errors import Refusal

KEPT = ENDED - {State.WITHDRAWN}
"""Ended by a ruling, which is part of the procurement's file and kept with it; of what was taken back nothing was ruled."""


class ErasureGround(enum.StrEnum):
    """Why personal information is deleted: 个人信息保护法 第四十七条第一款."""

    CONSENT_WITHDRAWN = "consent_withdrawn"
    PURPOSE_DONE = "purpose_done"
    PERIOD_OVER = "period_over"
    UNLAWFUL = "unlawful"


def kept_until(state: State, ended_on: dt.date, years: int) -> dt.date | None:
    """The first day on which the text of an ended complaint may go; None: it need not be kept.

    `years` is the rulebook's `keep_years` (政府采购法 第四十二条: at least 15 from the end of the
    procurement); a complaint that ended on 29 February is kept to 1 March.
    """
    if state not in KEPT:
        return None
    try:
        return ended_on.replace(year=ended_on.year + years)
    except ValueError:
        return dt.date(ended_on.year + years, 3, 1)


def check_erasable(state: State, ended_on: dt.date | None, years: int, today: dt.date) -> None:
    """Refuse `erasure.still_open` before the complaint has ended, `erasure.kept` (until) within the
    keeping period.
    """
    if state not in ENDED or ended_on is None:
        raise Refusal("erasure.still_open")
    until = kept_until(state, ended_on, years)
    if until is not None and today < until:
        raise Refusal("erasure.kept", until=until.isoformat())
