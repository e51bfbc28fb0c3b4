"""Who may do what with ratings. Whoever has the link of a letter or paper rates without an account."""

from market.kernel import permits
from market.kernel.actor import Actor

MAY: dict[str, frozenset[str]] = {
    "rating.enter": frozenset({"intake_clerk", "case_officer"}),
    "rating.follow": frozenset({"clock"}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds a need of the action."""
    permits.require(MAY, action, actor)
