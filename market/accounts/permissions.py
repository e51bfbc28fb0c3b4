"""Who may do what with accounts. Everyone manages his own; the service asks whose it is."""

from market.kernel import permits
from market.kernel.actor import Actor

MAY: dict[str, frozenset[str]] = {
    "account.own": frozenset({"signed_in"}),
    "member.manage": frozenset(
        {"agency_admin", "owner_signatory", "system_admin", "security_admin"}
    ),
    "organisation.manage": frozenset({"system_admin", "security_admin"}),
    "person.verify": frozenset({"intake_clerk", "complaint_officer", "security_admin"}),
    "person.ask_register": frozenset({"clock"}),
    "person.restore": frozenset({"clock"}),  # by the terminal alone
    "person.disable": frozenset({"security_admin"}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds a need of the action."""
    permits.require(MAY, action, actor)
