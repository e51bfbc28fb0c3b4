"""Who may look at how the installation is."""

from market.kernel import permits
from market.kernel.actor import Actor

MAY: dict[str, frozenset[str]] = {
    "operations.agree": frozenset({"system_admin", "office_head", "clock"}),  # or at the terminal
    "operations.state": frozenset({"system_admin", "security_admin", "inspector", "office_head"}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds a need of the action."""
    permits.require(MAY, action, actor)
