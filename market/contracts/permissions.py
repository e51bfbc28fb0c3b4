"""Who may do what with awards; whose letter it is the service and the queries ask."""

from market.kernel import permits
from market.kernel.actor import Actor

OVERSEERS = frozenset({"office", "regulator", "authority", "inspection"})
MAY: dict[str, frozenset[str]] = {
    "award.confirm": frozenset({"agency_signatory"}),
    "award.decline": frozenset({"agency_signatory"}),
    "award.contract": frozenset({"owner_drafter", "owner_signatory", "agency_signatory"}),
    "award.issue": frozenset({"clock"}),
    "award.read": frozenset({"signed_in"}),
    "award.state": frozenset(
        {"owner_drafter", "owner_signatory", "agency_agent", "agency_signatory"}
    ),
    "award.find": frozenset({"regulator_officer", "complaint_officer"}),
    "award.find_sign": frozenset({"regulator_signatory", "complaint_signatory"}),
    "contract.confirm": frozenset({"owner_signatory", "agency_signatory"}),
    "contract.change": frozenset({"owner_signatory", "agency_signatory"}),
    "contract.work": frozenset({"agency_agent", "agency_signatory"}),
    "contract.accept": frozenset({"owner_acceptor"}),
    "contract.claim": frozenset({"agency_signatory"}),
    "contract.claim_answer": frozenset({"owner_signatory"}),
    "contract.dispute": frozenset({"owner_signatory"}),
    "contract.allow": frozenset({"agency_signatory"}),
    "finance.import": frozenset({"finance_supervisor"}),
    "finance.read": frozenset({"finance_supervisor", "inspector"}),
    "contract.pay": frozenset({"owner_drafter", "owner_signatory"}),
    "contract.receive": frozenset({"agency_agent", "agency_signatory"}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds a need of the action."""
    permits.require(MAY, action, actor)
