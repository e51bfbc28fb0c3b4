"""Pages of the accounts."""

from market.accounts.views import account, entrance, members, office, register, typing
from market.accounts.views.blueprint import bp

__all__ = ["account", "bp", "entrance", "members", "office", "register", "typing"]
