"""The public figures and the price references, kept once a day."""

from collections.abc import Mapping

from market.catalogue import service as catalogue_service
from market.db import Work
from market.oversight import permissions
from market.oversight.models import Figures
from market.oversight.queries import Published
from market.oversight.rules.statistics import Measure


def keep_figures(work: Work, *, figures: Published) -> None:
    """Keep the figures of a day; a second time on the same day changes nothing."""
    permissions.require(work.actor, "figures.compute")
    catalogue_service.keep_prices(work, since=figures.since, prices=figures.prices)
    if work.session.get(Figures, figures.day) is not None:
        return
    work.session.add(
        Figures(
            day=figures.day,
            since=figures.since,
            computed_at=figures.computed_at,
            measures=_plain(figures.measures),
            months={month: _plain(each) for month, each in figures.months.items()},
            charts={name: list(lines) for name, lines in figures.charts.items()},
        )
    )


def _plain(measures: Mapping[str, Measure]) -> dict[str, list[float]]:
    return {code: [each.value, each.of] for code, each in measures.items()}
