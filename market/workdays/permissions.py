"""Who may do what with the calendar."""

from market.kernel import permits
from market.kernel.actor import Actor

MAY = {
    "calendar.desk": frozenset({"rule_editor", "rule_approver", "inspector"}),
    "calendar.import": frozenset({"rule_editor"}),
    "calendar.approve": frozenset({"rule_approver"}),
    "calendar.install": frozenset({permits.CLOCK}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor's duties allow the action."""
    permits.require(MAY, action, actor)
