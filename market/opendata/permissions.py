"""Who may do what with open data: everybody reads, the clock publishes."""

from market.kernel import permits
from market.kernel.actor import Actor

MAY: dict[str, frozenset[str]] = {"opendata.publish": frozenset({permits.CLOCK})}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor's duties allow the action."""
    permits.require(MAY, action, actor)
