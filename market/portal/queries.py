"""What the front pages gather from the rooms."""

import dataclasses

from market.agencies import queries as agencies
from market.agencies.queries import Filter as AgencyFilter
from market.catalogue import queries as catalogue
from market.db import Work
from market.owners import queries as owners
from market.selection.notices import queries as notice_queries
from market.selection.notices.queries import Filters, Tab
from market.selection.results import queries as result_queries

SHOWN = 5


@dataclasses.dataclass(frozen=True)
class Figures:
    """Counts on the home page."""

    agencies: int
    owners: int
    items: int
    notices: int


@dataclasses.dataclass(frozen=True)
class Front:
    """Everything on the home page."""

    figures: Figures
    open: list[notice_queries.Listed]
    soon: list[notice_queries.Listed]
    results: list[object]


def front(work: Work) -> Front:
    """The home page."""
    return Front(
        figures(work),
        list(notice_queries.listing(work, Filters(tab=Tab.OPEN), limit=SHOWN)),
        list(notice_queries.listing(work, Filters(tab=Tab.SOON), limit=SHOWN)),
        list(result_queries.results(work, limit=SHOWN)),
    )


def figures(work: Work) -> Figures:
    """Counts: agencies that may enter, approved owners, items, notices published."""
    return Figures(
        agencies=agencies.count(work, AgencyFilter()),
        owners=owners.count_approved(work),
        items=len(catalogue.items(work)),
        notices=notice_queries.count_published(work),
    )
