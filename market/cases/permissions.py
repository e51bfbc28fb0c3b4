"""Who may do what with cases; of which body one is the service asks."""

from market.kernel import permits
from market.kernel.actor import Actor

HANDLERS = frozenset({"case_officer", "complaint_officer", "office_head"})
CALLERS = frozenset({"callback_officer"})
MAY: dict[str, frozenset[str]] = {
    "case.handle": HANDLERS,
    "case.enter": HANDLERS,
    "case.call_back": CALLERS,
    "case.desk": HANDLERS | CALLERS | {"inspector"},
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds a need of the action."""
    permits.require(MAY, action, actor)
