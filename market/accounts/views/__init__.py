"""Pages of the accounts."""

from market.accounts.views import entrance, members, office, own, register, typing
from market.accounts.views.blueprint import bp

__all__ = ["bp", "entrance", "members", "office", "own", "register", "typing"]
