"""Who may do what with the rulebook."""

from market.kernel import permits
from market.kernel.actor import Actor

MAY = {
    "rulebook.desk": frozenset({"rule_editor", "rule_approver", "inspector"}),
    "rulebook.propose": frozenset({"rule_editor"}),
    "rulebook.approve": frozenset({"rule_approver"}),
    "rulebook.install": frozenset({permits.CLOCK}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor's duties allow the action."""
    permits.require(MAY, action, actor)
