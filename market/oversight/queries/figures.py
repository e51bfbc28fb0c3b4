"""The public figures: computed by reading, and as they were last kept."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from market.db import Work
from market.kernel.clock import CHINA
from market.oversight.models import Figures
from market.oversight.queries.facts import facts_since
from market.oversight.rules import statistics
from market.oversight.rules.statistics import Counted, Measure
from market.windows import queries as windows_queries

YEAR = dt.timedelta(days=365)
Charts = Mapping[str, Sequence[tuple[str, int]]]


@dataclasses.dataclass(frozen=True)
class Published:
    """The figures of a year that ended with a day (excluded); `months` are those of the twelve months
    that end with that day's own (2026-03), of what had happened until then. `prices`: of each item with
    enough awards how many, and their quartiles in fen, as they were just computed.
    """

    since: dt.date
    day: dt.date
    computed_at: dt.datetime
    measures: Mapping[str, Measure]
    charts: Charts
    months: Mapping[str, Mapping[str, Measure]]
    prices: Mapping[str, tuple[int, int, int, int]] = dataclasses.field(default_factory=dict)


def compute_figures(work: Work) -> Published:
    """The figures of the year before today."""
    until = dt.datetime.combine(work.today, dt.time(), CHINA)
    since = until - YEAR
    seen = (each for each in facts_since(work, since) if each.of.published_at < until)
    found, months = statistics.counted_by_month(seen)
    ended = windows_queries.ended_of(work, since, until)
    return Published(
        since=since.date(),
        day=work.today,
        computed_at=work.now,
        measures=statistics.measures(found, ended),
        charts=statistics.charts(found),
        months={
            month: statistics.measures(
                months.get(month, Counted()),
                windows_queries.ended_of(work, first, min(end, until)),
            )
            for month, first, end in statistics.last_months(work.today)
        },
        prices=statistics.price_references(found),
    )


def last_figures(work: Work) -> Published | None:
    """The figures that were kept last; None before the first night."""
    row = work.session.scalar(select(Figures).order_by(Figures.day.desc()).limit(1))
    if row is None:
        return None
    return Published(
        row.since,
        row.day,
        row.computed_at,
        _measures(row.measures),
        {name: [(label, many) for label, many in lines] for name, lines in row.charts.items()},
        {month: _measures(kept) for month, kept in row.months.items()},
    )


def _measures(kept: Mapping[str, Sequence[float]]) -> dict[str, Measure]:
    return {code: Measure(value, int(of)) for code, (value, of) in kept.items()}
