"""Reading evaluations: of a matter, of an organisation, appeals, means."""

from market.evaluations.queries.appeals import Case, appeal_shown, case, desk, may_decide
from market.evaluations.queries.bodies import deciding_body, hands
from market.evaluations.queries.cards import (
    Appealed,
    Card,
    Opened,
    Pair,
    both,
    of_organisation,
    opened,
    standing,
)
from market.evaluations.queries.deeds import deeds, is_live, may_follow
from market.evaluations.queries.means import (
    of_all_agencies,
    of_owners,
    overall_of_owners,
    standings,
)
from market.evaluations.queries.rows import (
    appeal_of,
    appeal_row,
    evaluation_row,
    is_asked,
    matter_key,
    one_of,
    organisation_of,
    pair,
    side_of,
)

__all__ = [
    "Appealed",
    "Card",
    "Case",
    "Opened",
    "Pair",
    "appeal_of",
    "appeal_row",
    "appeal_shown",
    "both",
    "case",
    "deciding_body",
    "deeds",
    "desk",
    "evaluation_row",
    "hands",
    "is_asked",
    "is_live",
    "matter_key",
    "may_decide",
    "may_follow",
    "of_all_agencies",
    "of_organisation",
    "of_owners",
    "one_of",
    "opened",
    "organisation_of",
    "overall_of_owners",
    "pair",
    "side_of",
    "standing",
    "standings",
]
