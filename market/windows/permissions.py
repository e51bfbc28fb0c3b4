"""Who may see every deadline, and who looks at those that a new calendar puts in doubt."""

from market.kernel import permits
from market.kernel.actor import Actor

MAY: dict[str, frozenset[str]] = {
    "windows.board": frozenset(
        {"regulator_officer", "inspector", "office_head", "authority_assigner", "system_admin"}
    ),
    "windows.settle": frozenset({"office_head"}),
    "windows.feed": frozenset({permits.SIGNED_IN}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor's duties allow the action."""
    permits.require(MAY, action, actor)
