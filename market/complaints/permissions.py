"""Who may do what with complaints. Which complaint, and who must keep out of it, the services ask
with the row in hand.
"""

from market.kernel.actor import Actor
from market.kernel.permits import require as require_of

STAFF = frozenset({"complaint_officer", "complaint_signatory"})
MAY: dict[str, frozenset[str]] = {
    "complaint.answer": frozenset(
        {
            "owner_drafter",
            "owner_signatory",
            "agency_agent",
            "agency_signatory",
            "office_head",
            "regulator_officer",
        }
    ),
    "complaint.assign": frozenset({"complaint_signatory", "authority_assigner"}),
    "complaint.call_back": frozenset({"callback_officer"}),
    "complaint.desk": STAFF
    | {"authority_assigner", "callback_officer", "inspector", "intake_clerk"},
    "complaint.draft": frozenset({"named_person"}),
    "complaint.file": frozenset({"named_person"}),
    "complaint.handle": frozenset({"complaint_officer"}),
    "complaint.late": frozenset({"clock"}),
    "complaint.mine": frozenset({"signed_in"}),
    "complaint.rate": frozenset({"signed_in"}),
    "complaint.reassign": frozenset({"authority_assigner"}),
    "complaint.recuse": STAFF,
    "complaint.register": frozenset({"intake_clerk", "complaint_officer"}),
    "complaint.sign": frozenset({"complaint_signatory"}),
    "complaint.withdraw": frozenset({"signed_in"}),
    "erasure.desk": STAFF,
    "erasure.propose": frozenset({"complaint_officer"}),
    "erasure.sign": frozenset({"complaint_signatory"}),
    "tip.read": STAFF | {"inspector", "case_officer", "authority_assigner"},
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds a duty of the action."""
    require_of(MAY, action, actor)
