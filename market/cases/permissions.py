"""Who may do what with cases; of which body one is the service asks."""

from market.kernel import permits
from market.kernel.actor import Actor

HANDLERS = frozenset({"case_officer", "complaint_officer", "office_head", "authority_assigner"})
HEADS = frozenset({"office_head", "complaint_signatory", "authority_assigner"})
"""Who assigns the cases of a body."""
CALLERS = frozenset({"callback_officer"})
MAY: dict[str, frozenset[str]] = {
    "case.handle": HANDLERS,
    "case.enter": HANDLERS,
    "case.call_back": CALLERS,
    "case.desk": HANDLERS | CALLERS | HEADS | {"inspector"},
    "case.assign": HEADS,
    "case.supervise": frozenset({"authority_assigner", "office_head"}),
    "case.meet": HANDLERS,
    "answer.write": HANDLERS,
    "answer.publish": frozenset({"office_head", "publisher", "authority_assigner"}),
    "answer.desk": HANDLERS | {"publisher"},
    "pain.keep": frozenset({"authority_assigner", "office_head"}),
    "pain.work": HANDLERS,
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds a need of the action."""
    permits.require(MAY, action, actor)
