"""Whose entry the rules take out: who has left the marketplace, or whose certificate has run out
(docs/rules.md#void-entries).
"""

import datetime as dt

from market.agencies import queries as agencies
from market.agencies.rules import IN_BUSINESS
from market.catalogue.rules import Items
from market.db import Work
from market.selection.entries.rules import entering

DECIDER = "clock"  # who excluded, in the log: the rule, applied by the clock


def barred(
    work: Work,
    agency_id: int,
    items: Items,
    day: dt.date,
    promised: dt.date | None = None,
) -> str | None:
    """Why an entry that was received before does not stand on a day, a code of words.py; None when
    it stands. `promised`: the day of the close before a pause (`agencies.standing`).
    """
    agency = agencies.of_organisation(work, agency_id)
    reason = agencies.standing(work, agency_id, items, day, promised).reason
    in_business = agency is not None and agency.state in IN_BUSINESS
    return reason if entering.bars_at_the_seal(reason, in_business=in_business) else None
