"""How many must stand on a list."""

from market.rulebook.rules import Rulebook
from market.selection.entries.rules import turnout
from market.selection.kinds import Fund
from market.selection.notices.models import Notice
from market.selection.notices.queries import case
from market.selection.way import way_of

LEAST = {
    Fund.FISCAL: Rulebook.min_entrants_fiscal,
    Fund.STATE: Rulebook.min_entrants_state,
    Fund.SOCIAL: Rulebook.min_entrants_social,
}


def least_entrants(notice: Notice, rulebook: Rulebook) -> int:
    """The minimum of entrants of this notice."""
    by_fund = {fund: rulebook.amount(least) for fund, least in LEAST.items()}
    asked = turnout.least_entrants(
        case.terms_of(notice).governing_fund,
        notice.listing,
        by_fund,
        rulebook.min_entrants_relisted,
    )
    return max(asked, way_of(notice.method).least)
