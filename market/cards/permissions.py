"""Who may do what with cards; whose card one is the service asks."""

from market.kernel import permits
from market.kernel.actor import Actor

ISSUERS = frozenset({"authority_assigner"})
BODIES = frozenset({"office_head", "regulator_officer", "regulator_signatory", "owner_signatory"})
"""Who speaks for the body that a card is about."""
MAY: dict[str, frozenset[str]] = {
    "card.propose": ISSUERS,
    "card.issue": ISSUERS,
    "card.follow": ISSUERS,
    "card.state": BODIES,
    "card.desk": ISSUERS | {"inspector"},
    "card.read": ISSUERS | BODIES | {"inspector"},
    "card.correct": frozenset({permits.CLOCK}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds a need of the action."""
    permits.require(MAY, action, actor)
