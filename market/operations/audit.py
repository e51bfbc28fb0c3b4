"""The nightly comparison of every business row with the public log, also by command.

What it finds is for people: nothing is mended by machine, since nobody can say which side is right.
"""

import logging

from market.db import in_one_transaction, reading, snapshot
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import CHINA, local_date
from market.ledger.queries.integrity import Report, compare, declared
from market.operations import queries, service

log = logging.getLogger(__name__)
HOUR = 2  # of the Chinese night, when nobody enters


def hold_against_log() -> Report:
    """Compare, keep the report, and say each difference to whoever reads the process's output."""
    report = compared()
    for one in report.first:
        log.error("%s %s: %d rows, %d leaves", one.kind, one.subject, one.rows, one.leaves)
    in_one_transaction(service.keep_integrity, CLOCK, report=report)
    return report


def compared() -> Report:
    """Hold every business row against the log; nothing is written.

    Both sides are read in one snapshot: what is being committed meanwhile is on neither.
    """
    with snapshot(CLOCK) as work:
        return compare(work, declared())


def nightly() -> None:
    """Compare once a night, and at once where that was never done or a night was left out."""
    now = fabric().clock.now()
    last = queries.last_integrity(reading(CLOCK))
    if last is not None:
        nights = (local_date(now) - local_date(last.checked_at)).days
        if nights < 1 or (nights == 1 and now.astimezone(CHINA).hour < HOUR):
            return
    hold_against_log()
