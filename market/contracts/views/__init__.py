"""Pages of awards and matters: letters and what precedes them, the contract, the service, the money,
the public page of a matter.
"""

from market.contracts.views import awards, books, deeds, listing, matters, papers, unsigned
from market.contracts.views.blueprint import bp

__all__ = ["awards", "books", "bp", "deeds", "listing", "matters", "papers", "unsigned"]
