"""Enrolment with deferred documents (容缺入驻; Siping, docs/rules.md#decision-6). Pure.

What may come later, and in how many working days, is the published list of the catalogue. When a
due passes the clock stops new entries and opens the procedure of revocation; persons end it, two of
them.
"""

import datetime as dt
from collections.abc import Collection, Sequence

from market.agencies.rules import State
from market.kernel.errors import Invalid


def at_rest(*, is_complete: bool) -> State:
    """Where an enrolled agency stands against which nothing is under way."""
    return State.ACTIVE if is_complete else State.PROVISIONAL


def unanswered(
    asked: Sequence[str],
    handed_in: Collection[str],
    promised: Collection[str],
    broken: Collection[str],
) -> list[tuple[str, str]]:
    """What an application still owes of the list, each with its code of words.py.

    A document is handed in or promised for later; one that was promised before and did not come
    (`broken`) is not put off a second time.
    """
    found = []
    for name in asked:
        if name in handed_in:
            continue
        if name in broken:
            found.append((name, "agency.promised_before"))
        elif name not in promised:
            found.append((name, "agency.undocumented"))
    return found


def late_reasons(late: Sequence[tuple[str, dt.date]]) -> str:
    """Why the clock opens the procedure: each document that is missing, with the last day on which
    it was due.
    """
    return "\n".join(
        f"容缺材料“{name}”应于 {day.year}年{day.month}月{day.day}日 24:00 前补交，到期未补。"
        for name, day in late
    )


LATE_BASIS = "入驻时签署的告知承诺第七条（容缺材料）；本平台公布的容缺材料清单。"

NOTHING_TAKEN = "不涉及不利决定。"
"""Stands in the place of a remedy where an agency is kept."""


def check_new_days(days: int, promised: Collection[int]) -> None:
    """Whoever keeps an agency gives it no more working days than the list once gave. Refuses
    `agency.new_days` (field).
    """
    most = max(promised, default=1)
    if not 1 <= days <= most:
        raise Invalid("agency.new_days", field="days", most=most)
