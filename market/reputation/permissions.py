"""Who may do what with recorded acts. Which duty proposes and decides a behaviour says its own line
of the table; here stands who may at all.
"""

from market.kernel import permits
from market.kernel.actor import Actor
from market.reputation.shipped import behaviours

PROPOSING = frozenset({each.proposes for each in behaviours().values()}) - {permits.CLOCK}
DECIDING = frozenset({each.decides for each in behaviours().values()})
APPEALS = frozenset(
    {"regulator_signatory", "office_head", "authority_assigner", "complaint_signatory"}
)
"""Who decides an appeal: somebody who signs, and had no hand in the record."""
PARTIES = frozenset(
    {
        "agency_admin",
        "agency_agent",
        "agency_signatory",
        "owner_drafter",
        "owner_signatory",
        "owner_acceptor",
    }
)
SPEAKING = frozenset({"agency_agent", "agency_signatory", "owner_drafter", "owner_signatory"})
BODIES = frozenset({"office_head", "regulator_officer", "regulator_signatory", "witness"})
"""Who speaks for a body of which something is recorded."""
READERS = PROPOSING | DECIDING | APPEALS | {"inspector"}
MAY: dict[str, frozenset[str]] = {
    "credit.propose": PROPOSING,
    "credit.found": frozenset({permits.CLOCK}),
    "credit.decide": DECIDING,
    "credit.appeal_decide": APPEALS | {"regulator_officer"},
    "credit.repair_decide": frozenset({"regulator_officer", "regulator_signatory", "office_head"}),
    "credit.repair_grave": frozenset({"regulator_signatory"}),
    "credit.suspend": frozenset({"regulator_officer", "regulator_signatory"}),
    "credit.sign_suspension": frozenset({"regulator_signatory"}),
    "credit.talk": frozenset({"regulator_officer", "regulator_signatory"}),
    "credit.sign_talk": frozenset({"agency_signatory"}),
    "credit.state": SPEAKING | BODIES,
    "credit.own": PARTIES | BODIES,
    "credit.report": frozenset({"agency_admin", "agency_agent", "agency_signatory"}),
    "credit.read": PARTIES | BODIES | READERS | {"system_admin"},  # the office is told of its own
    "credit.desk": READERS,
    "basis.propose": frozenset({"rule_editor"}),
    "basis.decide": frozenset({"rule_approver"}),
    "basis.read": frozenset({"rule_editor", "rule_approver", "inspector"}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds a need of the action."""
    permits.require(MAY, action, actor)
