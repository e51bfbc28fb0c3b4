"""What the flags find, computed by reading alone: about some selections, and a whole night's pass."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from market.db import Work
from market.oversight.queries.facts import facts_of, facts_since
from market.oversight.queries.flags import switched_on_flags
from market.oversight.rules.flags.facts import Facts
from market.oversight.rules.flags.of_bodies import Month, month_before, of_bodies, of_system
from market.oversight.rules.flags.of_notice import OF_NOTICE, raised
from market.oversight.rules.flags.survey import survey
from market.oversight.rules.flags.table import Raised, year_of
from market.selection.results import queries as result_queries
from market.windows import queries as windows_queries

YEAR = dt.timedelta(days=366)
LOOK_BACK = dt.timedelta(days=2)
"""Of one selection a night computes what moved since; the log's follower has mostly done it before."""


def found_about(work: Work, numbers: Sequence[str]) -> list[Raised]:
    """What the switched-on flags find in these selections."""
    flags = switched_on_flags(work)
    return [
        found
        for facts in facts_of(work, numbers)
        for code, flag in flags.items()
        if code in OF_NOTICE and (found := raised(flag, facts))
    ]


def night_pass(work: Work, night: dt.datetime) -> tuple[list[Raised], int]:
    """Everything that the switched-on flags find over a year of selections and the last month's
    duties, and how many selections were read.
    """
    flags = switched_on_flags(work)
    period, month = month_before(work.now)
    seen = _Seen(month)
    found = found_about(work, result_queries.moved_since(work, night - LOOK_BACK))
    facts = seen.passing(facts_since(work, work.now - YEAR))
    found += survey(flags, facts, year_of(work.today))
    found += of_bodies(flags, windows_queries.ended_for(work, *month), period)
    found += of_system(flags, seen.of_month, period)
    return found, seen.many


@dataclasses.dataclass
class _Seen:
    """Counts what passes by, and keeps the few selections that were sealed in a month."""

    month: Month
    many: int = 0
    of_month: list[Facts] = dataclasses.field(default_factory=list)

    def passing(self, facts: Iterable[Facts]) -> Iterator[Facts]:
        since, until = self.month
        for each in facts:
            self.many += 1
            sealed = each.of.sealed_at
            if sealed is not None and since <= sealed < until:
                self.of_month.append(each)
            yield each
