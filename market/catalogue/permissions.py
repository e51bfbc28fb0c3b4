"""Who may do what with the catalogue."""

from market.kernel import permits
from market.kernel.actor import Actor

MAY: dict[str, frozenset[str]] = {
    "catalogue.load": frozenset({"clock", "system_admin"}),  # at set-up, from the terminal
    "catalogue.prices": frozenset({permits.CLOCK}),
    "catalogue.zones": frozenset({"notice_reviewer", "office_head"}),
    "catalogue.notes": frozenset(
        {
            "enrolment_checker",
            "notice_reviewer",
            "office_head",
            "regulator_officer",
            "regulator_signatory",
            "inspector",
        }
    ),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds one of the action's duties."""
    permits.require(MAY, action, actor)
