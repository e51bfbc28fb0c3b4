"""Who may do what with letters."""

from market.kernel import permits
from market.kernel.actor import Actor

MAY: dict[str, frozenset[str]] = {"letter.read": frozenset({permits.SIGNED_IN})}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor may."""
    permits.require(MAY, action, actor)
