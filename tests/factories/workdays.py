"""The calendar as an installation has it."""

from market.db import in_one_transaction
from market.kernel.actor import CLOCK, Actor
from market.workdays import service
from tests.scenes import scene

EDITOR = Actor(
    person_id=9001,
    organisation_id=900,
    kind="authority",
    duties=frozenset({"rule_editor"}),
    named=True,
)
APPROVER = Actor(
    person_id=9002,
    organisation_id=900,
    kind="authority",
    duties=frozenset({"rule_approver"}),
    named=True,
)


@scene
def shipped_calendar() -> int:
    """Put in the State Council's arrangements of 2018-2026; needs an app context."""
    return in_one_transaction(service.load_shipped, CLOCK)
