"""Who may do what with agencies' lines: the clock alone; what people do is enrolment's."""

from market.kernel import permits
from market.kernel.actor import Actor

MAY: dict[str, frozenset[str]] = {"agency.announce": frozenset({permits.CLOCK})}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds a need of the action."""
    permits.require(MAY, action, actor)
