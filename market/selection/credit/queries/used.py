"""What counts of every agency where credit decides: its marks, what owners say of it, whether it has a
history here. Read through the rooms that keep them.
"""

import dataclasses
from collections.abc import Mapping

from market.agencies import queries as agencies
from market.db import Work
from market.evaluations import queries as evaluations
from market.reputation import queries as reputation
from market.selection.results import queries as result_queries
from verify.zjcs import score

FULL_STARS = 5_00


@dataclasses.dataclass(frozen=True)
class Used:
    """By platform number the credit used (hundredths), None of a newcomer; `mean` of all that may enter
    and have a history, None where none has.
    """

    marks: Mapping[str, int | None]
    mean: int | None


def used(work: Work, *, is_public: bool = False) -> Used:
    """The credit of every agency that has a number, as of now, in one pass: whoever is suspended or leaving may
    be back before the close, and must not have lost its marks by that. A newcomer has no award, evaluation
    or record of 24 months (docs/rules.md#credit-used). `is_public`: for public money marks count alone, since
    evaluations of works done here are past performance in this place (政府采购法实施条例 20(四)).
    """
    numbered = agencies.numbered(work)
    conducts = reputation.conducts(work)
    said = evaluations.standings(work)
    awarded = result_queries.awarded_lately(work)
    platform = evaluations.of_all_agencies(work).mean or FULL_STARS
    marks: dict[str, int | None] = {}
    for ref, (organisation, _) in numbered.items():
        if ref not in said and ref not in awarded and organisation not in conducts:
            marks[ref] = None
            continue
        conduct = conducts.get(organisation, score.FULL)
        if is_public:
            marks[ref] = min(conduct, score.FULL)
            continue
        own = (said[ref].count, said[ref].total) if ref in said else (0, 0)
        marks[ref] = score.credit_used(conduct, own, platform)
    known = [own for ref, own in marks.items() if own is not None and numbered[ref][1]]
    return Used(marks, score.half_up(sum(known), len(known)) if known else None)
