"""Who may follow: everybody who has signed in; to stop, the mail's link is enough."""

from market.kernel import permits
from market.kernel.actor import Actor

MAY: dict[str, frozenset[str]] = {
    "following.keep": frozenset({permits.SIGNED_IN}),
    "following.tell": frozenset({permits.CLOCK}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor may."""
    permits.require(MAY, action, actor)
