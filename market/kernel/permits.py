"""Whether an actor holds what an action needs. Each room has one table: action -> duties."""

from collections.abc import Collection, Mapping

from market.kernel.actor import Actor
from market.kernel.errors import NotPermitted

Permits = Mapping[str, Collection[str]]
SIGNED_IN = "signed_in"
NAMED = "named_person"
CLOCK = "clock"


def holds(actor: Actor, needs: Collection[str]) -> bool:
    """Whether one of the needs is met: a duty, or one of signed_in, named_person, clock."""
    if not actor.is_signed_in:
        return CLOCK in actor.duties and CLOCK in needs
    return (
        SIGNED_IN in needs or (actor.named and NAMED in needs) or not actor.duties.isdisjoint(needs)
    )


def require(permits: Permits, action: str, actor: Actor) -> None:
    """Refuse `not_permitted` unless the actor holds a need of the action (KeyError: the action is
    not in the table).
    """
    if not holds(actor, permits[action]):
        raise NotPermitted("not_permitted", action=action)
