"""Who may do what with agencies. Whose agency it is, and that two persons decide, the service asks
besides.
"""

from market.kernel import permits
from market.kernel.actor import Actor

MAY: dict[str, frozenset[str]] = {
    # the agency
    "enrolment.start": frozenset({"signed_in"}),
    "enrolment.fill": frozenset({"agency_admin", "agency_agent"}),
    "enrolment.commit": frozenset({"agency_signatory"}),
    "enrolment.submit": frozenset({"agency_admin", "agency_agent"}),
    # the operating office
    "enrolment.read": frozenset(
        {
            "enrolment_checker",
            "office_head",
            "regulator_officer",
            "regulator_signatory",
            "inspector",
        }
    ),
    "enrolment.check": frozenset({"enrolment_checker"}),
    "enrolment.sign": frozenset({"office_head"}),
    "agency.check_document": frozenset({"enrolment_checker"}),
    "agency.propose_revocation": frozenset({"enrolment_checker"}),
    # publicity
    "agency.object": frozenset({"named_person"}),
    "agency.decide_objection": frozenset({"regulator_officer", "enrolment_checker"}),
    "agency.revoke": frozenset({"office_head"}),
    # standing
    "agency.propose_standing": frozenset({"enrolment_checker", "regulator_officer"}),
    "agency.sign_standing": frozenset({"office_head", "regulator_signatory"}),
    # leaving; asking and confirming an exit is selection's, which knows what is still open
    "agency.withdraw_exit": frozenset({"agency_signatory"}),
    "agency.propose_removal": frozenset({"enrolment_checker", "regulator_officer"}),
    "agency.sign_removal": frozenset({"office_head", "regulator_signatory"}),
    "agency.expire": frozenset({"clock"}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds one of the action's duties."""
    permits.require(MAY, action, actor)
