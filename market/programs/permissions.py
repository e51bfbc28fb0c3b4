"""Who keeps tokens and addresses."""

from market.kernel import permits
from market.kernel.actor import Actor
from market.programs.rules import KEEPERS

MAY: dict[str, frozenset[str]] = {
    "program.keep": frozenset(KEEPERS),
    "program.hook": frozenset({"system_admin"}),
    "program.send": frozenset({permits.CLOCK}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor's duties allow the action."""
    permits.require(MAY, action, actor)
