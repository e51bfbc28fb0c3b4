"""Who may do what with evaluations; whose side one is on the service asks."""

from market.kernel import permits
from market.kernel.actor import Actor

PARTIES = frozenset({"owner_acceptor", "agency_agent", "agency_signatory"})
"""Who evaluates for a side: of an owner who accepts its matters."""
SPEAKING = PARTIES | {"owner_signatory"}
DECIDING = frozenset({"regulator_officer", "authority_assigner"})
MAY: dict[str, frozenset[str]] = {
    "evaluation.ask": frozenset({"owner_acceptor"}),
    "evaluation.give": PARTIES,
    "evaluation.speak": SPEAKING,
    "evaluation.decide": DECIDING,
    "evaluation.desk": DECIDING | {"inspector"},
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds a need of the action."""
    permits.require(MAY, action, actor)
