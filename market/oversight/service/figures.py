"""The public figures, kept once a day."""

from market.db import Work
from market.oversight import permissions
from market.oversight.models import Figures
from market.oversight.queries import Published


def keep_figures(work: Work, *, figures: Published) -> None:
    """Keep the figures of a day; a second time on the same day changes nothing."""
    permissions.require(work.actor, "figures.compute")
    if work.session.get(Figures, figures.day) is not None:
        return
    work.session.add(
        Figures(
            day=figures.day,
            since=figures.since,
            computed_at=figures.computed_at,
            measures={code: [each.value, each.of] for code, each in figures.measures.items()},
            charts={name: list(lines) for name, lines in figures.charts.items()},
        )
    )
