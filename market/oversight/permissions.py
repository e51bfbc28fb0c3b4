"""Who oversees. A sector regulator sees the selections of its sector; which those are, the queries ask."""

from market.kernel import permits
from market.kernel.actor import Actor

READERS = frozenset({"regulator_officer", "regulator_signatory", "inspector", "authority_assigner"})
MAY: dict[str, frozenset[str]] = {
    "oversight.read": READERS,
    "oversight.review": READERS,
    "oversight.verify": frozenset({permits.CLOCK}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds a duty of the action."""
    permits.require(MAY, action, actor)
