"""Who oversees. A sector regulator sees the selections of its sector; which those are, the queries ask."""

from market.kernel import permits
from market.kernel.actor import Actor

READERS = frozenset({"regulator_officer", "regulator_signatory", "inspector", "authority_assigner"})
ASKED = frozenset(
    {"owner_drafter", "owner_signatory", "notice_reviewer", "publisher", "office_head"}
)
"""Who speaks for a body that an overseer asks about a selection."""
MAY: dict[str, frozenset[str]] = {
    "oversight.read": READERS,
    "oversight.review": READERS,
    "oversight.ask": READERS,
    "oversight.answer": ASKED,
    "oversight.received": ASKED,
    "oversight.question": READERS | ASKED,
    "flag.read": READERS,
    "flag.judge": READERS,
    "flag.rates": frozenset({"authority_assigner", "inspector"}),
    "flag.compute": frozenset({permits.CLOCK}),
    "clue.make": READERS,
    "clue.read": READERS,
    "sample.read": READERS | {"callback_officer", "office_head"},
    "sample.call": frozenset({"callback_officer"}),
    "sample.publish": frozenset({"authority_assigner", "inspector", "callback_officer"}),
    "sample.clock": frozenset({permits.CLOCK}),
    "figures.compute": frozenset({permits.CLOCK}),
    "oversight.clock": frozenset({permits.CLOCK}),
    "oversight.verify": frozenset({permits.CLOCK}),
}


def require(actor: Actor, action: str) -> None:
    """Refuse `not_permitted` unless the actor holds a duty of the action."""
    permits.require(MAY, action, actor)
