"""Who may do what with owners' registrations."""

from market.kernel import permits
from market.kernel.actor import Actor

MAY: dict[str, frozenset[str]] = {
    "owner.register": frozenset({"named_person"}),
    "owner.intake": frozenset({"intake_clerk"}),
    "owner.mend": frozenset({"owner_drafter", "owner_signatory"}),
    "owner.check": frozenset({"notice_reviewer", "enrolment_checker"}),
    "owner.second": frozenset({"office_head"}),
    "owner.desk": frozenset(
        {"notice_reviewer", "enrolment_checker", "office_head", "inspector", "authority_assigner"}
    ),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds a need of the action."""
    permits.require(MAY, action, actor)
